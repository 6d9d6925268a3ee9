//! `import`: finding, loading and binding modules (Python reference 5).
//!
//! The order: `sys.modules`, built-in modules, then `.gs` and `.py` files and packages along `sys.path` (or a package's
//! `__path__`).

use std::path::{Path, PathBuf};
use std::rc::Rc;

use gscript_compiler::{Kind as CompileKind, NameMode, Options};
use gscript_grammar::diagnostic::{Diagnostic, ErrorKind};

use crate::interp::call::Args;
use crate::object::code::CodeObject;
use crate::object::dict::Dict;
use crate::object::function::Function;
use crate::object::simple::Module;
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised, Result};

/// Modules whose code runs at the moment.
#[derive(Default)]
struct Loading {
    names: Vec<String>,
}

impl crate::extension::Extension for Loading {}

impl Cx {
    /// Whether the code of the module has not come to its end yet.
    pub(crate) fn is_loading(&self, name: &str) -> bool {
        self.try_extension::<Loading>().is_some_and(|l| l.names.iter().any(|n| n == name))
    }

    /// Compiles source text. SyntaxError and its kin.
    pub fn compile_text(&mut self, text: &str, filename: &str, kind: CompileKind, names: NameMode) -> Result<Gc<CodeObject>> {
        let options = Options { filename: Rc::from(filename), kind, names, source: text, optimize: self.optimize };
        let parsed = match kind {
            CompileKind::Expression => gscript_grammar::parse_expression(text).map(Parsed::Expression),
            CompileKind::Interactive => gscript_grammar::parse_interactive(text).map(Parsed::Module),
            CompileKind::Module => self.parse_module(text)?.map(Parsed::Module),
        };
        let compiled = match parsed {
            Ok(Parsed::Expression(e)) => gscript_compiler::compile_expression(&e, &options),
            Ok(Parsed::Module(m)) => gscript_compiler::compile_module(&m, &options),
            Err(errors) => {
                let d = first(errors);
                // CPython's tokenizer ends the last line of statements.
                let ends_line = kind != CompileKind::Module || text.ends_with('\n') || d.message.starts_with("unterminated");
                return Err(if ends_line { self.syntax_error(&d, text, filename) } else { self.syntax_error(&d, &format!("{text}\n"), filename) });
            }
        };
        match compiled {
            Ok(code) => Ok(self.code_object(&code)),
            Err(d) => {
                let r = self.syntax_error(&d, text, filename);
                // What is found after parsing, CPython shows from the file, where there is one.
                if !Path::new(filename).is_file() {
                    self.forget_error_text();
                }
                Err(r)
            }
        }
    }

    /// Parses a module; Ctrl-C and limits reach it between its statements. A signal handler that returns has it begin anew.
    fn parse_module(&mut self, text: &str) -> Result<std::result::Result<gscript_grammar::ast::Module, Vec<gscript_grammar::Diagnostic>>> {
        loop {
            let poll = self.poll_word();
            let mut is_asked = || poll.load(std::sync::atomic::Ordering::Relaxed) != 0;
            match gscript_grammar::parse_module_with_poll(text, &mut is_asked) {
                Err(errors) if errors.first().is_some_and(|d| d.kind == gscript_grammar::ErrorKind::Interrupted) => self.check_poll()?,
                parsed => return Ok(parsed),
            }
        }
    }

    /// The pending SyntaxError gets None as its text.
    fn forget_error_text(&mut self) {
        let Some(e) =
            self.pending_value().filter(|e| self.is_instance(*e, self.types.syntax_error)).and_then(|e| e.as_gc::<crate::object::exception::Exception>())
        else {
            return;
        };
        let name = self.intern("text");
        self.set_own_attribute(e.header(), name, Value::NONE);
        let args = e.args.expect();
        if let [message, details] = args.items() {
            if let Some(t) = details.as_gc::<Tuple>() {
                let details = self.tuple_with(t.len(), |i| if i == 3 { Value::NONE } else { t.items()[i] });
                let args = self.tuple(&[*message, details.value()]);
                e.args.set(e, Some(args));
            }
        }
    }

