//! Built-in functions about objects, classes, names and code: `isinstance`, `getattr`, `vars`, `eval`, `__import__` ….

use gscript_compiler::{Kind as CompileKind, NameMode};
use gscript_macros::functions;

use crate::interp::frame::FrameInfo;
use crate::object::class::Type;
use crate::object::code::CodeObject;
use crate::object::dict::Dict;
use crate::object::dunder::Dunder;
use crate::object::function::{BuiltinDef, BuiltinKind, Cell, Keywords};
use crate::object::list::List;
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

#[functions]
pub mod object_functions {
    use crate::object::code::CodeObject;
    use crate::object::dict::Dict;
    use crate::object::dunder::Dunder;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    /// Return whether an object is an instance of a class or of a subclass thereof.
    ///
    /// A tuple, as in ``isinstance(x, (A, B, ...))``, may be given as the target to
    /// check against. This is equivalent to ``isinstance(x, A) or isinstance(x, B)
    /// or ...`` etc.
    #[function("obj, class_or_tuple, /")]
    fn isinstance(cx: &mut Cx, obj: Value, class_or_tuple: Value) -> Result<bool> {
        cx.is_instance_of(obj, class_or_tuple)
    }

    /// Return whether 'cls' is derived from another class or is the same class.
    ///
    /// A tuple, as in ``issubclass(x, (A, B, ...))``, may be given as the target to
    /// check against. This is equivalent to ``issubclass(x, A) or issubclass(x, B)
    /// or ...``.
    #[function("cls, class_or_tuple, /")]
    fn issubclass(cx: &mut Cx, cls: Value, class_or_tuple: Value) -> Result<bool> {
        cx.is_subclass_of(cls, class_or_tuple)
    }

    /// getattr(object, name[, default]) -> value
    ///
    /// Get a named attribute from an object; getattr(x, 'y') is equivalent to x.y.
    /// When a default argument is given, it is returned when the attribute doesn't
    /// exist; without it, an exception is raised in that case.
    #[function("object, name, default=<unrepresentable>, /")]
    fn getattr(cx: &mut Cx, object: Value, name: Value, default: Option<Value>) -> Result<Value> {
        let name = cx.attribute_name(name)?;
        match default {
            Some(d) => Ok(cx.try_attr(object, name)?.unwrap_or(d)),
            None => cx.get_attr(object, name),
        }
    }

    /// Sets the named attribute on the given object to the specified value.
    ///
    /// setattr(x, 'y', v) is equivalent to ``x.y = v``
    #[function("obj, name, value, /")]
    fn setattr(cx: &mut Cx, obj: Value, name: Value, value: Value) -> Result<()> {
        let name = cx.attribute_name(name)?;
        cx.set_attr(obj, name, value)
    }

    /// Return whether the object has an attribute with the given name.
    ///
    /// This is done by calling getattr(obj, name) and catching AttributeError.
    #[function("obj, name, /")]
    fn hasattr(cx: &mut Cx, obj: Value, name: Value) -> Result<bool> {
        let name = cx.attribute_name(name)?;
        Ok(cx.try_attr(obj, name)?.is_some())
    }

    /// Deletes the named attribute from the given object.
    ///
    /// delattr(x, 'y') is equivalent to ``del x.y``
    #[function("obj, name, /")]
    fn delattr(cx: &mut Cx, obj: Value, name: Value) -> Result<()> {
        let name = cx.attribute_name(name)?;
        cx.del_attr(obj, name)
    }

    /// Return whether the object is callable (i.e., some kind of function).
    ///
    /// Note that classes are callable, as are instances of classes with a
    /// __call__() method.
    #[function("obj, /")]
    fn callable(cx: &mut Cx, obj: Value) -> bool {
        cx.is_callable(obj)
    }

    /// Return the identity of an object.
    ///
    /// This is guaranteed to be unique among simultaneously existing objects.
    /// (CPython uses the object's memory address.)
    #[function("obj, /")]
    fn id(obj: Value) -> u64 {
        obj.word()
    }

    /// vars([object]) -> dictionary
    ///
    /// Without arguments, equivalent to locals().
    /// With an argument, equivalent to object.__dict__.
    #[function("object=<unrepresentable>, /")]
    fn vars(cx: &mut Cx, object: Option<Value>) -> Result<Value> {
        let Some(object) = object else {
            return cx.caller_locals();
        };
        let key = cx.common.dict;
        match cx.try_attr(object, key)? {
            Some(d) => Ok(d),
            None => Err(cx.type_error("vars() argument must have __dict__ attribute")),
        }
    }

