//! The built-in classes: the list, and how they are made when a Vm starts.
use crate::heap::header::Kind;
use crate::heap::mark::Marker;
use crate::object::class::{self, Type};
use crate::object::function::{BuiltinDef, BuiltinKind, MemberDef, NativeFn};
use crate::value::{Gc, Value};
use crate::vm::Cx;

/// What a built-in class has, as its file says with the attribute `#[methods]`.
pub struct ClassDef {
    pub doc: &'static str,
    /// `__new__`: called with the class in front of the arguments.
    pub new: Option<NativeFn>,
    /// The parameters of the constructor as Python writes them, for `inspect`.
    pub signature: &'static str,
    pub methods: &'static [&'static BuiltinDef],
    pub members: &'static [&'static MemberDef],
}

macro_rules! types {
    ($($field:ident $name:literal $kind:ident $base:ident [$($flag:ident)*];)*) => {
        /// The built-in classes of a Vm.
        #[derive(Clone, Copy)]
        pub struct Types {
            $(pub $field: Gc<Type>,)*
        }

        /// The shapes of the built-in classes' own instances: their numbers are known before there is a Vm.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        pub enum BuiltinShape {
            /// Number 0 is no shape.
            no_shape,
            $($field,)*
        }

        impl Types {
            pub(crate) fn trace(&self, m: &mut Marker<'_>) {
                $(m.object(self.$field);)*
            }

            pub(crate) fn sweep_subclasses(&self, heap: &crate::heap::Heap) {
                $(self.$field.sweep_subclasses(heap);)*
            }

            /// All of them: class, name, kind, base, flags. Bases stand before their subclasses, but for `type`.
            fn table(&self) -> Vec<(Gc<Type>, &'static str, Kind, Gc<Type>, u32)> {
                vec![$((self.$field, $name, Kind::$kind, self.$base, 0 $(| class::$flag)*),)*]
            }

            /// All of them.
            pub fn all(&self) -> Vec<Gc<Type>> {
                vec![$(self.$field,)*]
            }

            /// Allocates the classes, bare. No collection may happen before [`Cx::finish_types`].
            pub(crate) fn alloc(heap: &crate::heap::Heap) -> Types {
                Types { $($field: class::alloc_bare(heap, Kind::$kind),)* }
            }
        }
    };
}

