//! Calls: from instructions and from Rust; binding of arguments to parameters.
#![allow(unsafe_code)]

use super::dispatch::{At, EXIT_INSTR, Next};
use super::frame::Action;
use crate::object::class::{IS_ABSTRACT, IS_SCRIPT, Type};
use crate::object::dict::Dict;
use crate::object::dunder::Dunder;
use crate::object::function::{BoundMethod, Builtin, BuiltinKind, Function, Keywords, MethodWrapper, NativeFn};
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// Arguments of a call: an optional first one (`self`), the rest, and the names of the last of the rest.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    pub first: Option<Value>,
    pub rest: &'a [Value],
    pub keywords: Keywords,
}

impl<'a> Args<'a> {
    pub fn new(rest: &'a [Value]) -> Args<'a> {
        Args { first: None, rest, keywords: None }
    }

    fn keyword_count(&self) -> usize {
        self.keywords.map_or(0, |k| k.len())
    }
}

impl Cx {
    /// `f(*args)`. May run script code and switch greenlets.
    pub fn call(&mut self, f: Value, args: &[Value]) -> Result<Value> {
        self.call_args(f, Args::new(args))
    }

    /// `f(*args, **keywords)`: the values of keyword arguments are the last of `args`.
    pub fn call_keywords(&mut self, f: Value, args: &[Value], keywords: Keywords) -> Result<Value> {
        self.call_args(f, Args { first: None, rest: args, keywords })
    }

    /// `obj.name(*args)`.
    pub fn call_method(&mut self, obj: Value, name: &str, args: &[Value]) -> Result<Value> {
        let f = self.get_attr_text(obj, name)?;
        self.call(f, args)
    }

    /// Calls a special method as found in a class: bound to `this` as its kind demands.
    pub fn call_method_value(&mut self, method: Value, this: Value, args: &[Value]) -> Result<Value> {
        if method.as_gc::<Function>().is_some() || method.as_gc::<Builtin>().is_some_and(|b| b.def.kind == BuiltinKind::Method) {
            return self.call_args(method, Args { first: Some(this), rest: args, keywords: None });
        }
        let class = self.class_of(this);
        let bound = self.descriptor_get(method, this, class)?;
        self.call(bound, args)
    }

    /// The special method `dunder` of the class of `this`, called; `None` when there is none.
    pub fn call_special(&mut self, this: Value, dunder: Dunder, args: &[Value]) -> Result<Option<Value>> {
        let class = self.class_of(this);
        match self.special(class, dunder) {
            Some(m) => self.call_method_value(m, this, args).map(Some),
            None => Ok(None),
        }
    }

    pub fn call_args(&mut self, f: Value, args: Args<'_>) -> Result<Value> {
        self.check_stack()?;
        if let Some(function) = f.as_gc::<Function>() {
            return self.call_function(function, args, Action::Exit, 0);
        }
        if let Some(b) = f.as_gc::<Builtin>() {
            return self.call_builtin(b, args);
        }
        if let Some(m) = f.as_gc::<BoundMethod>() {
            return match args.first {
                None => self.call_args(m.function, Args { first: Some(m.this), ..args }),
                Some(_) => self.with_joined(args, |cx, rest| cx.call_args(m.function, Args { first: Some(m.this), rest, keywords: args.keywords })),
            };
        }
        if let Some(t) = f.as_gc::<Type>() {
            return match args.first {
                None => self.call_type(t, args.rest, args.keywords),
                Some(_) => self.with_joined(args, |cx, rest| cx.call_type(t, rest, args.keywords)),
            };
        }
        if let Some(w) = f.as_gc::<MethodWrapper>() {
            if !w.is_class {
                return self.call_args(w.function.get().unwrap_or(Value::NONE), args);
            }
        }
        let class = self.class_of(f);
        match self.special(class, Dunder::Call) {
            Some(m) => match args.first {
                None if m.as_gc::<Function>().is_some() || m.as_gc::<Builtin>().is_some() => self.call_args(m, Args { first: Some(f), ..args }),
                _ => {
                    let bound = self.descriptor_get(m, f, class)?;
                    self.call_args(bound, args)
                }
            },
            None => {
                let text = format!("'{}' object is not callable", class.name_text());
                Err(self.type_error(text))
            }
        }
    }

