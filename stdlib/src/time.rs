//! `time`: clocks, dates as records, and their formatting by the C library.

use std::ffi::CString;

use gscript_macros::module;
use gscript_vm::authority::Authority;
use gscript_vm::object::class::Type;
use gscript_vm::object::simple::Module;
use gscript_vm::object::str::Str;
use gscript_vm::object::tuple::Tuple;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use crate::platform::time::{self as platform, Calendar};
use crate::record;
use crate::strptime::{self, ParseDate};

record!(STRUCT_TIME, "time", "struct_time", "The time value as returned by gmtime(), localtime(), and strptime(), and\n accepted by asctime(), mktime() and strftime().", [
    tm_year, tm_mon, tm_mday, tm_hour, tm_min, tm_sec, tm_wday, tm_yday, tm_isdst
], extra [tm_zone, tm_gmtoff], callable true);

/// The class of records of this machine.
#[derive(Default)]
struct State {
    class: Option<Gc<Type>>,
}

impl gscript_vm::extension::Extension for State {
    fn trace(&self, m: &mut gscript_vm::heap::mark::Marker<'_>) {
        if let Some(c) = self.class {
            m.object(c);
        }
    }
}

fn record_class(cx: &mut Cx) -> Gc<Type> {
    if let Some(c) = cx.extension::<State>().class {
        return c;
    }
    let class = STRUCT_TIME.class(cx);
    cx.extension::<State>().class = Some(class);
    class
}

fn to_record(cx: &mut Cx, c: &Calendar) -> Value {
    let class = record_class(cx);
    let year = cx.int(c.year);
    let [month, day, hour, minute, second, weekday, year_day, is_dst] =
        [c.month, c.day, c.hour, c.minute, c.second, c.weekday, c.year_day, c.is_dst].map(Value::int32);
    let zone = match &c.zone {
        Some(z) => cx.str(z).value(),
        None => Value::NONE,
    };
    let offset = if c.zone.is_some() { cx.int(c.offset) } else { Value::NONE };
    STRUCT_TIME.make(cx, class, &[year, month, day, hour, minute, second, weekday, year_day, is_dst], &[zone, offset]).value()
}

/// Nanoseconds of a clock that every system has.
fn nanoseconds(id: i32) -> i64 {
    platform::clock(id).unwrap_or(0)
}

fn seconds(nanoseconds: i64) -> f64 {
    // The division of floats is what CPython does.
    nanoseconds as f64 / 1e9
}

/// Whole seconds of a timestamp argument, rounded down; now if it is absent or None.
fn timestamp(cx: &mut Cx, v: Option<Value>) -> Result<i64> {
    let Some(v) = v.filter(|v| !v.is_none()) else {
        cx.require(Authority::CLOCK)?;
        return Ok(nanoseconds(libc::CLOCK_REALTIME).div_euclid(1_000_000_000));
    };
    if let Some(x) = v.as_float() {
        if x.is_nan() {
            return Err(cx.value_error("Invalid value NaN (not a number)"));
        }
        let x = x.floor();
        if !(-9.2e18..9.2e18).contains(&x) {
            return Err(cx.overflow_error("timestamp out of range for platform time_t"));
        }
        return Ok(x as i64);
    }
    let i = cx.index(v)?;
    match gscript_vm::object::int::int_ref(i) {
        Some(gscript_vm::object::int::IntRef::Small(i)) => Ok(i),
        _ => Err(cx.overflow_error("timestamp out of range for platform time_t")),
    }
}

fn calendar(cx: &mut Cx, v: Option<Value>, is_local: bool) -> Result<Calendar> {
    let seconds = timestamp(cx, v)?;
    platform::calendar(seconds, is_local).map_err(|e| cx.io_error(&e, None))
}

