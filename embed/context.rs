//! What can be done inside an entry into a machine.

use std::collections::HashMap;
use std::sync::Mutex;

use gscript_compiler::{Kind, NameMode};
use gscript_vm::extension::Extension;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::dict::Dict;
use gscript_vm::object::function::{BuiltinDef, BuiltinKind};
use gscript_vm::object::simple::Module;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised};

use crate::embed::convert::Mismatch;
use crate::embed::{Error, FromValue, Handle, HostFunction, IntoArgs, IntoValue};

/// What the embedding layer keeps in the machine.
#[derive(Default)]
pub(crate) struct State {
    /// The namespace of `__main__`.
    pub globals: Option<Gc<Dict>>,
    /// The last exception that the host was told about, so that it can go on through a host function.
    pub last_exception: Option<(u64, Value)>,
    pub next_ticket: u64,
}

impl Extension for State {
    fn trace(&self, m: &mut Marker<'_>) {
        if let Some(g) = self.globals {
            m.object(g);
        }
        m.option(self.last_exception.map(|e| e.1));
    }
}

/// A machine that has been entered: what [`Vm::enter`](crate::Vm::enter) gives, and what host functions take as their first
/// parameter. Everything that runs script code may switch to other greenlets before it returns.
pub struct Context<'a> {
    pub(crate) cx: &'a mut Cx,
}

/// The outcome of something in the machine, for the host.
type Outcome<T> = std::result::Result<T, Error>;