    /// Calls `g` with the first argument in front of the rest, in one slice.
    fn with_joined<R>(&mut self, args: Args<'_>, g: impl FnOnce(&mut Cx, &[Value]) -> R) -> R {
        let Some(first) = args.first else {
            return g(self, args.rest);
        };
        let n = args.rest.len() + 1;
        if n <= 8 {
            let mut all = [Value::NONE; 8];
            all[0] = first;
            all[1..n].copy_from_slice(args.rest);
            return g(self, &all[..n]);
        }
        let all = self.tuple_with(n, |i| if i == 0 { first } else { args.rest[i - 1] });
        let r = g(self, all.items());
        std::hint::black_box(all);
        r
    }

    fn call_builtin(&mut self, b: Gc<Builtin>, args: Args<'_>) -> Result<Value> {
        self.with_joined(args, |cx, all| match &b.host {
            None => (b.def.call)(cx, all, args.keywords),
            Some(host) => host(cx, all, args.keywords),
        })
    }

    /// The return address of a frame that Rust code pushes: never returned to, but it tells where the caller is.
    pub(crate) fn behind_call(&self) -> *const u64 {
        if self.pc.is_null() { self.pc } else { self.pc.wrapping_add(1) }
    }

    /// Runs a script function from Rust.
    pub(crate) fn call_function(&mut self, function: Gc<Function>, args: Args<'_>, action: Action, extra: u64) -> Result<Value> {
        let (regs, pc) = (self.regs, self.pc);
        let new = self.push_frame(function, self.behind_call(), 0, action, extra)?;
        if let Err(r) = self.bind(function, args, new) {
            // SAFETY: the frame just pushed.
            unsafe { self.pop_frame(new) };
            return Err(r);
        }
        let r = self.run(Next { pc: function.code.get().entry, regs: new });
        self.regs = regs;
        self.pc = pc;
        r
    }

    /// Runs a function whose code uses a namespace: R[0] is it.
    pub(crate) fn run_with_namespace(&mut self, function: Gc<Function>, space: Value) -> Result<Value> {
        self.check_stack()?;
        let (regs, pc) = (self.regs, self.pc);
        let new = self.push_frame(function, self.behind_call(), 0, Action::Exit, 0)?;
        // SAFETY: the first register of the new window.
        unsafe { *new = space.word() };
        let r = self.run(Next { pc: function.code.get().entry, regs: new });
        self.regs = regs;
        self.pc = pc;
        r
    }

    /// A call instruction: script functions get a frame, all else runs here.
    pub(crate) fn call_from(&mut self, at: At, f: Value, args: Args<'_>, dst: u16, next: *const u64) -> Result<Next> {
        if let Some(function) = f.as_gc::<Function>() {
            return self.enter_function(function, args, dst, next, Action::Store, 0);
        }
        if let Some(b) = f.as_gc::<Builtin>() {
            let v = self.call_builtin(b, args)?;
            at.set(dst, v);
            return Ok(Next { pc: next, regs: at.regs });
        }
        if let Some(m) = f.as_gc::<BoundMethod>() {
            if args.first.is_none() {
                return self.call_from(at, m.function, Args { first: Some(m.this), ..args }, dst, next);
            }
        }
        if let Some(t) = f.as_gc::<Type>() {
            if args.first.is_none() {
                if let Some(init) = t.constructor.get().and_then(|c| c.as_gc::<Function>()) {
                    let object = self.instance(t);
                    return self.enter_function(init, Args { first: Some(object.value()), ..args }, dst, next, Action::Init, object.value().word());
                }
                let v = self.call_type(t, args.rest, args.keywords)?;
                at.set(dst, v);
                return Ok(Next { pc: next, regs: at.regs });
            }
        }
        if args.first.is_none() {
            let class = self.class_of(f);
            if let Some(m) = self.special(class, Dunder::Call) {
                if let Some(function) = m.as_gc::<Function>() {
                    return self.enter_function(function, Args { first: Some(f), ..args }, dst, next, Action::Store, 0);
                }
            }
        }
        let v = self.call_args(f, args)?;
        at.set(dst, v);
        Ok(Next { pc: next, regs: at.regs })
    }

    /// Pushes a frame for a script function and binds its arguments.
    pub(crate) fn enter_function(&mut self, function: Gc<Function>, args: Args<'_>, dst: u16, next: *const u64, action: Action, extra: u64) -> Result<Next> {
        if self.poll_now() != 0 {
            self.run_poll()?;
        }
        let new = self.push_frame(function, next, dst, action, extra)?;
        match self.bind(function, args, new) {
            Ok(()) => Ok(Next { pc: function.code.get().entry, regs: new }),
            Err(r) => {
                // SAFETY: the frame just pushed.
                unsafe { self.pop_frame(new) };
                Err(r)
            }
        }
    }

