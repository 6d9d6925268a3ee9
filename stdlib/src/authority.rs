//! Which functions of the library need which authority.
//!
//! A machine is made with a set of permissions. When a module is imported, each of its functions that needs more than the
//! machine has is replaced by one that refuses. In the modules listed here *every* function needs the module's authority
//! unless its name is exempted: a function that is added later is closed until somebody decides otherwise. Constructors,
//! built-ins and methods that reach the world ask themselves (`Cx::require`).

use gscript_vm::authority::Authority;
use gscript_vm::convert::ModuleDef;
use gscript_vm::object::dict::Dict;
use gscript_vm::value::Gc;
use gscript_vm::vm::Cx;

/// What the functions of a module need.
struct Rule {
    module: &'static str,
    /// All functions, but for those below.
    needs: Authority,
    /// Functions that need nothing, since they only compute.
    free: &'static [&'static str],
    /// Functions that need something else.
    other: &'static [(Authority, &'static [&'static str])],
}

static RULES: &[Rule] = &[
    Rule {
        module: "posix",
        needs: Authority::FILES,
        free: &["fspath", "strerror", "urandom", "cpu_count"],
        other: &[
            (
                Authority::PROCESSES,
                &[
                    "_exit",
                    "abort",
                    "fork",
                    "forkpty",
                    "getegid",
                    "geteuid",
                    "getgid",
                    "getgroups",
                    "getloadavg",
                    "getlogin",
                    "getpgid",
                    "getpgrp",
                    "getpid",
                    "getppid",
                    "getpriority",
                    "getsid",
                    "getuid",
                    "kill",
                    "killpg",
                    "nice",
                    "setpgid",
                    "setpriority",
                    "setsid",
                    "system",
                    "umask",
                    "uname",
                    "wait",
                    "wait3",
                    "wait4",
                    "waitid",
                    "waitpid",
                    "waitstatus_to_exitcode",
                ],
            ),
            (Authority::ENVIRONMENT, &["putenv", "unsetenv", "_check_environ"]),
            (Authority::CLOCK, &["times"]),
        ],
    },
    Rule {
        module: "time",
        needs: Authority::CLOCK,
        // Dates as such; where no date is given, they ask for the clock themselves.
        free: &["asctime", "ctime", "gmtime", "localtime", "mktime", "strftime", "strptime"],
        other: &[(Authority::ENVIRONMENT, &["tzset"])],
    },
    Rule {
        module: "_socket",
        needs: Authority::NETWORK,
        free: &[
            "_set_names",
            "cmsg_len",
            "cmsg_space",
            "getdefaulttimeout",
            "setdefaulttimeout",
            "htonl",
            "htons",
            "ntohl",
            "ntohs",
            "inet_aton",
            "inet_ntoa",
            "inet_ntop",
            "inet_pton",
        ],
        other: &[],
    },
    Rule { module: "_ssl", needs: Authority::NETWORK, free: &[], other: &[] },
    Rule { module: "_select", needs: Authority::NETWORK, free: &[], other: &[] },
    Rule { module: "signal", needs: Authority::PROCESSES, free: &[], other: &[] },
    Rule { module: "_signal", needs: Authority::PROCESSES, free: &[], other: &[] },
    Rule { module: "_subprocess", needs: Authority::PROCESSES, free: &[], other: &[] },
    Rule { module: "_posixsubprocess", needs: Authority::PROCESSES, free: &[], other: &[] },
    Rule { module: "fcntl", needs: Authority::FILES, free: &[], other: &[] },
    Rule { module: "termios", needs: Authority::FILES, free: &[], other: &[] },
    Rule { module: "pwd", needs: Authority::FILES, free: &[], other: &[] },
    Rule { module: "grp", needs: Authority::FILES, free: &[], other: &[] },
    Rule { module: "io", needs: Authority::FILES, free: &["text_encoding", "open"], other: &[] },
];

/// What a function of the library needs.
#[must_use]
pub fn needed(module: &str, function: &str) -> Authority {
    let Some(rule) = RULES.iter().find(|r| r.module == module) else { return Authority::NONE };
    if rule.free.contains(&function) {
        return Authority::NONE;
    }
    rule.other.iter().find(|(_, names)| names.contains(&function)).map_or(rule.needs, |o| o.0)
}

/// Replaces the functions of a module that the machine may not use.
pub fn restrict(cx: &mut Cx, def: &'static ModuleDef, dict: Gc<Dict>) {
    if cx.may(Authority::ALL) {
        return;
    }
    for &f in def.functions {
        let need = needed(def.name, f.name);
        if cx.may(need) {
            continue;
        }
        let who = format!("{}.{}()", if def.name == "posix" { "os" } else { def.name }, f.name);
        let refuses = cx.host_function(f, Box::new(move |cx, _, _| Err(cx.refuse(need, &who)))).value();
        cx.dict_set_text(dict, f.name, refuses);
    }
}

/// The Rust modules and the names of their functions: for the test that goes over all of them.
#[must_use]
pub fn functions() -> Vec<(&'static str, &'static str)> {
    crate::MODULES.iter().flat_map(|m| m.functions.iter().map(|f| (m.name, f.name))).collect()
}
