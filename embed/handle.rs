//! Values that the host keeps.

use std::fmt;
use std::rc::Rc;

use gscript_vm::value::Value;
use gscript_vm::vm::{Cx, Result};

/// A value of any type that the host holds on to: it stays alive until the last clone is dropped. It can be given back to the
/// machine it comes from (as an argument, a result, a global), and be asked and called through a [`Context`](crate::Context).
/// Given to another machine it is a RuntimeError there; after its machine is gone it is good for nothing, and harmless.
///
/// ```
/// use gscript::{Handle, Vm};
///
/// let mut vm = Vm::new();
/// vm.exec("class Counter:\n    n = 0\n    def add(self, k):\n        self.n += k\n        return self.n")?;
/// let counter: Handle = vm.eval("Counter()")?;
/// let total: i64 = vm.enter(|cx| {
///     cx.call_method::<i64>(&counter, "add", (2,))?;
///     cx.call_method(&counter, "add", (40,))
/// })?;
/// assert_eq!(total, 42);
/// # Ok::<(), gscript::Error>(())
/// ```
#[derive(Clone)]
pub struct Handle {
    kept: Rc<gscript_vm::handle::Handle>,
}

impl Handle {
    pub(crate) fn new(cx: &mut Cx, v: Value) -> Handle {
        Handle { kept: Rc::new(cx.handle(v)) }
    }

    /// The value, in its own machine; RuntimeError in another.
    pub(crate) fn get(&self, cx: &mut Cx) -> Result<Value> {
        if cx.owns_handle(&self.kept) { Ok(self.kept.get()) } else { Err(cx.runtime_error("the value belongs to another machine")) }
    }

    /// Whether both stand for the very same object (`is`).
    #[must_use]
    pub fn is(&self, other: &Handle) -> bool {
        self.kept.is_same(&other.kept)
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handle(..)")
    }
}
