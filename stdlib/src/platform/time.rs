//! Clocks and calendar of the C library.

use std::ffi::{CStr, CString};
use std::io;

/// A point in time taken apart: as C's `struct tm`, with the year in full and January as 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    pub year: i64,
    pub month: i32,
    pub day: i32,
    pub hour: i32,
    pub minute: i32,
    pub second: i32,
    /// Monday is 0.
    pub weekday: i32,
    /// From 1.
    pub year_day: i32,
    pub is_dst: i32,
    pub zone: Option<String>,
    pub offset: i64,
}

/// Nanoseconds of a clock; `id` is one of `CLOCK_…`.
pub fn clock(id: i32) -> io::Result<i64> {
    let mut t = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `t` is a valid place for the result; an unknown clock is an error.
    if unsafe { libc::clock_gettime(id, &mut t) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(t.tv_sec * 1_000_000_000 + t.tv_nsec)
}

/// Nanoseconds between two values of a clock.
pub fn clock_resolution(id: i32) -> io::Result<i64> {
    let mut t = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: as above.
    if unsafe { libc::clock_getres(id, &mut t) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(t.tv_sec * 1_000_000_000 + t.tv_nsec)
}

fn empty() -> libc::tm {
    // SAFETY: a C struct of numbers and a pointer, for which null is a value.
    unsafe { std::mem::zeroed() }
}

fn from_c(t: &libc::tm) -> Calendar {
    let zone = if t.tm_zone.is_null() {
        None
    } else {
        // SAFETY: the C library set it to a text of its own, which stays at least until the zone is changed.
        Some(unsafe { CStr::from_ptr(t.tm_zone) }.to_string_lossy().into_owned())
    };
    Calendar {
        year: t.tm_year as i64 + 1900,
        month: t.tm_mon + 1,
        day: t.tm_mday,
        hour: t.tm_hour,
        minute: t.tm_min,
        second: t.tm_sec,
        weekday: (t.tm_wday + 6) % 7,
        year_day: t.tm_yday + 1,
        is_dst: t.tm_isdst,
        zone,
        offset: t.tm_gmtoff,
    }
}

fn to_c(c: &Calendar) -> libc::tm {
    let mut t = empty();
    t.tm_year = (c.year - 1900) as i32;
    t.tm_mon = c.month - 1;
    t.tm_mday = c.day;
    t.tm_hour = c.hour;
    t.tm_min = c.minute;
    t.tm_sec = c.second;
    t.tm_wday = (c.weekday + 1) % 7;
    t.tm_yday = c.year_day - 1;
    t.tm_isdst = c.is_dst;
    t.tm_gmtoff = c.offset;
    t
}

/// Seconds since 1970 as a date, of UTC or of the local zone.
pub fn calendar(seconds: i64, is_local: bool) -> io::Result<Calendar> {
    let mut t = empty();
    // SAFETY: both functions read the one and fill the other.
    let r = unsafe { if is_local { libc::localtime_r(&seconds, &mut t) } else { libc::gmtime_r(&seconds, &mut t) } };
    if r.is_null() {
        return Err(io::Error::last_os_error());
    }
    Ok(from_c(&t))
}

/// The seconds since 1970 of a date of the local zone; `None`: it has none.
pub fn seconds(c: &Calendar) -> Option<i64> {
    let mut t = to_c(c);
    t.tm_wday = -1;
    // SAFETY: `t` is valid; the function also normalises it.
    let r = unsafe { libc::mktime(&mut t) };
    if r == -1 && t.tm_wday == -1 { None } else { Some(r) }
}

/// A date by C's format; `format` has no NUL.
pub fn format(format: &CStr, c: &Calendar) -> Vec<u8> {
    let mut t = to_c(c);
    let zone = c.zone.as_ref().and_then(|z| CString::new(z.as_str()).ok());
    if let Some(z) = &zone {
        t.tm_zone = z.as_ptr().cast_mut();
    }
    let mut size = 1024;
    loop {
        let mut out = vec![0u8; size];
        // SAFETY: the buffer has that size; format, date and zone are valid during the call.
        let n = unsafe { libc::strftime(out.as_mut_ptr().cast(), size, format.as_ptr(), &t) };
        // Nothing may also mean an empty result, as of "%p" in some locales.
        if n > 0 || size >= 256 * format.count_bytes().max(4) {
            out.truncate(n);
            return out;
        }
        size *= 2;
    }
}

unsafe extern "C" {
    safe fn tzset();
}

/// Reads the zone from the environment anew.
pub fn read_zone() {
    tzset();
}
