//! Errors in both directions. Try it: `cargo run --release --example embed_error`

use std::time::Duration;

use gscript::{Config, Error, ErrorKind, Exception};

fn main() -> Result<(), Error> {
    let mut vm = Config::new().deadline(Duration::from_millis(200)).build()?;

    // The script sees what a host function fails with: an exception of a chosen class, or a RuntimeError with the text.
    vm.register("open_box", |code: i64| if code == 1234 { Ok("a cake") } else { Err(Exception::new("PermissionError", "wrong code")) });
    vm.register("number", |text: &str| text.parse::<i64>());
    vm.exec("try:\n    open_box(1)\nexcept PermissionError as e:\n    first = str(e)\ntry:\n    number('x')\nexcept RuntimeError as e:\n    second = str(e)")?;
    println!("the script saw: {}; {}", vm.get::<String>("first")?, vm.get::<String>("second")?);

    // The host sees what the script did not catch.
    let error = vm.exec_named("order.gs", "def total(items):\n    return sum(items) / len(items)\n\ntotal([])\n").unwrap_err();
    println!("the host saw {}: {}\n{error}", error.class(), error.message());

    // No script holds up its host.
    let error = vm.exec("while True:\n    try:\n        while True: pass\n    finally:\n        continue").unwrap_err();
    println!("and then: {} ({})", error.message(), matches!(error.kind(), ErrorKind::Limit(_)));
    Ok(())
}