    /// dir([object]) -> list of strings
    ///
    /// If called without an argument, return the names in the current scope.
    /// Else, return an alphabetized list of names comprising (some of) the attributes
    /// of the given object, and of attributes reachable from it.
    /// If the object supplies a method named __dir__, it will be used; otherwise
    /// the default dir() logic is used and returns:
    ///   for a module object: the module's attributes.
    ///   for a class object:  its attributes, and recursively the attributes
    ///     of its bases.
    ///   for any other object: its attributes, its class's attributes, and
    ///     recursively the attributes of its class's base classes.
    #[function("object=<unrepresentable>, /")]
    fn dir(cx: &mut Cx, object: Option<Value>) -> Result<Value> {
        let names = match object {
            None => {
                let space = cx.caller_locals()?;
                match space.as_gc::<Dict>() {
                    Some(_) => space,
                    None => cx.call_method(space, "keys", &[])?,
                }
            }
            Some(object) => match cx.call_special(object, Dunder::Dir, &[])? {
                Some(names) => names,
                None => return Err(cx.type_error("object does not provide __dir__")),
            },
        };
        let names = cx.tuple_from_iterable(names)?;
        super::sorted_names(cx, names)
    }

    /// Return the dictionary containing the current scope's global variables.
    ///
    /// NOTE: Updates to this dictionary *will* affect name lookups in the current
    /// global scope and vice-versa.
    #[function("")]
    fn globals(cx: &mut Cx) -> Value {
        cx.caller_globals().value()
    }

    /// Return a dictionary containing the current scope's local variables.
    ///
    /// NOTE: Whether or not updates to this dictionary will affect name lookups in
    /// the local scope and vice-versa is *implementation dependent* and not
    /// covered by any backwards compatibility guarantees.
    #[function("")]
    fn locals(cx: &mut Cx) -> Result<Value> {
        cx.caller_locals()
    }

    /// Evaluate the given source in the context of globals and locals.
    ///
    /// The source may be a string representing a Python expression
    /// or a code object as returned by compile().
    /// The globals must be a dictionary and locals can be any mapping,
    /// defaulting to the current globals and locals.
    /// If only globals is given, locals defaults to it.
    #[function("source, globals=None, locals=None, /")]
    fn eval(cx: &mut Cx, source: Value, globals: Value, locals: Value) -> Result<Value> {
        let (globals, locals) = super::namespaces(cx, "eval", globals, locals)?;
        let code = match source.as_gc::<CodeObject>() {
            Some(code) => code,
            None => {
                let text = super::source_text(cx, source, "eval() arg 1 must be a string, bytes or code object")?;
                let text = text.trim_start_matches([' ', '\t']);
                cx.compile_text(text, "<string>", gscript_compiler::Kind::Expression, gscript_compiler::NameMode::Namespace)?
            }
        };
        super::run(cx, "eval", code, globals, locals)
    }

    /// Execute the given source in the context of globals and locals.
    ///
    /// The source may be a string representing one or more Python statements
    /// or a code object as returned by compile().
    /// The globals must be a dictionary and locals can be any mapping,
    /// defaulting to the current globals and locals.
    /// If only globals is given, locals defaults to it.
    /// The closure must be a tuple of cellvars, and can only be used
    /// when source is a code object requiring exactly that many cellvars.
    #[function("source, globals=None, locals=None, /, *, closure=None")]
    fn exec(cx: &mut Cx, source: Value, globals: Value, locals: Value, closure: Value) -> Result<()> {
        let (globals, locals) = super::namespaces(cx, "exec", globals, locals)?;
        let code = match source.as_gc::<CodeObject>() {
            Some(code) => code,
            None => {
                if !closure.is_none() {
                    return Err(cx.type_error("closure can only be used when source is a code object"));
                }
                let text = super::source_text(cx, source, "exec() arg 1 must be a string, bytes or code object")?;
                cx.compile_text(&text, "<string>", gscript_compiler::Kind::Module, gscript_compiler::NameMode::Namespace)?
            }
        };
        super::exec_code(cx, code, globals, locals, closure)
    }