types! {
    type_ "type" Type object [IS_METACLASS HAS_WEAKREF];
    object "object" Instance object [];
    int "int" BigInt object [MATCH_SELF];
    bool "bool" BigInt int [IS_FINAL MATCH_SELF];
    float "float" Float object [MATCH_SELF];
    complex "complex" Complex object [];
    str "str" Str object [MATCH_SELF];
    bytes "bytes" Bytes object [MATCH_SELF];
    bytearray "bytearray" ByteArray object [MATCH_SELF];
    list "list" List object [IS_SEQUENCE MATCH_SELF];
    tuple "tuple" Tuple object [IS_SEQUENCE MATCH_SELF];
    dict "dict" Dict object [IS_MAPPING MATCH_SELF];
    set "set" Set object [MATCH_SELF HAS_WEAKREF];
    frozenset "frozenset" Set object [MATCH_SELF HAS_WEAKREF];
    range "range" Range object [IS_FINAL IS_SEQUENCE];
    slice "slice" Slice object [IS_FINAL];
    none "NoneType" Instance object [IS_FINAL];
    ellipsis "ellipsis" Instance object [IS_FINAL];
    not_implemented "NotImplementedType" Instance object [IS_FINAL];
    function "function" Function object [IS_FINAL];
    builtin_function "builtin_function_or_method" Builtin object [IS_FINAL NO_NEW];
    method_descriptor "method_descriptor" Builtin object [IS_FINAL NO_NEW];
    wrapper_descriptor "wrapper_descriptor" Builtin object [IS_FINAL NO_NEW];
    method_wrapper "method-wrapper" BoundMethod object [IS_FINAL NO_NEW];
    method "method" BoundMethod object [IS_FINAL];
    module "module" Module object [HAS_DICT HAS_WEAKREF];
    generator "generator" Generator object [IS_FINAL NO_NEW];
    cell "cell" Cell object [IS_FINAL];
    code "code" Code object [IS_FINAL NO_NEW];
    frame "frame" Native object [IS_FINAL NO_NEW];
    traceback "traceback" Traceback object [IS_FINAL NO_NEW];
    property "property" Property object [];
    staticmethod "staticmethod" MethodWrapper object [];
    classmethod "classmethod" MethodWrapper object [];
    member_descriptor "member_descriptor" Member object [IS_FINAL NO_NEW];
    getset_descriptor "getset_descriptor" Member object [IS_FINAL NO_NEW];
    super_ "super" Super object [];
    mappingproxy "mappingproxy" Native object [IS_FINAL IS_MAPPING];
    dict_keys "dict_keys" DictView object [IS_FINAL NO_NEW];
    dict_values "dict_values" DictView object [IS_FINAL NO_NEW];
    dict_items "dict_items" DictView object [IS_FINAL NO_NEW];
    dict_keyiterator "dict_keyiterator" DictIter object [IS_FINAL NO_NEW];
    dict_valueiterator "dict_valueiterator" DictIter object [IS_FINAL NO_NEW];
    dict_itemiterator "dict_itemiterator" DictIter object [IS_FINAL NO_NEW];
    dict_reversekeyiterator "dict_reversekeyiterator" DictIter object [IS_FINAL NO_NEW];
    dict_reversevalueiterator "dict_reversevalueiterator" DictIter object [IS_FINAL NO_NEW];
    dict_reverseitemiterator "dict_reverseitemiterator" DictIter object [IS_FINAL NO_NEW];
    range_iterator "range_iterator" RangeIter object [IS_FINAL NO_NEW];
    list_iterator "list_iterator" ListIter object [IS_FINAL NO_NEW];
    tuple_iterator "tuple_iterator" TupleIter object [IS_FINAL NO_NEW];
    longrange_iterator "longrange_iterator" Native object [IS_FINAL NO_NEW];
    list_reverseiterator "list_reverseiterator" Native object [IS_FINAL NO_NEW];
    str_iterator "str_iterator" Native object [IS_FINAL NO_NEW];
    str_ascii_iterator "str_ascii_iterator" Native object [IS_FINAL NO_NEW];
    bytes_iterator "bytes_iterator" Native object [IS_FINAL NO_NEW];
    bytearray_iterator "bytearray_iterator" Native object [IS_FINAL NO_NEW];
    set_iterator "set_iterator" Native object [IS_FINAL NO_NEW];
    iterator "iterator" Native object [IS_FINAL NO_NEW];
    callable_iterator "callable_iterator" Native object [IS_FINAL NO_NEW];
    done_iterator "done_iterator" Native object [IS_FINAL NO_NEW];
    enumerate "enumerate" Native object [];
    zip "zip" Native object [];
    map "map" Native object [];
    filter "filter" Native object [];
    reversed "reversed" Native object [];
    memoryview "memoryview" Native object [IS_FINAL];
    generic_alias "types.GenericAlias" Native object [];
    union_type "types.UnionType" Native object [IS_FINAL];

    base_exception "BaseException" Exception object [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    exception "Exception" Exception base_exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    system_exit "SystemExit" Exception base_exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    keyboard_interrupt "KeyboardInterrupt" Exception base_exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    generator_exit "GeneratorExit" Exception base_exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    base_exception_group "BaseExceptionGroup" Exception base_exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    exception_group "ExceptionGroup" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    stop_iteration "StopIteration" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    stop_async_iteration "StopAsyncIteration" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    arithmetic_error "ArithmeticError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    floating_point_error "FloatingPointError" Exception arithmetic_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    overflow_error "OverflowError" Exception arithmetic_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    zero_division_error "ZeroDivisionError" Exception arithmetic_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    assertion_error "AssertionError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    attribute_error "AttributeError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    buffer_error "BufferError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    eof_error "EOFError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    import_error "ImportError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    module_not_found_error "ModuleNotFoundError" Exception import_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    lookup_error "LookupError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    index_error "IndexError" Exception lookup_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    key_error "KeyError" Exception lookup_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    memory_error "MemoryError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    name_error "NameError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    unbound_local_error "UnboundLocalError" Exception name_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    os_error "OSError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    blocking_io_error "BlockingIOError" Exception os_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    child_process_error "ChildProcessError" Exception os_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    connection_error "ConnectionError" Exception os_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    broken_pipe_error "BrokenPipeError" Exception connection_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    connection_aborted_error "ConnectionAbortedError" Exception connection_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    connection_refused_error "ConnectionRefusedError" Exception connection_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    connection_reset_error "ConnectionResetError" Exception connection_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    file_exists_error "FileExistsError" Exception os_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    file_not_found_error "FileNotFoundError" Exception os_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    interrupted_error "InterruptedError" Exception os_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    is_a_directory_error "IsADirectoryError" Exception os_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    not_a_directory_error "NotADirectoryError" Exception os_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    permission_error "PermissionError" Exception os_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    process_lookup_error "ProcessLookupError" Exception os_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    timeout_error "TimeoutError" Exception os_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    reference_error "ReferenceError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    runtime_error "RuntimeError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    not_implemented_error "NotImplementedError" Exception runtime_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    recursion_error "RecursionError" Exception runtime_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    syntax_error "SyntaxError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    indentation_error "IndentationError" Exception syntax_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    tab_error "TabError" Exception indentation_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    system_error "SystemError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    type_error "TypeError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    value_error "ValueError" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    unicode_error "UnicodeError" Exception value_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    unicode_decode_error "UnicodeDecodeError" Exception unicode_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    unicode_encode_error "UnicodeEncodeError" Exception unicode_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    unicode_translate_error "UnicodeTranslateError" Exception unicode_error [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    warning "Warning" Exception exception [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    bytes_warning "BytesWarning" Exception warning [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    deprecation_warning "DeprecationWarning" Exception warning [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    encoding_warning "EncodingWarning" Exception warning [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    future_warning "FutureWarning" Exception warning [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    import_warning "ImportWarning" Exception warning [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    pending_deprecation_warning "PendingDeprecationWarning" Exception warning [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    resource_warning "ResourceWarning" Exception warning [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    runtime_warning "RuntimeWarning" Exception warning [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    syntax_warning "SyntaxWarning" Exception warning [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    unicode_warning "UnicodeWarning" Exception warning [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
    user_warning "UserWarning" Exception warning [HAS_DICT HAS_ATTRIBUTE_WORD IS_EXCEPTION];
}

impl Cx {
    /// Gives the bare classes shapes, names, dicts and the method resolution order.
    pub(crate) fn finish_types(&mut self) {
        let table = self.types.table();
        let object = self.types.object;
        for &(t, _, kind, base, flags) in &table {
            t.flags.set(flags);
            t.base.set(t, if t == object { None } else { Some(base) });
            let shape = self.shapes.add_root(t, kind, 0);
            t.instance_shape.set(shape);
        }
        assert_eq!(self.types.str.instance_shape.get(), BuiltinShape::str as u32, "shapes are numbered in the order of the list");
        let meta = self.types.type_.instance_shape.get();
        for &(t, ..) in &table {
            t.header().set_shape(meta);
        }
        // From here on strings, tuples and dicts can be made.
        for &(t, name, _, base, _) in &table {
            let name = self.intern(name.rsplit('.').next().unwrap_or(name));
            t.name.set(t, Some(name));
            t.qualname.set(t, Some(name));
            let bases = if t == object { self.tuple(&[]) } else { self.tuple(&[base.value()]) };
            t.bases.set(t, Some(bases));
            let mut mro = vec![t.value()];
            let mut c = t;
            while let Some(b) = c.base.get() {
                mro.push(b.value());
                c = b;
            }
            let mro = self.tuple(&mro);
            t.mro.set(t, Some(mro));
            let dict = self.dict_new();
            t.dict.set(t, Some(dict));
            if t != object {
                base.add_subclass(t);
            }
        }
        for &(t, name, ..) in &table {
            // Classes without are those of `builtins`.
            if let Some((module, _)) = name.rsplit_once('.') {
                let module = self.intern(module);
                self.dict_set_text(t.dict.expect(), "__module__", module.value());
            }
        }
    }

    /// A class of a built-in module, made when the module is imported. `def` is attached.
    pub fn new_builtin_class(&mut self, module: &str, name: &str, kind: Kind, base: Gc<Type>, flags: u32, def: Option<&'static ClassDef>) -> Gc<Type> {
        let name_str = self.intern(name);
        let inherited = base.flags.get()
            & (class::HAS_DICT
                | class::HAS_ATTRIBUTE_WORD
                | class::IS_EXCEPTION
                | class::IS_SEQUENCE
                | class::IS_MAPPING
                | class::IS_METACLASS
                | class::HAS_WEAKREF
                | class::SWAPS_ATTRIBUTES);
        let meta = self.types.type_;
        let t = self.alloc_type(meta, name_str, kind, flags | inherited);
        t.base.set(t, Some(base));
        let bases = self.tuple(&[base.value()]);
        t.bases.set(t, Some(bases));
        let shape = self.shapes.add_root(t, kind, 0);
        t.instance_shape.set(shape);
        t.native_new.set(base.native_new.get());
        let dict = self.dict_new();
        t.dict.set(t, Some(dict));
        let mro: Vec<Value> = std::iter::once(t.value()).chain(base.mro_items().iter().copied()).collect();
        let mro = self.tuple(&mro);
        t.mro.set(t, Some(mro));
        base.add_subclass(t);
        let module = self.intern(module);
        self.dict_set_text(dict, "__module__", module.value());
        if let Some(def) = def {
            self.attach(t, def);
        }
        t
    }

    /// Gives a class its methods.
    pub fn attach(&mut self, t: Gc<Type>, def: &'static ClassDef) {
        let dict = t.dict.expect();
        t.def.set(Some(def));
        if def.new.is_some() {
            t.native_new.set(def.new);
            self.attach_new(t, def);
        }
        for m in def.methods {
            let f = self.builtin(m, Some(t.value())).value();
            let v = match m.kind {
                BuiltinKind::Static => self.method_wrapper(f, false).value(),
                BuiltinKind::ClassMethod => self.method_wrapper(f, true).value(),
                _ => f,
            };
            self.dict_set_text(dict, m.name, v);
        }
        for m in def.members {
            let name = self.intern(m.name);
            let v = self.member(t, name, Some(m)).value();
            self.dict_set_str(dict, name, v);
        }
        if def.doc.is_empty() && !def.members.iter().any(|m| m.name == "__doc__") {
            self.dict_set_text(dict, "__doc__", Value::NONE);
        }
        // `type` shows the docs of classes by an attribute of that name.
        if !def.doc.is_empty() && !def.members.iter().any(|m| m.name == "__doc__") {
            let doc = self.str(def.doc).value();
            self.dict_set_text(dict, "__doc__", doc);
        }
    }
}