    /// Raises a diagnostic as the exception that CPython raises.
    pub fn syntax_error(&mut self, d: &Diagnostic, text: &str, filename: &str) -> Raised {
        let class = match d.kind {
            ErrorKind::Syntax => self.types.syntax_error,
            ErrorKind::Indentation => self.types.indentation_error,
            ErrorKind::Tab => self.types.tab_error,
            ErrorKind::Interrupted => return self.keyboard_interrupt(),
            ErrorKind::Recursion => return self.recursion_error(" during compilation"),
            ErrorKind::Value => {
                let m = d.message.clone();
                return self.value_error(m);
            }
        };
        let (p, start) = crate::exception::syntax::place(d, text);
        let end = text[start..].find('\n').map_or(text.len(), |n| start + n + 1);
        let message = self.str(&d.message).value();
        let file = self.str(filename).value();
        let source = self.str(&text[start..end]).value();
        let items = [file, self.int(p.line), self.int(p.column), source, self.int(p.end_line), self.int(p.end_column)];
        let details = self.tuple(&items).value();
        let is_bare = crate::exception::syntax::has_bare_message(d);
        let args = if is_bare { self.tuple(&[message]) } else { self.tuple(&[message, details]) };
        let e = self.exception_of(class, args);
        for (name, v) in [
            ("msg", message),
            ("filename", items[0]),
            ("lineno", items[1]),
            ("offset", items[2]),
            ("text", items[3]),
            ("end_lineno", items[4]),
            ("end_offset", items[5]),
            ("print_file_and_line", Value::NONE),
        ] {
            let name = self.intern(name);
            self.set_own_attribute(e.header(), name, v);
        }
        self.raise_value(e.value())
    }

    /// A function that runs `code` with these globals.
    pub fn function_of_code(&mut self, code: Gc<CodeObject>, globals: Gc<Dict>) -> Gc<Function> {
        self.function(code, globals, 0, |_| unreachable!("there are no cells"))
    }

    /// Runs module code with `globals`; for code in name mode `locals` is the namespace.
    pub fn run_code(&mut self, code: Gc<CodeObject>, globals: Gc<Dict>, locals: Option<Value>) -> Result<Value> {
        let key = self.common.builtins;
        if self.dict_get_str(globals, key).is_none() {
            if let Some(b) = self.builtins {
                self.dict_set_str(globals, key, b.value());
            }
        }
        let f = self.function_of_code(code, globals);
        let space = locals.unwrap_or(globals.value());
        if code.source.uses_namespace {
            return self.run_with_namespace(f, space);
        }
        self.call_args(f.value(), Args::new(&[]))
    }

    /// `import a.b` or `from .a import …`, as a statement does it. May run script code.
    pub(crate) fn import_statement(&mut self, name: Gc<Str>, globals: Gc<Dict>, from: Value, level: Value) -> Result<Value> {
        let key = self.common.import;
        let builtins = self.builtins_of(globals);
        if let Some(import) = self.dict_get_str(builtins, key) {
            if import.as_gc::<crate::object::function::Builtin>().is_none() {
                return self.call(import, &[name.value(), globals.value(), Value::NONE, from, level]);
            }
        }
        let level = level.as_int().unwrap_or(0);
        self.import_module_level(&name.lossy(), Some(globals), from, level)
    }

    /// `__import__`: the top package, or the module itself when there is a from-list.
    pub fn import_module_level(&mut self, name: &str, globals: Option<Gc<Dict>>, from: Value, level: i64) -> Result<Value> {
        let full = if level > 0 { self.resolve_relative(name, globals, level)? } else { name.to_string() };
        if full.is_empty() {
            return Err(self.value_error("Empty module name"));
        }
        let module = self.import_absolute(&full)?;
        let wants = from.as_gc::<Tuple>().is_some_and(|t| !t.is_empty()) || from.as_gc::<crate::object::list::List>().is_some_and(|l| !l.is_empty());
        if wants {
            self.import_from_list(module, &full, from)?;
            return Ok(module);
        }
        if level == 0 {
            let top = full.split('.').next().unwrap_or(&full).to_string();
            return self.import_absolute(&top);
        }
        // `from . import x` always has a from-list; `__import__('', level=1)` gives the top of what was asked for.
        let cut = name.split('.').next().unwrap_or("");
        let keep = full.len() - (name.len() - cut.len());
        let top = full[..keep].to_string();
        self.import_absolute(&top)
    }