    /// Compile source into a code object that can be executed by exec() or eval().
    ///
    /// The source code may represent a Python module, statement or expression.
    /// The filename will be used for run-time error messages.
    /// The mode must be 'exec' to compile a module, 'single' to compile a
    /// single (interactive) statement, or 'eval' to compile an expression.
    /// The flags argument, if present, controls which future statements influence
    /// the compilation of the code.
    /// The dont_inherit argument, if true, stops the compilation inheriting
    /// the effects of any future statements in effect in the code calling
    /// compile; if absent or false these statements do influence the compilation,
    /// in addition to any features explicitly specified.
    #[function("source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1")]
    #[expect(clippy::too_many_arguments, reason = "as many as the function has")]
    fn compile(
        cx: &mut Cx,
        source: Value,
        filename: Value,
        mode: String,
        flags: i64,
        _dont_inherit: bool,
        optimize: i64,
        _feature_version: i64,
    ) -> Result<Value> {
        super::compile(cx, source, filename, &mode, flags, optimize)
    }

    /// Import a module.
    ///
    /// Because this function is meant for use by the Python
    /// interpreter and not for general use, it is better to use
    /// importlib.import_module() to programmatically import a module.
    ///
    /// The globals argument is only used to determine the context;
    /// they are not modified.  The locals argument is unused.  The fromlist
    /// should be a list of names to emulate ``from name import ...``, or an
    /// empty list to emulate ``import name``.
    /// When importing a module from a package, note that __import__('A.B', ...)
    /// returns package A when fromlist is empty, but its submodule B when
    /// fromlist is not empty.  The level argument is used to determine whether to
    /// perform absolute or relative imports: 0 is absolute, while a positive number
    /// is the number of parent directories to search relative to the current module.
    #[function("name, globals=None, locals=None, fromlist=<unrepresentable>, level=0")]
    fn __import__(cx: &mut Cx, name: Value, globals: Value, _locals: Value, fromlist: Option<Value>, level: i64) -> Result<Value> {
        let Some(name) = name.as_str_object() else {
            return Err(cx.type_error("module name must be a string"));
        };
        if level < 0 {
            return Err(cx.value_error("level must be >= 0"));
        }
        let globals: Option<Gc<Dict>> = globals.as_gc::<Dict>();
        if level > 0 && globals.is_none() {
            return Err(cx.key_error_text("'__name__' not in globals"));
        }
        let from = fromlist.unwrap_or(Value::NONE);
        cx.import_module_level(&name.lossy(), globals, from, level)
    }

    /// Read a string from standard input.  The trailing newline is stripped.
    ///
    /// The prompt string, if given, is printed to standard output without a
    /// trailing newline before reading input.
    ///
    /// If the user hits EOF (*nix: Ctrl-D, Windows: Ctrl-Z+Return), raise EOFError.
    /// On *nix systems, readline is used if available.
    #[function("prompt='', /")]
    fn input(cx: &mut Cx, prompt: Option<Value>) -> Result<Value> {
        super::input(cx, prompt)
    }

    /// breakpoint(*args, **kws)
    ///
    /// Call sys.breakpointhook(*args, **kws).  sys.breakpointhook() must accept
    /// whatever arguments are passed.
    ///
    /// By default, this drops you into the pdb debugger.
    #[function("*args, **kws")]
    fn breakpoint(cx: &mut Cx, args: &[Value], kws: crate::convert::Kwargs<'_>) -> Result<Value> {
        let sys = cx.import_absolute("sys")?;
        match cx.try_attr_text(sys, "breakpointhook")? {
            Some(hook) => cx.call_passing(hook, args, kws),
            None => Err(cx.runtime_error("lost sys.breakpointhook")),
        }
    }
}

/// `__build_class__`, which class statements call.
pub(crate) static BUILD_CLASS: BuiltinDef = BuiltinDef {
    name: "__build_class__",
    signature: "func, name, /, *bases, [metaclass], **kwds",
    doc: "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nInternal helper function used by the class statement.",
    call: build_class,
    kind: BuiltinKind::Function,
};

fn build_class(cx: &mut Cx, args: &[Value], keywords: Keywords) -> Result<Value> {
    cx.build_class(args, keywords)
}