impl Context<'_> {
    /// An inner result for the host.
    fn told<T>(&mut self, r: std::result::Result<T, Raised>) -> Outcome<T> {
        r.map_err(|raised| Error::from_raised(self.cx, raised))
    }

    fn out<T: FromValue>(&mut self, v: Value) -> Outcome<T> {
        match T::from_value(self.cx, v) {
            Ok(t) => Ok(t),
            Err(Mismatch::Raised(r)) => Err(Error::from_raised(self.cx, r)),
            Err(m) => Err(Error::conversion(m.text("the value"))),
        }
    }

    fn globals(&mut self) -> Gc<Dict> {
        if let Some(g) = self.cx.extension::<State>().globals {
            return g;
        }
        let name = self.cx.intern("__main__");
        let module = self.cx.module(name, None);
        self.cx.add_module(name, module.value());
        let dict = module.dict.expect();
        let builtins = self.cx.builtins_dict();
        self.cx.dict_set_text(dict, "__builtins__", builtins.value());
        self.cx.extension::<State>().globals = Some(dict);
        dict
    }

    fn run(&mut self, source: &str, name: &str, kind: Kind) -> Outcome<Value> {
        let globals = self.globals();
        match self.cx.compile_text(source, name, kind, NameMode::Globals) {
            Ok(code) => {
                let r = self.cx.run_code(code, globals, None);
                self.told(r)
            }
            Err(raised) => {
                let e = Error::from_raised(self.cx, raised);
                let errors = match kind {
                    Kind::Expression => gscript_grammar::parse_expression(source).err(),
                    _ => gscript_grammar::parse_module(source).err(),
                };
                Err(match errors.as_ref().and_then(|all| all.first()) {
                    Some(d) if matches!(e.kind(), crate::ErrorKind::Syntax { .. }) => e.incomplete(d.is_incomplete),
                    _ => e,
                })
            }
        }
    }

    /// The value of an expression.
    ///
    /// # Errors
    /// Syntax, an exception of the script, a limit, or a value of another type.
    pub fn eval<T: FromValue>(&mut self, expression: &str) -> Outcome<T> {
        let v = self.run(expression, "<eval>", Kind::Expression)?;
        self.out(v)
    }

    /// Runs statements, in the namespace of `__main__`.
    ///
    /// # Errors
    /// Syntax, an exception of the script, or a limit.
    pub fn exec(&mut self, source: &str) -> Outcome<()> {
        self.run(source, "<exec>", Kind::Module).map(drop)
    }

    /// As [`Context::exec`] for a program with a name: tracebacks show it, and the lines of the text.
    ///
    /// # Errors
    /// As [`Context::exec`].
    pub fn exec_named(&mut self, name: &str, source: &str) -> Outcome<()> {
        self.cx.set_source(name, source);
        self.run(source, name, Kind::Module).map(drop)
    }

    /// A global variable, or a built-in of that name.
    fn lookup(&mut self, name: &str) -> Outcome<Value> {
        let globals = self.globals();
        let key = self.cx.intern(name);
        let builtins = self.cx.builtins_dict();
        match self.cx.dict_get_str(globals, key).or_else(|| self.cx.dict_get_str(builtins, key)) {
            Some(v) => Ok(v),
            None => {
                let class = self.cx.types.name_error;
                let r = self.cx.raise(class, &format!("name '{name}' is not defined"));
                Err(Error::from_raised(self.cx, r))
            }
        }
    }

    /// Calls a function by its global name.
    ///
    /// # Errors
    /// NameError, an exception of the script, a limit, or a result of another type.
    pub fn call<T: FromValue>(&mut self, name: &str, args: impl IntoArgs) -> Outcome<T> {
        let f = self.lookup(name)?;
        self.call_value(f, args)
    }

    /// Calls what the handle keeps.
    ///
    /// # Errors
    /// As [`Context::call`].
    pub fn call_handle<T: FromValue>(&mut self, f: &Handle, args: impl IntoArgs) -> Outcome<T> {
        let f = f.get(self.cx);
        let f = self.told(f)?;
        self.call_value(f, args)
    }

    /// Calls a method.
    ///
    /// # Errors
    /// As [`Context::call`].
    pub fn call_method<T: FromValue>(&mut self, object: &Handle, method: &str, args: impl IntoArgs) -> Outcome<T> {
        let r = object.get(self.cx).and_then(|o| self.cx.get_attr_text(o, method));
        let f = self.told(r)?;
        self.call_value(f, args)
    }

    fn call_value<T: FromValue>(&mut self, f: Value, args: impl IntoArgs) -> Outcome<T> {
        let r = args.into_args(self.cx).and_then(|args| self.cx.call_with_dict(f, args, None));
        let v = self.told(r)?;
        self.out(v)
    }

    /// A global variable, or a built-in.
    ///
    /// # Errors
    /// NameError, or a value of another type.
    pub fn get<T: FromValue>(&mut self, name: &str) -> Outcome<T> {
        let v = self.lookup(name)?;
        self.out(v)
    }

    /// Sets a global variable.
    ///
    /// # Errors
    /// When the value is a handle of another machine.
    pub fn set(&mut self, name: &str, value: impl IntoValue) -> Outcome<()> {
        let v = value.into_value(self.cx);
        let v = self.told(v)?;
        let globals = self.globals();
        self.cx.dict_set_text(globals, name, v);
        Ok(())
    }

    /// An attribute of an object.
    ///
    /// # Errors
    /// AttributeError and what a property raises, or a value of another type.
    pub fn get_attr<T: FromValue>(&mut self, object: &Handle, name: &str) -> Outcome<T> {
        let r = object.get(self.cx).and_then(|o| self.cx.get_attr_text(o, name));
        let v = self.told(r)?;
        self.out(v)
    }

    /// Sets an attribute of an object.
    ///
    /// # Errors
    /// What the object raises.
    pub fn set_attr(&mut self, object: &Handle, name: &str, value: impl IntoValue) -> Outcome<()> {
        let r = object.get(self.cx).and_then(|o| {
            let v = value.into_value(self.cx)?;
            let name = self.cx.intern(name);
            self.cx.set_attr(o, name, v)
        });
        self.told(r)
    }

    /// A Rust value as a value of the machine.
    ///
    /// # Errors
    /// When it is a handle of another machine.
    pub fn handle(&mut self, value: impl IntoValue) -> Outcome<Handle> {
        let v = value.into_value(self.cx);
        let v = self.told(v)?;
        Ok(Handle::new(self.cx, v))
    }

    /// The value of a handle as a Rust value.
    ///
    /// # Errors
    /// When it is of another type, or of another machine.
    pub fn to<T: FromValue>(&mut self, value: &Handle) -> Outcome<T> {
        let v = value.get(self.cx);
        let v = self.told(v)?;
        self.out(v)
    }

    /// Makes a closure a function of scripts: a global, or `module.name`, where the module is made if there is none.
    /// See [`HostFunction`].
    pub fn register<M, F: HostFunction<M>>(&mut self, name: &str, function: F) {
        let (module, short) = name.rsplit_once('.').unwrap_or(("", name));
        let def = definition(short);
        let shown = short.to_string();
        let f = self.cx.host_function(def, Box::new(move |cx, args, keywords| function.invoke(cx, &shown, args, keywords))).value();
        let space = if module.is_empty() { self.globals() } else { self.module(module) };
        self.cx.dict_set_text(space, short, f);
    }

    fn module(&mut self, name: &str) -> Gc<Dict> {
        if let Some(dict) = self.cx.loaded_module(name).and_then(|m| m.as_gc::<Module>()).and_then(|m| m.dict.get()) {
            return dict;
        }
        let key = self.cx.intern(name);
        let module = self.cx.module(key, None);
        self.cx.add_module(key, module.value());
        let dict = module.dict.expect();
        if let Some((parent, last)) = name.rsplit_once('.') {
            let outer = self.module(parent);
            self.cx.dict_set_text(outer, last, module.value());
            let path = self.cx.list_new().value();
            self.cx.dict_set_text(outer, "__path__", path);
        }
        dict
    }

    /// Lets other greenlets run until each of them waits or has ended.
    ///
    /// # Errors
    /// A limit, or an exception that a greenlet sends to the main one (KeyboardInterrupt, SystemExit).
    pub fn run_until_idle(&mut self) -> Outcome<()> {
        let r = self.cx.wait_idle();
        self.told(r)
    }

    /// Lets other greenlets run until nothing is left to do or the time is up; true: nothing is left.
    ///
    /// # Errors
    /// As [`Context::run_until_idle`].
    pub fn run_until_done(&mut self, timeout: Option<std::time::Duration>) -> Outcome<bool> {
        let r = self.cx.join_hub(timeout.map(|t| t.as_secs_f64()));
        self.told(r)
    }

    /// Collects all garbage now.
    pub fn collect_garbage(&mut self) {
        self.cx.collect(true);
    }
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Context(..)")
    }
}

/// Descriptions of functions live as long as the process, one for each name, since code refers to them without counting.
fn definition(name: &str) -> &'static BuiltinDef {
    static KNOWN: Mutex<Option<HashMap<String, &'static BuiltinDef>>> = Mutex::new(None);
    let mut known = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let known = known.get_or_insert_with(HashMap::new);
    if let Some(def) = known.get(name) {
        return def;
    }
    let def: &'static BuiltinDef = Box::leak(Box::new(BuiltinDef {
        name: Box::leak(name.to_string().into_boxed_str()),
        signature: "*args",
        doc: "",
        call: |cx, _, _| Err(cx.system_error("a function of the host without a host")),
        kind: BuiltinKind::Function,
    }));
    known.insert(name.to_string(), def);
    def
}
