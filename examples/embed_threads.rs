//! Many machines on threads: each its own, nothing shared. Try it: `cargo run --release --example embed_threads`

use std::thread;

use gscript::{Config, Error};

const SCRIPT: &str = "
def work(n):
    jobs = [spawn(lambda k: sum(range(k)), k) for k in range(n)]
    joinall(jobs)
    return sum(job.value for job in jobs)
";

fn main() {
    let threads: Vec<_> = (0..4)
        .map(|number| {
            thread::spawn(move || -> Result<i64, Error> {
                // Made on the thread that uses it: a machine does not move.
                let mut vm = Config::new().heap_limit(64 << 20).build()?;
                vm.exec(SCRIPT)?;
                vm.call("work", (100 * (number + 1),))
            })
        })
        .collect();
    for (number, thread) in threads.into_iter().enumerate() {
        match thread.join().expect("a thread that ends") {
            Ok(sum) => println!("machine {number}: {sum}"),
            Err(e) => println!("machine {number} failed: {e}"),
        }
    }
}