impl Cx {
    /// `f(*args, **kws)` with the arguments that a built-in was given. May run script code.
    pub fn call_passing(&mut self, f: Value, args: &[Value], kws: crate::convert::Kwargs<'_>) -> Result<Value> {
        let count = kws.len();
        let keyword = |i: usize| kws.iter().nth(i).expect("i is less than their number");
        let names = self.tuple_with(count, |i| keyword(i).0.value());
        let all = self.tuple_with(args.len() + count, |i| if i < args.len() { args[i] } else { keyword(i - args.len()).1 });
        self.call_keywords(f, all.items(), (count > 0).then_some(names))
    }

    /// KeyError with a text as key.
    #[cold]
    pub(crate) fn key_error_text(&mut self, text: &str) -> crate::vm::Raised {
        let key = self.str(text).value();
        self.key_error(key)
    }

    /// The globals of the function that called a built-in.
    pub(crate) fn caller_globals(&mut self) -> Gc<Dict> {
        match self.frames().next() {
            Some(f) => f.function.globals,
            None => self.dict_new(),
        }
    }

    /// `locals()` of the function that called a built-in.
    pub(crate) fn caller_locals(&mut self) -> Result<Value> {
        match self.frames().next() {
            Some(f) => Ok(self.frame_locals(f)),
            None => Ok(self.dict_new().value()),
        }
    }

    /// The namespace of a frame: of a function a snapshot of its variables.
    pub(crate) fn frame_locals(&mut self, f: FrameInfo) -> Value {
        let code = f.function.code.get();
        if code.source.uses_namespace {
            return f.register(0).unwrap_or(Value::NONE);
        }
        if !code.is_function_like() {
            return f.function.globals.value();
        }
        let dict = self.dict_new();
        for l in &code.source.locals {
            let v = match f.register(l.register) {
                Some(v) if l.is_cell => v.as_gc::<Cell>().and_then(|c| c.content.get()),
                v => v,
            };
            if let Some(v) = v {
                self.dict_set_str(dict, code.names()[l.name as usize], v);
            }
        }
        self.add_free_variables(dict, f.function);
        dict.value()
    }

    /// Adds what a function's cells hold to a dict, by name.
    pub(crate) fn add_free_variables(&mut self, dict: Gc<Dict>, f: Gc<crate::object::function::Function>) {
        let code = f.code.get();
        for (i, (name, _)) in code.source.free_vars.iter().enumerate() {
            if let Some(v) = f.cells().get(i).and_then(|c| c.content.get()) {
                let name = self.intern(name);
                self.dict_set_str(dict, name, v);
            }
        }
    }