    fn resolve_relative(&mut self, name: &str, globals: Option<Gc<Dict>>, level: i64) -> Result<String> {
        let mut package = String::new();
        if let Some(g) = globals {
            let (p, n, path) = (self.common.package, self.common.name, self.common.path);
            match self.dict_get_str(g, p).and_then(|v| v.as_str_object()) {
                Some(p) => package = p.lossy().into_owned(),
                None => {
                    if let Some(n) = self.dict_get_str(g, n).and_then(|v| v.as_str_object()) {
                        package = n.lossy().into_owned();
                        if self.dict_get_str(g, path).is_none() {
                            package = package.rsplit_once('.').map(|p| p.0.to_string()).unwrap_or_default();
                        }
                    } else {
                        return Err(self.key_error_text("'__name__' not in globals"));
                    }
                }
            }
        }
        if package.is_empty() {
            return Err(self.import_error(false, name, "attempted relative import with no known parent package"));
        }
        let mut base = package.as_str();
        for _ in 1..level {
            match base.rsplit_once('.') {
                Some((b, _)) => base = b,
                None => {
                    return Err(self.import_error(false, name, "attempted relative import beyond top-level package"));
                }
            }
        }
        Ok(if name.is_empty() { base.to_string() } else { format!("{base}.{name}") })
    }

    fn import_from_list(&mut self, module: Value, full: &str, from: Value) -> Result<()> {
        let path = self.common.path;
        if self.try_attr(module, path)?.is_none() {
            return Ok(());
        }
        let names = self.tuple_from_iterable(from)?;
        for &n in names.items() {
            let Some(n) = n.as_str_object() else { continue };
            if n.bytes() == b"*" {
                let all = self.common.all;
                if let Some(list) = self.try_attr(module, all)? {
                    self.import_from_list_names(module, full, list)?;
                }
                continue;
            }
            self.import_submodule(module, full, n)?;
        }
        Ok(())
    }

    fn import_from_list_names(&mut self, module: Value, full: &str, names: Value) -> Result<()> {
        let names = self.tuple_from_iterable(names)?;
        for &n in names.items() {
            if let Some(n) = n.as_str_object() {
                self.import_submodule(module, full, n)?;
            }
        }
        Ok(())
    }

    fn import_submodule(&mut self, module: Value, full: &str, n: Gc<Str>) -> Result<()> {
        let n = self.intern_str(n);
        if self.try_attr(module, n)?.is_some() {
            return Ok(());
        }
        let sub = format!("{full}.{}", n.lossy());
        match self.import_absolute(&sub) {
            Ok(_) => Ok(()),
            Err(r) if self.pending_is(self.types.module_not_found_error) && self.missing_module_is(&sub) => {
                self.take_pending(r);
                Ok(())
            }
            Err(r) => Err(r),
        }
    }

    fn missing_module_is(&mut self, name: &str) -> bool {
        let n = self.common.name_attr;
        let found = self.pending_value().and_then(|e| e.as_object()).and_then(|o| self.own_attribute(o, n));
        found.and_then(|v| v.as_str_object()).is_some_and(|s| s.bytes() == name.as_bytes())
    }