/// The date in a tuple of nine ints, for the function `name`.
fn from_tuple(cx: &mut Cx, v: Value, name: &str) -> Result<Calendar> {
    let Some(t) = v.as_gc::<Tuple>() else {
        return Err(cx.type_error("Tuple or struct_time argument required"));
    };
    if t.len() != 9 {
        return Err(cx.type_error(format!("{name}(): illegal time tuple argument")));
    }
    let mut fields = [0i64; 9];
    for (i, f) in fields.iter_mut().enumerate() {
        let n = cx.index(t.items()[i])?;
        *f = match n.as_int().filter(|n| i32::try_from(*n).is_ok()) {
            Some(n) => n,
            None => return Err(cx.overflow_error("Python int too large to convert to C int")),
        };
    }
    let [year, rest @ ..] = fields;
    let [month, day, hour, minute, second, weekday, year_day, is_dst] = rest.map(|i| i as i32);
    let mut c = Calendar { year, month, day, hour, minute, second, weekday: weekday.rem_euclid(7), year_day, is_dst, zone: None, offset: 0 };
    let class = record_class(cx);
    if cx.class_of(v) == class {
        if let Some(zone) = cx.try_attr_text(v, "tm_zone")?.and_then(|z| z.as_gc::<Str>()) {
            c.zone = Some(zone.lossy().into_owned());
            c.offset = cx.try_attr_text(v, "tm_gmtoff")?.and_then(|o| o.as_int()).unwrap_or(0);
        }
    }
    Ok(c)
}

/// What C's functions would not survive is refused; zeros that mean "unknown" become the first.
fn check(cx: &mut Cx, c: &mut Calendar, weekday: i64) -> Result<()> {
    let zero_is_one = |i: &mut i32| *i += (*i == 0) as i32;
    zero_is_one(&mut c.month);
    zero_is_one(&mut c.day);
    zero_is_one(&mut c.year_day);
    let text = match c {
        _ if !(1..=12).contains(&c.month) => "month out of range",
        _ if !(1..=31).contains(&c.day) => "day of month out of range",
        _ if !(0..=23).contains(&c.hour) => "hour out of range",
        _ if !(0..=59).contains(&c.minute) => "minute out of range",
        _ if !(0..=61).contains(&c.second) => "seconds out of range",
        _ if weekday < -1 => "day of week out of range",
        _ if !(1..=366).contains(&c.year_day) => "day of year out of range",
        _ => return Ok(()),
    };
    Err(cx.value_error(text))
}

fn checked(cx: &mut Cx, v: Option<Value>, name: &str) -> Result<Calendar> {
    match v {
        None => calendar(cx, None, true),
        Some(v) => {
            let mut c = from_tuple(cx, v, name)?;
            let weekday = v.as_gc::<Tuple>().and_then(|t| t.items()[6].as_int()).unwrap_or(0);
            check(cx, &mut c, weekday)?;
            Ok(c)
        }
    }
}

/// The zone's offset west of UTC and its name, in winter and in summer.
fn zones() -> [(i64, String); 2] {
    const YEAR: i64 = (365 * 24 + 6) * 3600;
    platform::read_zone();
    let start = nanoseconds(libc::CLOCK_REALTIME) / 1_000_000_000 / YEAR * YEAR;
    let halves = [start, start + YEAR / 2].map(|t| platform::calendar(t, true).unwrap_or_default());
    let [january, july] = halves.map(|c| (-c.offset, c.zone.unwrap_or_else(|| "UTC".into())));
    // South of the equator it is the other way round.
    if january.0 < july.0 { [july, january] } else { [january, july] }
}

/// `time.tzname`.
pub(crate) fn zone_names() -> [String; 2] {
    zones().map(|z| z.1)
}

/// `Thu Jan  1 00:00:00 1970`
fn asctime_text(c: &Calendar) -> String {
    let (day, month) = (strptime::DAYS[c.weekday as usize % 7], strptime::MONTHS[(c.month - 1) as usize % 12]);
    format!("{} {}{:3} {:02}:{:02}:{:02} {}", &day[..3], &month[..3], c.day, c.hour, c.minute, c.second, c.year)
}

/// This module provides various functions to manipulate time values.
#[module("time")]
pub mod module {
    use super::*;