    /// Whether `c`, which is no class, says by `__bases__` that it is below `against`. May run script code.
    pub(crate) fn is_subclass_by_bases(&mut self, c: Value, against: Value) -> Result<bool> {
        self.check_stack()?;
        let bases = if let Some(t) = c.as_gc::<Type>() {
            t.bases.get()
        } else {
            let key = self.common.bases;
            self.try_attr(c, key)?.and_then(|b| b.as_gc::<Tuple>())
        };
        let Some(bases) = bases else {
            return Err(self.type_error("issubclass() arg 1 must be a class"));
        };
        for &b in bases.items() {
            if b == against || self.is_subclass_by_bases(b, against)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The names as a sorted list. Runs script code when they are not all strings.
fn sorted_names(cx: &mut Cx, names: Gc<Tuple>) -> Result<Value> {
    if names.items().iter().all(|n| cx.is_exact(*n, cx.types.str)) {
        // Nothing is allocated while the vector holds values; the tuple keeps them. UTF-8 sorts as code points do.
        let mut sorted: Vec<Gc<Str>> = names.items().iter().filter_map(|n| n.as_str_object()).collect();
        sorted.sort_by(|a, b| a.bytes().cmp(b.bytes()));
        let t = cx.tuple_with(sorted.len(), |i| sorted[i].value());
        let list: Gc<List> = cx.list_from(t.items());
        std::hint::black_box((t, names));
        return Ok(list.value());
    }
    let list = cx.list_from(names.items()).value();
    cx.call_method(list, "sort", &[])?;
    Ok(list)
}

/// The namespaces that `eval` and `exec` work in. The names of the caller where none are given.
fn namespaces(cx: &mut Cx, function: &str, globals: Value, locals: Value) -> Result<(Gc<Dict>, Value)> {
    if !locals.is_none() {
        let class = cx.class_of(locals);
        let is_mapping = locals.as_gc::<Dict>().is_some() || cx.special(class, Dunder::GetItem).is_some();
        if !is_mapping {
            let text = if function == "eval" {
                "locals must be a mapping".to_string()
            } else {
                format!("locals must be a mapping or None, not {}", class.name_text())
            };
            return Err(cx.type_error(text));
        }
    }
    if globals.is_none() {
        let own = cx.caller_globals();
        let locals = if locals.is_none() { cx.caller_locals()? } else { locals };
        return Ok((own, locals));
    }
    let Some(globals) = globals.as_gc::<Dict>() else {
        let class = cx.class_of(globals);
        let text = match function {
            "eval" if cx.special(class, Dunder::GetItem).is_some() => "globals must be a real dict; try eval(code, {}, mapping)".to_string(),
            "eval" => "globals must be a dict".to_string(),
            _ => format!("exec() globals must be a dict, not {}", class.name_text()),
        };
        return Err(cx.type_error(text));
    };
    Ok((globals, if locals.is_none() { globals.value() } else { locals }))
}

/// Source as text. `message` is for what cannot be source.
fn source_text(cx: &mut Cx, source: Value, message: &str) -> Result<String> {
    if source.as_str_object().is_some() {
        let text = <String as crate::convert::FromArg>::from_arg(cx, source, crate::convert::ArgInfo::unnamed())?;
        return no_nulls(cx, text);
    }
    let Some(bytes) = crate::protocol::bytes_of(source) else {
        return Err(cx.type_error(message));
    };
    let bytes = bytes.to_vec();
    let text = cx.decode_source(&bytes, "<string>")?;
    no_nulls(cx, text)
}

fn no_nulls(cx: &mut Cx, text: String) -> Result<String> {
    if text.contains('\0') {
        return Err(cx.value_error("source code string cannot contain null bytes"));
    }
    Ok(text)
}

fn run(cx: &mut Cx, function: &str, code: Gc<CodeObject>, globals: Gc<Dict>, locals: Value) -> Result<Value> {
    if !code.source.free_vars.is_empty() {
        return Err(cx.type_error(format!("code object passed to {function}() may not contain free variables")));
    }
    cx.run_code(code, globals, Some(locals))
}

fn exec_code(cx: &mut Cx, code: Gc<CodeObject>, globals: Gc<Dict>, locals: Value, closure: Value) -> Result<()> {
    let free = code.source.free_vars.len();
    if closure.is_none() {
        if free > 0 {
            return Err(cx.type_error("code object passed to exec() may not contain free variables"));
        }
        return cx.run_code(code, globals, Some(locals)).map(drop);
    }
    if free == 0 {
        return Err(cx.type_error("cannot use a closure with this code object"));
    }
    let cells = closure.as_gc::<Tuple>().filter(|t| t.len() == free && t.items().iter().all(|c| c.as_gc::<Cell>().is_some()));
    let Some(cells) = cells else {
        return Err(cx.type_error(format!("code object requires a closure of exactly length {free}")));
    };
    let empty = cx.cell(None);
    let f = cx.function(code, globals, free, |i| cells.items()[i].as_gc::<Cell>().unwrap_or(empty));
    if code.source.uses_namespace {
        return cx.run_with_namespace(f, locals).map(drop);
    }
    cx.call(f.value(), &[]).map(drop)
}

fn compile(cx: &mut Cx, source: Value, filename: Value, mode: &str, flags: i64, optimize: i64) -> Result<Value> {
    let filename = match filename.as_str_object() {
        Some(s) => s.lossy().into_owned(),
        None => match crate::protocol::bytes_of(filename) {
            Some(b) => String::from_utf8_lossy(b).into_owned(),
            None => {
                let path = cx.call_special(filename, Dunder::FsPath, &[])?.and_then(|p| p.as_str_object());
                match path {
                    Some(s) => s.lossy().into_owned(),
                    None => {
                        let text = format!("expected str, bytes or os.PathLike object, not {}", cx.type_name(filename));
                        return Err(cx.type_error(text));
                    }
                }
            }
        },
    };
    // CO_FUTURE flags, DONT_IMPLY_DEDENT, ALLOW_INCOMPLETE_INPUT; trees as objects are not offered.
    const KNOWN: i64 = 0x1ff_0000 | 0x200 | 0x4000 | 0x10;
    if flags & !KNOWN != 0 {
        return Err(cx.value_error("compile(): unrecognised flags"));
    }
    if !(-1..=2).contains(&optimize) {
        return Err(cx.value_error("compile(): invalid optimize value"));
    }
    let kind = match mode {
        "exec" => CompileKind::Module,
        "eval" => CompileKind::Expression,
        "single" => CompileKind::Interactive,
        _ => return Err(cx.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    if source.as_gc::<CodeObject>().is_some() {
        return Err(cx.type_error("compile() arg 1 must be a string, bytes or AST object"));
    }
    let text = source_text(cx, source, "compile() arg 1 must be a string, bytes or AST object")?;
    let text = if kind == CompileKind::Expression { text.trim_start_matches([' ', '\t']) } else { &text };
    Ok(cx.compile_text(text, &filename, kind, NameMode::Namespace)?.value())
}

/// By the hook of the layers above, or by `sys.stdout` and `sys.stdin`.
fn input(cx: &mut Cx, prompt: Option<Value>) -> Result<Value> {
    if let Some(hook) = cx.hooks.input {
        return hook(cx, prompt);
    }
    let key = cx.intern("sys");
    let sys = cx.modules.and_then(|m| cx.dict_get_str(m, key));
    let Some(sys) = sys else {
        return Err(cx.runtime_error("input(): lost sys.stdin"));
    };
    let (out, stdin) = (cx.try_attr_text(sys, "stdout")?, cx.try_attr_text(sys, "stdin")?);
    let Some(stdin) = stdin.filter(|s| !s.is_none()) else {
        return Err(cx.runtime_error("input(): lost sys.stdin"));
    };
    let Some(out) = out.filter(|s| !s.is_none()) else {
        return Err(cx.runtime_error("input(): lost sys.stdout"));
    };
    if let Some(p) = prompt {
        let p = cx.str_value(p)?;
        cx.call_method(out, "write", &[p.value()])?;
    }
    cx.call_method(out, "flush", &[])?;
    let line = cx.call_method(stdin, "readline", &[])?;
    let Some(s) = line.as_str_object() else {
        return Err(cx.type_error("object.readline() returned non-string"));
    };
    if s.byte_len() == 0 {
        return Err(cx.eof_error("EOF when reading a line"));
    }
    let bytes = s.bytes();
    let text = bytes.strip_suffix(b"\n").unwrap_or(bytes).to_vec();
    Ok(cx.str_from_bytes(&text).value())
}

/// Constants and what is no ordinary function, into the namespace of built-ins; and the module `builtins` itself.
pub(crate) fn install(cx: &mut Cx) {
    let Some(builtins) = cx.builtins else { return };
    let f = cx.builtin(&BUILD_CLASS, None).value();
    cx.dict_set_text(builtins, "__build_class__", f);
    for f in object_functions::FUNCTIONS {
        let b = cx.builtin(f, None).value();
        cx.dict_set_text(builtins, f.name, b);
    }
    for (name, v) in [
        ("None", Value::NONE),
        ("Ellipsis", Value::ELLIPSIS),
        ("NotImplemented", Value::NOT_IMPLEMENTED),
        ("False", Value::FALSE),
        ("True", Value::TRUE),
        ("__debug__", Value::TRUE),
    ] {
        cx.dict_set_text(builtins, name, v);
    }
    let name = cx.intern("builtins");
    cx.dict_set_text(builtins, "__name__", name.value());
    let doc =
        cx.str("Built-in functions, exceptions, and other objects.\n\nNoteworthy: None is the `nil' object; Ellipsis represents `...' in slices.").value();
    cx.dict_set_text(builtins, "__doc__", doc);
    let empty = cx.str("").value();
    cx.dict_set_text(builtins, "__package__", empty);
    cx.dict_set_text(builtins, "__loader__", Value::NONE);
    cx.dict_set_text(builtins, "__spec__", Value::NONE);
    let class = cx.types.module;
    let module = cx.module_of(class, builtins);
    cx.add_module(name, module.value());
}

impl Cx {
    /// Whether `callable(v)` is true. No script code runs.
    pub fn is_callable(&mut self, v: Value) -> bool {
        use crate::heap::header::Kind;
        match v.kind() {
            Some(Kind::Function | Kind::Builtin | Kind::BoundMethod | Kind::Type) => true,
            Some(Kind::MethodWrapper) => v.as_gc::<crate::object::function::MethodWrapper>().is_some_and(|w| !w.is_class),
            Some(_) => {
                let class = self.class_of(v);
                self.special(class, crate::object::dunder::Dunder::Call).is_some()
            }
            None => false,
        }
    }
}