    /// The module `name` (absolute), imported if need be with its parents. May run script code.
    pub fn import_absolute(&mut self, name: &str) -> Result<Value> {
        let key = self.intern(name);
        if let Some(m) = self.modules.and_then(|d| self.dict_get_str(d, key)) {
            if m.is_none() {
                return Err(self.import_error(true, name, &format!("import of {name} halted; None in sys.modules")));
            }
            return Ok(m);
        }
        self.check_stack()?;
        let mut parent = None;
        if let Some((p, _)) = name.rsplit_once('.') {
            let m = self.import_absolute(p)?;
            // Importing the parent may have imported this one.
            if let Some(m) = self.modules.and_then(|d| self.dict_get_str(d, key)) {
                return Ok(m);
            }
            parent = Some((p.to_string(), m));
        }
        let module = self.find_and_load(name, parent.as_ref())?;
        if let Some((_, p)) = parent {
            let last = self.intern(name.rsplit('.').next().unwrap_or(name));
            self.set_attr(p, last, module)?;
        }
        Ok(module)
    }

    fn find_and_load(&mut self, name: &str, parent: Option<&(String, Value)>) -> Result<Value> {
        if let Some(find) = self.hooks.find_builtin {
            if let Some(m) = find(self, name)? {
                return Ok(m);
            }
        }
        let search = match parent {
            Some((p, m)) => {
                let path = self.common.path;
                match self.try_attr(*m, path)? {
                    Some(path) => path,
                    None => {
                        return Err(self.import_error(true, name, &format!("No module named '{name}'; '{p}' is not a package")));
                    }
                }
            }
            None => match self.sys_path()? {
                Some(p) => p,
                None => return Err(self.no_module(name)),
            },
        };
        let last = name.rsplit('.').next().unwrap_or(name);
        let dirs = self.tuple_from_iterable(search)?;
        for &dir in dirs.items() {
            let Some(dir) = dir.as_str_object() else {
                continue;
            };
            let dir = PathBuf::from(dir.lossy().into_owned());
            if let Some((file, is_package)) = find_file(&dir, last) {
                return self.load_file(name, &file, is_package);
            }
        }
        Err(self.no_module(name))
    }

    fn sys_path(&mut self) -> Result<Option<Value>> {
        let key = self.intern("sys");
        let Some(sys) = self.modules.and_then(|d| self.dict_get_str(d, key)) else {
            return Ok(None);
        };
        self.try_attr_text(sys, "path")
    }

    #[cold]
    fn no_module(&mut self, name: &str) -> Raised {
        self.import_error(true, name, &format!("No module named '{name}'"))
    }

    fn load_file(&mut self, name: &str, file: &Path, is_package: bool) -> Result<Value> {
        let shown = file.to_string_lossy().into_owned();
        let bytes = match std::fs::read(file) {
            Ok(b) => b,
            Err(e) => {
                let f = self.str(&shown).value();
                return Err(self.io_error(&e, Some(f)));
            }
        };
        let text = self.decode_source(&bytes, &shown)?;
        let key = self.intern(name);
        let module = self.module(key, None);
        let dict = module.dict.expect();
        let file_value = self.str(&shown).value();
        self.dict_set_text(dict, "__file__", file_value);
        let package = if is_package { name } else { name.rsplit_once('.').map_or("", |p| p.0) };
        let package = self.str(package).value();
        self.dict_set_text(dict, "__package__", package);
        if is_package {
            let dir = file.parent().map(|p| p.to_string_lossy().into_owned()).unwrap_or_default();
            let dir = self.str(&dir).value();
            let path = self.list_from(&[dir]).value();
            self.dict_set_text(dict, "__path__", path);
        }
        self.add_module(key, module.value());
        self.extension::<Loading>().names.push(name.to_string());
        let code = self.compile_text(&text, &shown, CompileKind::Module, NameMode::Globals);
        let r = match code {
            Ok(code) => self.run_code(code, dict, None),
            Err(r) => Err(r),
        };
        self.extension::<Loading>().names.retain(|n| n != name);
        if let Err(r) = r {
            if let Some(m) = self.modules {
                self.dict_remove_str(m, key);
            }
            return Err(r);
        }
        // A module may replace itself in sys.modules.
        Ok(self.modules.and_then(|d| self.dict_get_str(d, key)).unwrap_or(module.value()))
    }