    /// Leaves the machine with this result.
    pub(crate) fn exit(&mut self, word: u64, regs: *mut u64) -> Next {
        self.exit = word;
        Next { pc: &EXIT_INSTR, regs }
    }

    /// Binds arguments to the parameters of `function` in the window `new` (Python reference 6.3.4, 8.7).
    fn bind(&mut self, function: Gc<Function>, args: Args<'_>, new: *mut u64) -> Result<()> {
        let code = function.code.get();
        let keyword_count = args.keyword_count();
        let first = args.first.is_some() as usize;
        let positional = first + args.rest.len() - keyword_count;
        let arg_count = code.arg_count as usize;
        let put = |i: usize, v: Option<Value>| {
            // SAFETY: parameters are the first registers of the window.
            unsafe { *new.add(i) = v.map_or(0, Value::word) }
        };
        let get = |i: usize| {
            if i < first { args.first } else { args.rest.get(i - first).copied() }
        };
        for i in 0..positional.min(arg_count) {
            put(i, get(i));
        }
        if code.is_simple && positional == arg_count && keyword_count == 0 {
            return Ok(());
        }
        let source = &code.source;
        let kwonly = source.kwonly_count as usize;
        for i in positional.min(arg_count)..arg_count + kwonly {
            put(i, None);
        }
        // What is allocated here stays in local variables until all is in the window: a collection does not look there yet.
        let mut varargs: Option<Gc<Tuple>> = None;
        if source.has_varargs {
            let extra = positional.saturating_sub(arg_count);
            varargs = Some(self.tuple_with(extra, |i| get(arg_count + i).unwrap_or(Value::NONE)));
        }
        let varkw: Option<Gc<Dict>> = if source.has_varkw { Some(self.dict_with_capacity(keyword_count)) } else { None };
        if let Some(names) = args.keywords {
            for (k, &name) in names.items().iter().enumerate() {
                let v = args.rest[args.rest.len() - keyword_count + k];
                let Some(name) = name.as_str_object() else {
                    return Err(self.type_error("keywords must be strings"));
                };
                let found = (source.posonly_count as usize..arg_count + kwonly).find(|&i| {
                    let p = code.name_at(source.param_names[i] as u16);
                    p == name || self.str_eq(p, name)
                });
                match (found, varkw) {
                    (Some(i), _) => {
                        // SAFETY: a parameter's register.
                        if unsafe { *new.add(i) } != 0 {
                            let text = format!("{}() got multiple values for argument '{}'", self.function_qualname(function), name.lossy());
                            return Err(self.type_error(text));
                        }
                        put(i, Some(v));
                    }
                    (None, Some(d)) => {
                        if self.dict_get_str(d, name).is_some() {
                            let text = format!("{}() got multiple values for keyword argument '{}'", self.function_qualname(function), name.lossy());
                            return Err(self.type_error(text));
                        }
                        self.dict_set_str(d, name, v)
                    }
                    (None, None) => {
                        return Err(self.unexpected_keyword(function, args.keywords, name));
                    }
                }
            }
        }
        // After the keywords, whose mistakes come first.
        if positional > arg_count && !source.has_varargs {
            return Err(self.too_many_positional(function, positional, new));
        }
        let defaults = function.defaults.get();
        let default_count = defaults.map_or(0, |d| d.len());
        let mut missing = false;
        for i in 0..arg_count {
            // SAFETY: a parameter's register.
            if unsafe { *new.add(i) } == 0 {
                match defaults {
                    Some(d) if i + default_count >= arg_count => put(i, Some(d.items()[i + default_count - arg_count])),
                    _ => missing = true,
                }
            }
        }
        if missing {
            return Err(self.missing_arguments(function, new, 0, arg_count - default_count.min(arg_count), "positional"));
        }
        for i in arg_count..arg_count + kwonly {
            // SAFETY: a parameter's register.
            if unsafe { *new.add(i) } == 0 {
                let name = code.name_at(source.param_names[i] as u16);
                match function.kw_defaults.get().and_then(|d| self.dict_get_str(d, name)) {
                    Some(v) => put(i, Some(v)),
                    None => missing = true,
                }
            }
        }
        if missing {
            return Err(self.missing_arguments(function, new, arg_count, arg_count + kwonly, "keyword-only"));
        }
        let mut i = arg_count + kwonly;
        if let Some(t) = varargs {
            put(i, Some(t.value()));
            i += 1;
        }
        if let Some(d) = varkw {
            put(i, Some(d.value()));
        }
        std::hint::black_box((varargs, varkw));
        Ok(())
    }

