//! Costs of the greenlet substrate: `cargo run -p gscript-vm --release --example green_bench`.
//! With an argument, only the lines whose name contains it.
//!
//! Each figure is the best of several runs: on a shared machine the others measure the neighbours.

use std::hint::black_box;
use std::time::{Duration, Instant};

use gscript_vm::green::offload::Offload;
use gscript_vm::green::poller::Poller;
use gscript_vm::green::ready::{Order, Random, ReadyRing};
use gscript_vm::green::stack::{GuardMode, StackPool};
use gscript_vm::green::switch::{Coroutine, Entry, Parker, Resumed};
use gscript_vm::green::timer::{TimerHandle, TimerHeap};

const RUNS: usize = 9;

struct Bench {
    filter: String,
}

impl Bench {
    /// Prints the best time of an operation; `run` does `count` of them.
    fn line(&self, name: &str, count: usize, mut run: impl FnMut()) {
        if !name.contains(&self.filter) {
            return;
        }
        let best = (0..RUNS)
            .map(|_| {
                let start = Instant::now();
                run();
                start.elapsed()
            })
            .min()
            .expect("there is a run");
        let each = best.as_nanos() as f64 / count as f64;
        println!("{name:<64} {each:>10.1} ns");
    }
}

/// Parks for ever.
fn parks(parker: Parker, _: usize, mut word: usize) -> usize {
    while word != 0 {
        word = parker.park(word);
    }
    0
}

#[inline(never)]
fn deep(parker: Parker, depth: usize) -> usize {
    if depth == 0 {
        return parker.park(1);
    }
    black_box(deep(parker, depth - 1)) + black_box(0)
}

/// Parks 6 calls deep, coming back up each time.
fn parks_deep(parker: Parker, _: usize, mut word: usize) -> usize {
    while word != 0 {
        word = deep(parker, 6);
    }
    0
}

fn suspended(pool: &StackPool, count: usize, entry: Entry) -> Vec<Coroutine> {
    let coroutines: Vec<_> = (0..count).map(|_| Coroutine::new(pool.acquire().expect("a stack"), entry, 0)).collect();
    for coroutine in &coroutines {
        coroutine.resume(1);
    }
    coroutines
}

fn finish(coroutines: Vec<Coroutine>) {
    for coroutine in coroutines {
        coroutine.resume(0);
    }
}

fn switches(bench: &Bench) {
    let pool = StackPool::new(GuardMode::Auto);
    for (name, entry) in [("park", parks as Entry), ("park 6 calls deep", parks_deep)] {
        for count in [100, 1_000, 10_000, 100_000] {
            let coroutines = suspended(&pool, count, entry);
            let rounds = 1_000_000 / count;
            let name = format!("switch: resume + {name}, {count} round robin");
            bench.line(&name, rounds * count, || {
                for _ in 0..rounds {
                    for coroutine in &coroutines {
                        black_box(coroutine.resume(1));
                    }
                }
            });
            finish(coroutines);
        }
    }
}

fn one_switch(bench: &Bench) {
    let pool = StackPool::new(GuardMode::Auto);
    let one = suspended(&pool, 1, parks);
    let one = &one[0];
    bench.line("switch: resume + park, the same coroutine", 1_000_000, || {
        for _ in 0..1_000_000 {
            black_box(one.resume(1));
        }
    });
}

fn creation(bench: &Bench) {
    let ends: Entry = |_, arg, first| arg + first;
    for mode in [GuardMode::Auto, GuardMode::Off] {
        let pool = StackPool::new(mode);
        bench.line(&format!("create, run, finish, warm stack, guard {mode:?}"), 100_000, || {
            for number in 0..100_000 {
                let stack = pool.acquire().expect("a stack");
                let coroutine = Coroutine::new(stack, ends, number);
                assert_eq!(coroutine.resume(1), Resumed::Finished(Ok(number + 1)));
            }
        });
    }
    let pool = StackPool::new(GuardMode::Auto);
    bench.line("acquire and release a stack", 1_000_000, || {
        for _ in 0..1_000_000 {
            black_box(pool.acquire().expect("a stack"));
        }
    });
    bench.line("create, park, resume, finish, 64 warm stacks", 64 * 1_000, || {
        for _ in 0..1_000 {
            finish(suspended(&pool, 64, parks));
        }
    });
    for mode in [GuardMode::Auto, GuardMode::Mprotect, GuardMode::Off] {
        let name = format!("create and park, 10 000 fresh stacks, guard {mode:?}");
        bench.line(&name, 10_000, || {
            let pool = StackPool::new(mode);
            let coroutines = suspended(&pool, 10_000, parks);
            finish(coroutines);
        });
    }
    let pool = StackPool::new(GuardMode::Auto);
    bench.line("acquire and trim 1 000 touched stacks, each", 1_000, || {
        finish(suspended(&pool, 1_000, parks));
        pool.trim(0);
    });
}

