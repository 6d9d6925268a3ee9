//! The process: limits, ids, the shell.

use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};

/// The soft limit of open files with which the process was started, if it was raised since; else 0.
static STARTED_WITH: AtomicU64 = AtomicU64::new(0);

/// Raises the soft limit of open files to the hard one.
pub fn raise_file_limit() {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the kernel fills the structure, then reads it.
    unsafe {
        if libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit) == 0 && limit.rlim_cur < limit.rlim_max {
            let old = std::mem::replace(&mut limit.rlim_cur, limit.rlim_max);
            if libc::setrlimit(libc::RLIMIT_NOFILE, &limit) == 0 {
                STARTED_WITH.store(old, Ordering::Relaxed);
            }
        }
    }
}

/// In a child, before it executes a program: the limit of open files is what it was when this process was started.
/// Programs that close all descriptors up to the limit, or that use `select`, rely on a small one. Only system calls.
pub fn restore_file_limit() {
    let old = STARTED_WITH.load(Ordering::Relaxed);
    if old == 0 {
        return;
    }
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the kernel fills the structure, then reads it.
    unsafe {
        if libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit) == 0 {
            limit.rlim_cur = old.min(limit.rlim_max);
            libc::setrlimit(libc::RLIMIT_NOFILE, &limit);
        }
    }
}

/// Has the shell execute a command and waits for it; its wait status. As C's `system`: meanwhile Ctrl-C is the command's.
pub fn system(command: &[u8]) -> std::io::Result<i32> {
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg(std::ffi::OsStr::from_bytes(command));
    let mut old = [(libc::SIGINT, None), (libc::SIGQUIT, None)];
    for (signal, action) in &mut old {
        // SAFETY: one structure that the kernel reads, one that it fills; both are plain data.
        unsafe {
            let mut ignore: libc::sigaction = std::mem::zeroed();
            let mut before: libc::sigaction = std::mem::zeroed();
            ignore.sa_sigaction = libc::SIG_IGN;
            if libc::sigaction(*signal, &ignore, &mut before) == 0 {
                *action = Some(before);
            }
        }
    }
    let for_child = old;
    // SAFETY: between fork and exec only system calls are made.
    unsafe {
        shell.pre_exec(move || {
            restore_file_limit();
            for (signal, action) in &for_child {
                // Handlers become the default by themselves.
                if action.is_some_and(|a| a.sa_sigaction != libc::SIG_IGN) {
                    libc::signal(*signal, libc::SIG_DFL);
                }
            }
            // As the parent has it: only `subprocess` gives it back.
            libc::signal(libc::SIGPIPE, libc::SIG_IGN);
            Ok(())
        });
    }
    let status = shell.status();
    for (signal, action) in &old {
        if let Some(action) = action {
            // SAFETY: what the kernel gave before.
            unsafe { libc::sigaction(*signal, action, std::ptr::null_mut()) };
        }
    }
    status.map(|s| s.into_raw())
}

/// Ends the process as SIGINT does by default, so that a shell that runs it stops too.
pub fn die_of_interrupt() {
    // SAFETY: numbers only.
    unsafe {
        libc::signal(libc::SIGINT, libc::SIG_DFL);
        libc::kill(libc::getpid(), libc::SIGINT);
    }
}

/// Seconds that the process and its children used: user, system, children's user and system; and the clock's.
pub fn times() -> [f64; 5] {
    let mut t = libc::tms { tms_utime: 0, tms_stime: 0, tms_cutime: 0, tms_cstime: 0 };
    // SAFETY: the kernel fills the structure.
    let (elapsed, ticks) = unsafe { (libc::times(&mut t), libc::sysconf(libc::_SC_CLK_TCK)) };
    [t.tms_utime, t.tms_stime, t.tms_cutime, t.tms_cstime, elapsed].map(|n| n as f64 / ticks.max(1) as f64)
}

/// Ends the process at once: nothing is flushed.
pub fn exit_now(status: i32) -> ! {
    // SAFETY: does not return.
    unsafe { libc::_exit(status) }
}

/// Seconds since 1970 as `2024-01-31T12:00:00Z`.
pub fn utc_text(seconds: u64) -> String {
    let (days, rest) = ((seconds / 86400) as i64, seconds % 86400);
    // Years that begin in March: the day that comes and goes is the last one.
    let z = days + 719_468;
    let era = z / 146_097;
    let day_of_era = z % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + (month <= 2) as i64;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::utc_text;

    #[test]
    fn days_are_counted() {
        assert_eq!(utc_text(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc_text(1_706_702_400), "2024-01-31T12:00:00Z");
        assert_eq!(utc_text(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(utc_text(951_782_400), "2000-02-29T00:00:00Z");
    }
}