    /// Source bytes as text. SyntaxError.
    pub fn decode_source(&mut self, bytes: &[u8], filename: &str) -> Result<String> {
        match gscript_grammar::source::decode_source(bytes) {
            Ok(t) => Ok(t.into_owned()),
            Err(d) => Err(self.syntax_error(&d, "", filename)),
        }
    }

    /// Enters a module into `sys.modules`.
    pub fn add_module(&mut self, name: Gc<Str>, module: Value) {
        if let Some(d) = self.modules {
            self.dict_set_str(d, name, module);
        }
    }

    /// `from module import name`.
    pub(crate) fn import_from(&mut self, module: Value, name: Gc<Str>) -> Result<Value> {
        if let Some(v) = self.try_attr(module, name)? {
            return Ok(v);
        }
        let n = self.common.name;
        let module_name = self.try_attr(module, n)?.and_then(|v| v.as_str_object()).map(|s| s.lossy().into_owned());
        let Some(module_name) = module_name else {
            let text = format!("cannot import name '{}' from '<unknown module name>' (unknown location)", name.lossy());
            return Err(self.import_error(false, "<unknown module name>", &text));
        };
        let full = self.intern(&format!("{module_name}.{}", name.lossy()));
        if let Some(v) = self.modules.and_then(|d| self.dict_get_str(d, full)) {
            return Ok(v);
        }
        let f = self.common.file;
        let file = self.try_attr(module, f)?.and_then(|v| v.as_str_object()).map(|s| s.lossy().into_owned());
        let place = file.unwrap_or_else(|| "unknown location".to_string());
        let text = match self.is_loading(&module_name) {
            true => format!(
                "cannot import name '{}' from partially initialized module '{module_name}' (most likely due to a circular import) ({place})",
                name.lossy()
            ),
            false => format!("cannot import name '{}' from '{module_name}' ({place})", name.lossy()),
        };
        Err(self.import_error(false, &module_name, &text))
    }

    /// `from module import *` into a namespace.
    pub(crate) fn import_star(&mut self, module: Value, space: Value) -> Result<()> {
        let all = self.common.all;
        let names = match self.try_attr(module, all)? {
            Some(list) => self.tuple_from_iterable(list)?,
            None => {
                let key = self.common.dict;
                let dict = self.get_attr(module, key)?;
                let keys = self.tuple_from_iterable(dict)?;
                let public = self.list_new();
                for &k in keys.items() {
                    if k.as_str_object().is_some_and(|s| !s.bytes().starts_with(b"_")) {
                        self.list_push(public, k);
                    }
                }
                self.list_to_tuple(public)
            }
        };
        for &n in names.items() {
            let Some(s) = n.as_str_object() else {
                let text = format!("Item in {}.__all__ must be str, not {}", "module", self.type_name(n));
                return Err(self.type_error(text));
            };
            let s = self.intern_str(s);
            let v = self.get_attr(module, s)?;
            match space.as_gc::<Dict>() {
                Some(d) => self.dict_set_str(d, s, v),
                None => self.set_item(space, n, v)?,
            }
        }
        Ok(())
    }
}

/// What parsing gives.
enum Parsed {
    Expression(gscript_grammar::ast::Expression),
    Module(gscript_grammar::ast::Module),
}

fn first(mut errors: Vec<Diagnostic>) -> Diagnostic {
    errors.swap_remove(0)
}

/// The file of a module in a folder, and whether it is a package.
fn find_file(dir: &Path, name: &str) -> Option<(PathBuf, bool)> {
    // The empty entry is the working folder of now.
    let here;
    let dir = if dir.as_os_str().is_empty() {
        here = std::env::current_dir().ok()?;
        &here
    } else {
        dir
    };
    for ext in ["gs", "py"] {
        let init = dir.join(name).join(format!("__init__.{ext}"));
        if init.is_file() {
            return Some((init, true));
        }
    }
    for ext in ["gs", "py"] {
        let file = dir.join(format!("{name}.{ext}"));
        if file.is_file() {
            return Some((file, false));
        }
    }
    None
}

const _: usize = size_of::<Module>();