fn timers(bench: &Bench) {
    for count in [1_000usize, 100_000] {
        for (kind, spread) in [("constant 30 s", 1), ("random", 1 << 34)] {
            let mut random = Random::new(1);
            let mut timers = TimerHeap::new();
            let mut now = 0u64;
            let mut deadline = |random: &mut Random| {
                now += 1;
                now + 30_000_000_000 + random.below(spread) as u64
            };
            let mut handles: Vec<TimerHandle> = (0..count).map(|n| timers.insert(deadline(&mut random), n as u64)).collect();
            let name = format!("timer: cancel random + start, {count} live, {kind}");
            bench.line(&name, 1_000_000, || {
                for _ in 0..1_000_000 {
                    let place = random.below(count);
                    timers.cancel(handles[place]);
                    handles[place] = timers.insert(deadline(&mut random), place as u64);
                }
            });
            let name = format!("timer: start + cancel at once, {count} live, {kind}");
            bench.line(&name, 1_000_000, || {
                for _ in 0..1_000_000 {
                    let handle = timers.insert(deadline(&mut random), 0);
                    black_box(timers.cancel(handle));
                }
            });
        }
        bench.line(&format!("timer: insert + expire in order, {count}"), count, || {
            let mut random = Random::new(2);
            let mut timers = TimerHeap::new();
            for n in 0..count {
                timers.insert(random.bits() >> 1, n as u64);
            }
            while let Some(timer) = timers.pop_expired(u64::MAX) {
                black_box(timer);
            }
        });
    }
}

fn ring(bench: &Bench) {
    for (name, order) in [("fifo", Order::Fifo), ("seeded", Order::seeded(3))] {
        let mut ready = ReadyRing::new(order);
        (0..100).for_each(|id| ready.push(id));
        bench.line(&format!("ready: push + pop, 100 ready, {name}"), 1_000_000, || {
            for id in 0..1_000_000 {
                ready.push(id);
                black_box(ready.pop());
            }
        });
    }
}

fn polls(bench: &Bench) {
    let mut poller = Poller::new().expect("a poller");
    let mut wakes = Vec::new();
    let wake = poller.wake_handle();
    let mut poll = |timeout: Duration| {
        poller.poll(Some(timeout), &mut wakes).expect("a poll");
    };
    bench.line("poll: nothing, timeout 0", 100_000, || {
        (0..100_000).for_each(|_| poll(Duration::ZERO));
    });
    bench.line("poll: wake + poll, one thread", 100_000, || {
        for _ in 0..100_000 {
            wake.wake();
            poll(Duration::ZERO);
        }
    });
    for micros in [50, 100, 500, 1_000, 1_500, 10_200] {
        let timeout = Duration::from_micros(micros);
        bench.line(&format!("poll: timeout {micros} us"), 20, || {
            (0..20).for_each(|_| poll(timeout));
        });
    }
}

fn trips(bench: &Bench) {
    let mut poller = Poller::new().expect("a poller");
    let mut offload = Offload::new(10, poller.wake_handle());
    let mut wakes = Vec::new();
    for depth in [1, 64] {
        bench.line(&format!("offload: empty job, {depth} at a time"), 6_400, || {
            for _ in 0..6_400 / depth {
                for _ in 0..depth {
                    offload.submit(Box::new(|| Box::new(()))).expect("a thread");
                }
                let mut left = depth;
                while left > 0 {
                    if offload.next_result().is_some() {
                        left -= 1;
                    } else {
                        poller.poll(None, &mut wakes).expect("a poll");
                    }
                }
            }
        });
    }
}

fn main() {
    let filter = std::env::args().nth(1).unwrap_or_default();
    let bench = Bench { filter };
    for part in [one_switch, switches, creation, timers, ring, polls, trips] {
        part(&bench);
    }
}
