//! Tuples with named items, such as `sys.version_info` and the result of `os.stat`.

use gscript_macros::class;
use gscript_vm::heap::header::Kind;
use gscript_vm::object::class::{HAS_ATTRIBUTE_WORD, IS_FINAL, IS_SCRIPT, Type};
use gscript_vm::object::function::MemberDef;
use gscript_vm::object::tuple::Tuple;
use gscript_vm::types::ClassDef;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

/// What a class of such tuples is.
pub struct RecordDef {
    pub module: &'static str,
    pub name: &'static str,
    pub doc: &'static str,
    /// The items, in order.
    pub fields: &'static [MemberDef],
    /// Names of attributes beyond the items.
    pub extra: &'static [&'static str],
    /// Whether scripts may call the class.
    pub is_callable: bool,
}

/// The item `N` of a record.
pub fn item<const N: usize>(cx: &mut Cx, this: Value) -> Result<Value> {
    match this.as_gc::<Tuple>() {
        Some(t) if N < t.len() => Ok(t.items()[N]),
        _ => Err(cx.type_error("descriptor requires a record")),
    }
}

/// `record!(NAME, "module", "name", "doc", [field, …])`, behind that `, extra [field, …]` and `, callable`.
#[macro_export]
macro_rules! record {
    ($static:ident, $module:literal, $name:literal, $doc:literal, [$($field:ident),* $(,)?] $(, extra [$($extra:ident),*])? $(, callable $callable:literal)?) => {
        #[doc = $doc]
        pub static $static: $crate::record::RecordDef = {
            #[allow(non_camel_case_types, dead_code, clippy::upper_case_acronyms)]
            enum Field { $($field),* }
            static FIELDS: &[gscript_vm::object::function::MemberDef] = &[$(gscript_vm::object::function::MemberDef {
                name: stringify!($field),
                doc: "",
                get: $crate::record::item::<{ Field::$field as usize }>,
                set: None,
            }),*];
            $crate::record::RecordDef {
                module: $module,
                name: $name,
                doc: $doc,
                fields: FIELDS,
                extra: &[$($(stringify!($extra)),*)?],
                is_callable: false $(|| $callable)?,
            }
        };
    };
}

#[class("record", check = tuple)]
mod record {
    use gscript_vm::object::str::Str;
    use gscript_vm::object::tuple::Tuple;
    use gscript_vm::value::{Gc, Value};
    use gscript_vm::vm::{Cx, Result};

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<Tuple>) -> Result<Gc<Str>> {
        let class = cx.class_of(this.value());
        let mut out = cx.class_display_name(class).into_bytes();
        out.push(b'(');
        let names = cx.get_attr_text(class.value(), "__match_args__")?;
        let names = cx.tuple_from_iterable(names)?;
        for (i, (&n, &v)) in names.items().iter().zip(this.items()).enumerate() {
            if i > 0 {
                out.extend_from_slice(b", ");
            }
            if let Some(n) = n.as_str_object() {
                out.extend_from_slice(n.bytes());
            }
            out.push(b'=');
            cx.push_repr(&mut out, v)?;
        }
        out.push(b')');
        Ok(cx.str_from_bytes(&out))
    }

    #[method(name = "__reduce__", "")]
    fn reduce(cx: &mut Cx, this: Gc<Tuple>) -> Result<Value> {
        let class = cx.class_of(this.value()).value();
        let items = cx.tuple(this.items()).value();
        let args = cx.tuple(&[items]).value();
        Ok(cx.tuple(&[class, args]).value())
    }
}

#[class("record", check = tuple)]
mod constructor {
    use gscript_vm::object::class::Type;
    use gscript_vm::value::{Gc, Value};
    use gscript_vm::vm::{Cx, Result};

    #[new("iterable=(), /")]
    fn new(cx: &mut Cx, class: Gc<Type>, iterable: Option<Value>) -> Result<Value> {
        let items = match iterable {
            Some(v) => cx.tuple_from_iterable(v)?,
            None => cx.tuple(&[]),
        };
        let wanted = cx.get_attr_text(class.value(), "n_sequence_fields")?.as_int().unwrap_or(0);
        if items.len() < wanted as usize {
            let text = format!("{}() takes an at least {wanted}-sequence ({}-sequence given)", cx.class_display_name(class), items.len());
            return Err(cx.type_error(text));
        }
        Ok(cx.tuple_of(class, wanted as usize, |i| items.items()[i]).value())
    }
}

impl RecordDef {
    /// A class as this says. Made once for each machine by the module that has it.
    pub fn class(&'static self, cx: &mut Cx) -> Gc<Type> {
        static EMPTY: ClassDef = ClassDef { doc: "", new: None, signature: "", methods: &[], members: &[] };
        let base = cx.types.tuple;
        // As a class of a script: its own methods go before those of the machine for tuples.
        let flags = IS_FINAL | IS_SCRIPT | if self.extra.is_empty() { 0 } else { HAS_ATTRIBUTE_WORD };
        let class = cx.new_builtin_class(self.module, self.name, Kind::Tuple, base, flags, Some(&EMPTY));
        cx.attach(class, &record::CLASS);
        if self.is_callable {
            cx.attach(class, &constructor::CLASS);
        }
        let dict = class.dict.expect();
        let names = cx.list_new();
        for f in self.fields {
            let name = cx.intern(f.name);
            cx.list_push(names, name.value());
            let member = cx.member(class, name, Some(f));
            cx.dict_set_str(dict, name, member.value());
        }
        let names = cx.list_to_tuple(names).value();
        let doc = cx.str(self.doc).value();
        let count = cx.int(self.fields.len() as i64);
        let all = cx.int((self.fields.len() + self.extra.len()) as i64);
        for (name, v) in [("__match_args__", names), ("__doc__", doc), ("n_sequence_fields", count), ("n_fields", all), ("n_unnamed_fields", Value::int32(0))] {
            cx.dict_set_text(dict, name, v);
        }
        class
    }

    /// A record of `class` with these items and, in order, the extra attributes.
    pub fn make(&self, cx: &mut Cx, class: Gc<Type>, items: &[Value], extra: &[Value]) -> Gc<Tuple> {
        let t = cx.tuple_of(class, items.len(), |i| items[i]);
        for (name, &v) in self.extra.iter().zip(extra) {
            let name = cx.intern(name);
            cx.set_own_attribute(t.header(), name, v);
        }
        t
    }
}