    #[init]
    fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
        let dict = module.dict.expect();
        let class = record_class(cx).value();
        cx.dict_set_text(dict, "struct_time", class);
        let clocks = [
            ("CLOCK_REALTIME", libc::CLOCK_REALTIME),
            ("CLOCK_MONOTONIC", libc::CLOCK_MONOTONIC),
            ("CLOCK_MONOTONIC_RAW", libc::CLOCK_MONOTONIC_RAW),
            ("CLOCK_PROCESS_CPUTIME_ID", libc::CLOCK_PROCESS_CPUTIME_ID),
            ("CLOCK_THREAD_CPUTIME_ID", libc::CLOCK_THREAD_CPUTIME_ID),
            ("CLOCK_BOOTTIME", libc::CLOCK_BOOTTIME),
        ];
        for (name, id) in clocks {
            cx.dict_set_text(dict, name, Value::int32(id));
        }
        set_zone(cx, module);
        Ok(())
    }

    /// Enters `timezone`, `altzone`, `daylight`, `tzname`, from the zone's offsets in the two halves of a year.
    fn set_zone(cx: &mut Cx, module: Gc<Module>) {
        let [standard, summer] = zones();
        let dict = module.dict.expect();
        let names = [&standard.1, &summer.1].map(|n| cx.str(n).value());
        let names = cx.tuple(&names).value();
        cx.dict_set_text(dict, "tzname", names);
        let (zone, other) = (cx.int(standard.0), cx.int(summer.0));
        cx.dict_set_text(dict, "timezone", zone);
        cx.dict_set_text(dict, "altzone", other);
        cx.dict_set_text(dict, "daylight", Value::int32((standard.0 != summer.0) as i32));
    }

    /// Return the current time in seconds since the Epoch.
    #[function]
    fn time() -> f64 {
        seconds(nanoseconds(libc::CLOCK_REALTIME))
    }

    /// Return the current time in nanoseconds since the Epoch.
    #[function]
    fn time_ns() -> i64 {
        nanoseconds(libc::CLOCK_REALTIME)
    }

    /// Monotonic clock, cannot go backward.
    #[function]
    fn monotonic() -> f64 {
        seconds(nanoseconds(libc::CLOCK_MONOTONIC))
    }

    /// Monotonic clock, cannot go backward, as nanoseconds.
    #[function]
    fn monotonic_ns() -> i64 {
        nanoseconds(libc::CLOCK_MONOTONIC)
    }

    /// Performance counter for benchmarking.
    #[function]
    fn perf_counter() -> f64 {
        seconds(nanoseconds(libc::CLOCK_MONOTONIC))
    }

    /// Performance counter for benchmarking as nanoseconds.
    #[function]
    fn perf_counter_ns() -> i64 {
        nanoseconds(libc::CLOCK_MONOTONIC)
    }

    /// Process time for profiling: sum of the kernel and user-space CPU time.
    #[function]
    fn process_time() -> f64 {
        seconds(nanoseconds(libc::CLOCK_PROCESS_CPUTIME_ID))
    }

    /// Process time for profiling as nanoseconds.
    #[function]
    fn process_time_ns() -> i64 {
        nanoseconds(libc::CLOCK_PROCESS_CPUTIME_ID)
    }

    /// Thread time for profiling: sum of the kernel and user-space CPU time.
    #[function]
    fn thread_time() -> f64 {
        seconds(nanoseconds(libc::CLOCK_THREAD_CPUTIME_ID))
    }

    /// Thread time for profiling as nanoseconds.
    #[function]
    fn thread_time_ns() -> i64 {
        nanoseconds(libc::CLOCK_THREAD_CPUTIME_ID)
    }

    /// Return the time of the specified clock clk_id as a float.
    #[function]
    fn clock_gettime(cx: &mut Cx, clk_id: i32) -> Result<f64> {
        platform::clock(clk_id).map(seconds).map_err(|e| cx.io_error(&e, None))
    }

    /// Return the time of the specified clock clk_id as nanoseconds (int).
    #[function]
    fn clock_gettime_ns(cx: &mut Cx, clk_id: i32) -> Result<i64> {
        platform::clock(clk_id).map_err(|e| cx.io_error(&e, None))
    }

    /// Return the resolution (precision) of the specified clock clk_id.
    #[function]
    fn clock_getres(cx: &mut Cx, clk_id: i32) -> Result<f64> {
        platform::clock_resolution(clk_id).map(seconds).map_err(|e| cx.io_error(&e, None))
    }

    /// Delay execution for a given number of seconds: of the calling greenlet, others run meanwhile.
    #[function]
    fn sleep(cx: &mut Cx, seconds: Value) -> Result<()> {
        let x = match seconds.as_float() {
            Some(x) if x.is_nan() => return Err(cx.value_error("Invalid value NaN (not a number)")),
            Some(x) => x,
            None => {
                let i = cx.index(seconds)?;
                cx.to_float(i)?
            }
        };
        if x < 0.0 {
            return Err(cx.value_error("sleep length must be non-negative"));
        }
        if x > 9223372036.0 {
            return Err(cx.overflow_error("timestamp too large to convert to C _PyTime_t"));
        }
        cx.sleep_seconds(x)
    }

    /// Convert seconds since the Epoch to a time tuple expressing UTC (a.k.a. GMT).
    #[function("seconds=None, /")]
    fn gmtime(cx: &mut Cx, seconds: Option<Value>) -> Result<Value> {
        let c = calendar(cx, seconds, false)?;
        Ok(to_record(cx, &c))
    }

    /// Convert seconds since the Epoch to a time tuple expressing local time.
    #[function("seconds=None, /")]
    fn localtime(cx: &mut Cx, seconds: Option<Value>) -> Result<Value> {
        let c = calendar(cx, seconds, true)?;
        Ok(to_record(cx, &c))
    }

    /// Convert a time tuple in local time to seconds since the Epoch.
    #[function(style = "clinic")]
    fn mktime(cx: &mut Cx, tuple: Value) -> Result<f64> {
        let c = from_tuple(cx, tuple, "mktime")?;
        match platform::seconds(&c) {
            Some(s) => Ok(s as f64),
            None => Err(cx.overflow_error("mktime argument out of range")),
        }
    }

    /// Convert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'.
    #[function("tuple=<now>, /")]
    fn asctime(cx: &mut Cx, tuple: Option<Value>) -> Result<String> {
        Ok(asctime_text(&checked(cx, tuple, "asctime")?))
    }

    /// Convert a time in seconds since the Epoch to a string in local time.
    #[function("seconds=None, /")]
    fn ctime(cx: &mut Cx, seconds: Option<Value>) -> Result<String> {
        Ok(asctime_text(&calendar(cx, seconds, true)?))
    }

    /// Convert a time tuple to a string according to a format specification.
    #[function("format, tuple=<now>, /", style = "tuple")]
    fn strftime(cx: &mut Cx, format: Gc<Str>, tuple: Option<Value>) -> Result<Value> {
        let mut c = checked(cx, tuple, "strftime")?;
        c.is_dst = c.is_dst.clamp(-1, 1);
        let Ok(format) = CString::new(format.bytes()) else {
            return Err(cx.value_error("embedded null character"));
        };
        if format.is_empty() {
            return Ok(cx.str("").value());
        }
        let text = platform::format(&format, &c);
        Ok(cx.str_from_bytes(&text).value())
    }

    /// Parse a string to a time tuple according to a format specification.
    #[function("string, format='%a %b %d %H:%M:%S %Y', /", style = "python")]
    fn strptime(cx: &mut Cx, string: Value, format: Option<Value>) -> Result<Value> {
        let format = match format {
            Some(f) => f,
            None => cx.str("%a %b %d %H:%M:%S %Y").value(),
        };
        for (i, v) in [string, format].into_iter().enumerate() {
            if v.as_gc::<Str>().is_none() {
                let text = format!("strptime() argument {i} must be str, not {}", cx.repr(cx.class_of(v).value())?.lossy());
                return Err(cx.type_error(text));
            }
        }
        let c = cx.parse_date(string, format)?.calendar();
        Ok(to_record(cx, &c))
    }

    /// Initialize, or reinitialize, the local timezone to the value stored in os.environ['TZ'].
    #[function]
    fn tzset(cx: &mut Cx) -> Result<()> {
        if let Some(m) = cx.import_absolute("time")?.as_gc::<Module>() {
            set_zone(cx, m);
        }
        Ok(())
    }
}
