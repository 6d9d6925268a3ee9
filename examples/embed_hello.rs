//! A script inside a Rust program. Try it: `cargo run --release --example embed_hello`

fn main() -> Result<(), gscript::Error> {
    let mut vm = gscript::Vm::new();
    vm.set("name", "world")?;
    let text: String = vm.eval("f'hello {name}'.upper()")?;
    println!("{text}");
    Ok(())
}