    /// The qualified name of a function, for messages.
    pub fn function_qualname(&mut self, f: Gc<Function>) -> String {
        let key = self.common.qualname;
        if let Some(q) = f.extra.get().and_then(|d| self.dict_get_str(d, key)).and_then(|q| q.as_str_object()) {
            return q.lossy().into_owned();
        }
        f.code.get().qualname.lossy().into_owned()
    }

    #[cold]
    fn too_many_positional(&mut self, f: Gc<Function>, given: usize, new: *mut u64) -> crate::vm::Raised {
        let code = f.code.get();
        let n = code.arg_count as usize;
        let defaults = f.defaults.get().map_or(0, |d| d.len());
        let kwonly_given = (n..n + code.source.kwonly_count as usize)
            // SAFETY: parameters' registers.
            .filter(|&i| unsafe { *new.add(i) } != 0)
            .count();
        let takes = if defaults > 0 { format!("from {} to {}", n - defaults, n) } else { n.to_string() };
        let plural = if n == 1 && defaults == 0 { "" } else { "s" };
        let tail = if kwonly_given > 0 {
            format!(
                " positional argument{} (and {} keyword-only argument{}) were given",
                if given == 1 { "" } else { "s" },
                kwonly_given,
                if kwonly_given == 1 { "" } else { "s" }
            )
        } else {
            (if given == 1 { " was given" } else { " were given" }).to_string()
        };
        let text = format!("{}() takes {} positional argument{} but {}{}", self.function_qualname(f), takes, plural, given, tail);
        self.type_error(text)
    }

    #[cold]
    fn unexpected_keyword(&mut self, f: Gc<Function>, keywords: Keywords, name: Gc<Str>) -> crate::vm::Raised {
        let code = f.code.get();
        let source = &code.source;
        let qualname = self.function_qualname(f);
        // Positional-only parameters given by name are listed together.
        let mut wrong = Vec::new();
        for i in 0..source.posonly_count as usize {
            let p = code.name_at(source.param_names[i] as u16);
            if keywords.is_some_and(|k| k.items().iter().any(|n| n.as_str_object().is_some_and(|n| self.str_eq(n, p)))) {
                wrong.push(p.lossy().into_owned());
            }
        }
        if !wrong.is_empty() {
            return self.type_error(format!("{}() got some positional-only arguments passed as keyword arguments: '{}'", qualname, wrong.join(", ")));
        }
        self.type_error(format!("{}() got an unexpected keyword argument '{}'", qualname, name.lossy()))
    }

    #[cold]
    fn missing_arguments(&mut self, f: Gc<Function>, new: *mut u64, from: usize, to: usize, kind: &str) -> crate::vm::Raised {
        let code = f.code.get();
        let kw_defaults = f.kw_defaults.get();
        let mut names = Vec::new();
        for i in from..to {
            let name = code.name_at(code.source.param_names[i] as u16);
            // SAFETY: a parameter's register.
            let is_absent = unsafe { *new.add(i) } == 0;
            if is_absent && (kind == "positional" || kw_defaults.is_none_or(|d| self.dict_get_str(d, name).is_none())) {
                names.push(format!("'{}'", name.lossy()));
            }
        }
        let list = match names.as_slice() {
            [one] => one.clone(),
            [a, b] => format!("{a} and {b}"),
            [init @ .., last] => format!("{}, and {}", init.join(", "), last),
            [] => String::new(),
        };
        let text =
            format!("{}() missing {} required {} argument{}: {}", self.function_qualname(f), names.len(), kind, if names.len() == 1 { "" } else { "s" }, list);
        self.type_error(text)
    }

    /// `cls(*args, **keywords)`: the metaclass's `__call__`, else [`Cx::instantiate`].
    pub fn call_type(&mut self, t: Gc<Type>, args: &[Value], keywords: Keywords) -> Result<Value> {
        let meta = self.class_of(t.value());
        if meta != self.types.type_ {
            if let Some(m) = self.special(meta, Dunder::Call) {
                if m.as_gc::<Function>().is_some() {
                    return self.call_args(m, Args { first: Some(t.value()), rest: args, keywords });
                }
            }
        }
        self.instantiate(t, args, keywords)
    }

