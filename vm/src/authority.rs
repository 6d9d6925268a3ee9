//! What a machine may reach of the outside world. Everything is asked for here; a machine begins with nothing.
//!
//! A program gets at the world by functions of the library only. Those of modules that are about nothing else are replaced by
//! ones that refuse when the module is made (`gscript_stdlib::authority`); built-ins, constructors and the machine itself
//! call [`Cx::require`] where they would touch it.

use std::ops::BitOr;

use crate::vm::{Cx, Raised, Result};

/// A set of permissions. Joined by `|`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Authority(u8);

impl Authority {
    /// Nothing: computing only.
    pub const NONE: Authority = Authority(0);
    /// The file system, by name or descriptor; imports of script files; standard input.
    pub const FILES: Authority = Authority(1);
    /// Sockets and name look-ups.
    pub const NETWORK: Authority = Authority(2);
    /// Other processes, this one's identity, signals.
    pub const PROCESSES: Authority = Authority(4);
    /// Environment variables.
    pub const ENVIRONMENT: Authority = Authority(8);
    /// What time it is, and sleeping.
    pub const CLOCK: Authority = Authority(16);
    /// Everything: what the command line has.
    pub const ALL: Authority = Authority(31);

    /// Both sets together.
    #[must_use]
    pub const fn union(self, other: Authority) -> Authority {
        Authority(self.0 | other.0)
    }

    /// Whether all of `other` is in it.
    #[must_use]
    pub const fn contains(self, other: Authority) -> bool {
        self.0 & other.0 == other.0
    }

    /// The names of what is in it, for messages.
    #[must_use]
    pub fn names(self) -> String {
        let all =
            [(Self::FILES, "files"), (Self::NETWORK, "network"), (Self::PROCESSES, "processes"), (Self::ENVIRONMENT, "environment"), (Self::CLOCK, "clock")];
        let names: Vec<&str> = all.iter().filter(|(a, _)| self.contains(*a)).map(|(_, n)| *n).collect();
        if names.is_empty() { "nothing".to_string() } else { names.join(", ") }
    }
}

impl BitOr for Authority {
    type Output = Authority;

    fn bitor(self, other: Authority) -> Authority {
        self.union(other)
    }
}

impl Cx {
    /// What this machine may reach.
    pub fn authority(&self) -> Authority {
        self.authority
    }

    /// Whether it may reach all of `need`.
    pub fn may(&self, need: Authority) -> bool {
        self.authority.contains(need)
    }

    /// PermissionError unless the machine was granted `need`.
    #[inline]
    pub fn require(&mut self, need: Authority) -> Result<()> {
        if self.may(need) { Ok(()) } else { Err(self.refuse(need, "")) }
    }

    /// PermissionError that names what was not granted, and who asked for it if that is known.
    #[cold]
    pub fn refuse(&mut self, need: Authority, who: &str) -> Raised {
        let missing = Authority(need.0 & !self.authority.0);
        let missing = if missing == Authority::NONE { need } else { missing };
        let to = if who.is_empty() { String::new() } else { format!("{who}: ") };
        let class = self.types.permission_error;
        self.raise(class, &format!("{to}this machine has no authority over: {}", missing.names()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_join_and_are_named() {
        let a = Authority::FILES | Authority::CLOCK;
        assert!(a.contains(Authority::CLOCK) && !a.contains(Authority::NETWORK) && !a.contains(Authority::ALL));
        assert_eq!(a.names(), "files, clock");
        assert_eq!(Authority::NONE.names(), "nothing");
    }
}
