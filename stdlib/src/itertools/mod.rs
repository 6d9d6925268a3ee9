//! `itertools`: iterators over other iterators.

pub mod combine;
pub mod linear;
pub mod shared;

use gscript_macros::module;
use gscript_vm::object::simple::Module;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

/// Functional tools for creating and using iterators.
#[module("itertools")]
pub mod module {
    use super::*;

    /// Returns a tuple of n independent iterators.
    #[function("iterable, n=2, /")]
    fn tee(cx: &mut Cx, iterable: Value, n: i64) -> Result<Value> {
        shared::tee_of(cx, iterable, n)
    }

    #[init]
    fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
        let dict = module.dict.expect();
        for native in [
            &linear::chain::NATIVE,
            &linear::count::NATIVE,
            &linear::cycle::NATIVE,
            &linear::repeat::NATIVE,
            &linear::islice::NATIVE,
            &linear::accumulate::NATIVE,
            &linear::takewhile::NATIVE,
            &linear::dropwhile::NATIVE,
            &linear::filterfalse::NATIVE,
            &linear::starmap::NATIVE,
            &linear::compress::NATIVE,
            &linear::pairwise::NATIVE,
            &linear::zip_longest::NATIVE,
            &combine::product::NATIVE,
            &combine::combinations::NATIVE,
            &combine::combinations_with_replacement::NATIVE,
            &combine::permutations::NATIVE,
            &shared::groupby::NATIVE,
            &shared::grouper::NATIVE,
            &shared::node::NATIVE,
            &shared::tee::NATIVE,
        ] {
            let class = cx.native_class(native);
            let name = class.name_text();
            cx.dict_set_text(dict, &name, class.value());
        }
        Ok(())
    }
}