    /// `type.__call__`: `__new__`, then `__init__` when the result is an instance.
    pub fn instantiate(&mut self, t: Gc<Type>, args: &[Value], keywords: Keywords) -> Result<Value> {
        if t == self.types.type_ && args.len() == 1 && keywords.is_none() {
            return Ok(self.class_of(args[0]).value());
        }
        let object = self.construct_new(t, args, keywords)?;
        if self.is_instance(object, t) {
            let class = self.class_of(object);
            if let Some(init) = self.special(class, Dunder::Init) {
                if init != self.object_init {
                    let r = if init.as_gc::<Function>().is_some() || init.as_gc::<Builtin>().is_some() {
                        self.call_args(init, Args { first: Some(object), rest: args, keywords })?
                    } else {
                        let bound = self.descriptor_get(init, object, class)?;
                        self.call_keywords(bound, args, keywords)?
                    };
                    if !r.is_none() {
                        return Err(self.init_returned(r));
                    }
                }
            }
            self.remember_constructor(t);
            self.remember_native_call(t);
        }
        Ok(object)
    }

    #[cold]
    pub(crate) fn init_returned(&mut self, v: Value) -> crate::vm::Raised {
        let text = format!("__init__() should return None, not '{}'", self.type_name(v));
        self.type_error(text)
    }

    fn construct_new(&mut self, t: Gc<Type>, args: &[Value], keywords: Keywords) -> Result<Value> {
        if t.has_flag(crate::object::class::NO_NEW) {
            let text = format!("cannot create '{}' instances", t.name_text());
            return Err(self.type_error(text));
        }
        let new = self.special(t, Dunder::New);
        if let Some(new) = new {
            let f = match new.as_gc::<MethodWrapper>() {
                Some(w) if !w.is_class => w.function.get().unwrap_or(Value::NONE),
                _ => new,
            };
            let is_native = f.as_gc::<Builtin>().is_some_and(|b| {
                std::ptr::eq(b.def, &crate::builtins::object::NEW)
                    && b.owner.get().and_then(|o| o.as_gc::<Type>()).is_some_and(|o| same_native(o.native_new.get(), t.native_new.get()))
            });
            if !is_native {
                return self.call_args(f, Args { first: Some(t.value()), rest: args, keywords });
            }
        }
        match t.native_new.get() {
            Some(native) => self.with_joined(Args { first: Some(t.value()), rest: args, keywords }, |cx, all| native(cx, all, keywords)),
            _ => {
                let text = format!("cannot create '{}' instances", t.name_text());
                Err(self.type_error(text))
            }
        }
    }

    /// Notes what calling a built-in class comes to.
    fn remember_native_call(&mut self, t: Gc<Type>) {
        use crate::object::class::NativeCall;
        if t.native_call.get().is_some() || t.has_flag(IS_SCRIPT | IS_ABSTRACT) || t == self.types.type_ || self.class_of(t.value()) != self.types.type_ {
            return;
        }
        let Some(native) = t.native_new.get() else { return };
        let new = self.special(t, Dunder::New).map(|n| n.as_gc::<MethodWrapper>().and_then(|w| w.function.get()).unwrap_or(n));
        let is_own = new.is_none_or(|n| n.as_gc::<Builtin>().is_some_and(|b| std::ptr::eq(b.def, &crate::builtins::object::NEW)));
        if !is_own {
            return;
        }
        let init = match self.special(t, Dunder::Init) {
            None => None,
            Some(i) if i == self.object_init => None,
            Some(i) => match i.as_gc::<Builtin>() {
                Some(b) if b.host.is_none() => Some(b.def.call),
                _ => return,
            },
        };
        t.native_call.set(Some(NativeCall { new: native, init }));
    }

    /// Notes that calling `t` only means: a new instance, then this `__init__`.
    fn remember_constructor(&mut self, t: Gc<Type>) {
        use crate::heap::header::Kind;
        let plain = t.constructor.get().is_none()
            && t.kind.get() == Kind::Instance
            && !t.has_flag(IS_ABSTRACT)
            && self.class_of(t.value()) == self.types.type_
            && self.special(t, Dunder::New) == Some(self.object_new);
        if plain {
            if let Some(init) = self.special(t, Dunder::Init) {
                if init.as_gc::<Function>().is_some_and(|f| !f.code.get().is_generator) {
                    t.constructor.set(t, Some(init));
                }
            }
        }
    }
}

/// Whether two classes are made by one Rust function. Functions of equal code may be one: then either does.
fn same_native(a: Option<NativeFn>, b: Option<NativeFn>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
        (None, None) => true,
        _ => false,
    }
}
