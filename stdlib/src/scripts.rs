//! Modules written in gscript: their text is part of the binary.

use gscript_vm::value::Value;
use gscript_vm::vm::{Cx, Result};

/// Name, whether it is a package, text.
const SCRIPTS: &[(&str, bool, &str)] = &[
    ("_sitebuiltins", false, include_str!("../gs/_sitebuiltins.gs")),
    ("abc", false, include_str!("../gs/abc.gs")),
    ("atexit", false, include_str!("../gs/atexit.gs")),
    ("bisect", false, include_str!("../gs/bisect.gs")),
    ("collections", true, include_str!("../gs/collections.gs")),
    ("contextlib", false, include_str!("../gs/contextlib.gs")),
    ("copy", false, include_str!("../gs/copy.gs")),
    ("dataclasses", false, include_str!("../gs/dataclasses.gs")),
    ("enum", false, include_str!("../gs/enum.gs")),
    ("functools", false, include_str!("../gs/functools.gs")),
    ("gevent._config", false, include_str!("../gs/gevent__config.gs")),
    ("gevent._system", false, include_str!("../gs/gevent__system.gs")),
    ("gevent.baseserver", false, include_str!("../gs/gevent_baseserver.gs")),
    ("gevent.monkey", false, include_str!("../gs/gevent_monkey.gs")),
    ("gevent.fileobject", false, include_str!("../gs/gevent_fileobject.gs")),
    ("gevent.os", false, include_str!("../gs/gevent_os.gs")),
    ("gevent.server", false, include_str!("../gs/gevent_server.gs")),
    ("heapq", false, include_str!("../gs/heapq.gs")),
    ("json", true, include_str!("../gs/json.gs")),
    ("json.decoder", false, include_str!("../gs/json_decoder.gs")),
    ("json.encoder", false, include_str!("../gs/json_encoder.gs")),
    ("operator", false, include_str!("../gs/operator.gs")),
    ("os", false, include_str!("../gs/os.gs")),
    ("posixpath", false, include_str!("../gs/posixpath.gs")),
    ("queue", false, include_str!("../gs/queue.gs")),
    ("random", false, include_str!("../gs/random.gs")),
    ("re", false, include_str!("../gs/re.gs")),
    ("select", false, include_str!("../gs/select.gs")),
    ("signal", false, include_str!("../gs/signal.gs")),
    ("socket", false, include_str!("../gs/socket.gs")),
    ("string", false, include_str!("../gs/string.gs")),
    ("textwrap", false, include_str!("../gs/textwrap.gs")),
    ("threading", false, include_str!("../gs/threading.gs")),
    ("traceback", false, include_str!("../gs/traceback.gs")),
    ("types", false, include_str!("../gs/types.gs")),
    ("typing", false, include_str!("../gs/typing.gs")),
];

/// Loads the module `name` if it is one of these.
pub fn load(cx: &mut Cx, name: &str) -> Result<Option<Value>> {
    let Some(&(name, is_package, text)) = SCRIPTS.iter().find(|s| s.0 == name) else { return Ok(None) };
    let file = format!("<frozen {name}>");
    let key = cx.intern(name);
    let module = cx.module(key, None);
    let dict = module.dict.expect();
    let package = if is_package { name } else { name.rsplit_once('.').map_or("", |p| p.0) };
    let package = cx.str(package).value();
    cx.dict_set_text(dict, "__package__", package);
    if is_package {
        let path = cx.list_new().value();
        cx.dict_set_text(dict, "__path__", path);
    }
    cx.add_module(key, module.value());
    let code = cx.compile_text(text, &file, gscript_compiler::Kind::Module, gscript_compiler::NameMode::Globals)?;
    cx.run_code(code, dict, None)?;
    Ok(Some(module.value()))
}
