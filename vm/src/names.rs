//! Names that the machine itself uses all the time, interned once.

use crate::heap::mark::Marker;
use crate::object::str::Str;
use crate::value::Gc;
use crate::vm::Cx;

macro_rules! names {
    ($($field:ident $text:literal)*) => {
        /// Interned names.
        #[derive(Clone, Copy)]
        pub struct Names { $(pub $field: Gc<Str>,)* }

        impl Names {
            pub(crate) fn new(cx: &mut Cx) -> Names {
                Names { $($field: cx.intern($text),)* }
            }

            /// All the same string: before there are others.
            pub(crate) fn placeholder(s: Gc<Str>) -> Names {
                Names { $($field: s,)* }
            }

            pub(crate) fn trace(&self, m: &mut Marker<'_>) {
                $(m.object(self.$field);)*
            }
        }
    };
}

names! {
    empty "" name "__name__" qualname "__qualname__" module "__module__" doc "__doc__" dict "__dict__" class "__class__"
    builtins "__builtins__" file "__file__" annotations "__annotations__" slots "__slots__" weakref "__weakref__"
    defaults "__defaults__" kwdefaults "__kwdefaults__" closure "__closure__" code "__code__" globals "__globals__"
    package "__package__" path "__path__" all "__all__" spec "__spec__" loader "__loader__" cached "__cached__" main "__main__"
    import "__import__" build_class "__build_class__" bases "__bases__" mro "__mro__" classcell "__classcell__"
    match_args "__match_args__" notes "__notes__" value "value" self_ "self" args "args" abstractmethods "__abstractmethods__"
    throw "throw" send "send" close "close" keys "keys" obj "obj" name_attr "name" path_attr "path" code_attr "code"
    errno "errno" sys "sys" strerror "strerror" filename "filename" filename2 "filename2" write "write" flush "flush" metaclass "metaclass"
    stdout "stdout" stderr "stderr" modules "modules" wrapped "__wrapped__" cause "__cause__" context "__context__" orig_bases "__orig_bases__"
    greenlet_class "greenlet_class"
}
