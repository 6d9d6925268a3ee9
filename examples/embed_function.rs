//! Rust functions that a script calls. Try it: `cargo run --release --example embed_function`

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use gscript::{Context, Error, Handle, Rest, Vm};

fn main() -> Result<(), Error> {
    let mut vm = Vm::new();

    // What a function keeps, it shares with the host.
    let sold = Rc::new(RefCell::new(BTreeMap::new()));
    let ledger = Rc::clone(&sold);
    vm.register("shop.sell", move |what: String, count: Option<u32>| {
        *ledger.borrow_mut().entry(what).or_insert(0) += count.unwrap_or(1);
    });
    vm.register("shop.mean", |numbers: Rest<f64>| numbers.0.iter().sum::<f64>() / numbers.0.len() as f64);
    // A function that calls back into the script.
    vm.register("shop.each", |cx: &mut Context<'_>, names: Vec<String>, f: Handle| -> Result<(), Error> {
        names.into_iter().try_for_each(|name| cx.call_handle(&f, (name,)))
    });

    vm.exec("import shop\nshop.sell('tea', 3)\nshop.each(['tea', 'milk'], lambda name: shop.sell(name))\nmean = shop.mean(1, 2, 6)")?;
    println!("sold: {:?}, mean: {}", sold.borrow(), vm.get::<f64>("mean")?);
    Ok(())
}
