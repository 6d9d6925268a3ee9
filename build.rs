//! How the command line is linked.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // The tables of built-in functions are full of addresses. In an executable at a fixed address, as CPython's is, they
    // need not be written anew at each start: 1.4 MiB less memory, and a quicker start.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
