//! Reading dates by a format: `time.strptime`, and what `datetime.strptime` shares with it.
//!
//! CPython makes a regular expression of the format. Here each directive takes the longest text that is a number of
//! its range; the next one must fit behind it.

use gscript_vm::object::str::Str;
use gscript_vm::value::Value;
use gscript_vm::vm::{Cx, Result};

use crate::platform::time::Calendar;

pub const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// What a text said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    pub year: Option<i64>,
    pub month: i32,
    pub day: i32,
    pub hour: i32,
    pub minute: i32,
    pub second: i32,
    pub microsecond: i32,
    pub weekday: Option<i32>,
    pub year_day: Option<i32>,
    /// Seconds east of UTC, and microseconds of `%z`.
    pub offset: Option<i64>,
    pub zone: Option<String>,
    pub is_dst: i32,
}

/// Why a text is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fault {
    Mismatch,
    Remains(usize),
    BadDirective(String),
    StrayPercent,
    Other(&'static str),
}

/// Days since the first of March of year 0 (proleptic).
fn day_number(year: i64, month: i32, day: i32) -> i64 {
    let y = year - (month <= 2) as i64;
    let m = (month as i64 + 9) % 12;
    365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (m * 306 + 5) / 10 + day as i64 - 1
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Monday is 0.
fn weekday(year: i64, month: i32, day: i32) -> i32 {
    // The first of March of year 0 was a Wednesday.
    (day_number(year, month, day) + 2).rem_euclid(7) as i32
}

fn year_day(year: i64, month: i32, day: i32) -> i32 {
    (day_number(year, month, day) - day_number(year, 1, 1) + 1) as i32
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// A number of up to `width` digits, at least `least` of them, in a range: as many digits as fit.
    fn number(&mut self, least: usize, width: usize, low: i64, high: i64) -> std::result::Result<i64, Fault> {
        let digits = self.rest().bytes().take(width).take_while(u8::is_ascii_digit).count();
        for n in (least..=digits).rev() {
            if let Some(i) = self.rest()[..n].parse::<i64>().ok().filter(|i| (low..=high).contains(i)) {
                self.at += n;
                return Ok(i);
            }
        }
        Err(Fault::Mismatch)
    }

    /// One of some names, in any case; the longest that fits.
    fn name(&mut self, names: impl Iterator<Item = (usize, String)>) -> std::result::Result<usize, Fault> {
        let mut best: Option<(usize, usize)> = None;
        for (i, n) in names {
            let fits = self.rest().get(..n.len()).is_some_and(|t| t.eq_ignore_ascii_case(&n));
            if fits && !n.is_empty() && best.is_none_or(|b| n.len() > b.1) {
                best = Some((i, n.len()));
            }
        }
        let (i, len) = best.ok_or(Fault::Mismatch)?;
        self.at += len;
        Ok(i)
    }
}

/// Values that only have a meaning together.
#[derive(Default)]
struct Later {
    is_pm: Option<bool>,
    hour12: bool,
    century: Option<i64>,
    short_year: Option<i64>,
    week: Option<(i64, bool)>,
    iso_year: Option<i64>,
    iso_week: Option<i64>,
}

fn names(list: &'static [&'static str], short: bool) -> impl Iterator<Item = (usize, String)> {
    list.iter().enumerate().map(move |(i, n)| (i, if short { n[..3].to_string() } else { n.to_string() }))
}

fn parse(text: &str, format: &str, zones: &[String; 2]) -> std::result::Result<Parsed, Fault> {
    let mut p = Parsed { month: 1, day: 1, is_dst: -1, ..Parsed::default() };
    let mut later = Later::default();
    let mut c = Cursor { text, at: 0 };
    read(&mut c, format, &mut p, &mut later, zones)?;
    if c.at != text.len() {
        return Err(Fault::Remains(c.at));
    }
    finish(&mut p, &later)?;
    Ok(p)
}

fn read(c: &mut Cursor<'_>, format: &str, p: &mut Parsed, later: &mut Later, zones: &[String; 2]) -> std::result::Result<(), Fault> {
    let mut chars = format.chars().peekable();
    while let Some(f) = chars.next() {
        if f.is_whitespace() {
            while chars.peek().is_some_and(|f| f.is_whitespace()) {
                chars.next();
            }
            let n = c.rest().len() - c.rest().trim_start().len();
            if n == 0 {
                return Err(Fault::Mismatch);
            }
            c.at += n;
            continue;
        }
        if f != '%' {
            let Some(t) = c.rest().chars().next().filter(|t| t.to_lowercase().eq(f.to_lowercase())) else {
                return Err(Fault::Mismatch);
            };
            c.at += t.len_utf8();
            continue;
        }
        let Some(d) = chars.next() else {
            return Err(Fault::StrayPercent);
        };
        match d {
            'Y' => p.year = Some(c.number(4, 4, 0, 9999)?),
            'y' => later.short_year = Some(c.number(2, 2, 0, 99)?),
            'm' => p.month = c.number(1, 2, 1, 12)? as i32,
            'd' => {
                // The day may be padded with a blank.
                if c.rest().starts_with(' ') && c.rest()[1..].starts_with(|t: char| ('1'..='9').contains(&t)) {
                    c.at += 1;
                }
                p.day = c.number(1, 2, 1, 31)? as i32;
            }
            'H' => p.hour = c.number(1, 2, 0, 23)? as i32,
            'I' => {
                p.hour = c.number(1, 2, 1, 12)? as i32;
                later.hour12 = true;
            }
            'M' => p.minute = c.number(1, 2, 0, 59)? as i32,
            'S' => p.second = c.number(1, 2, 0, 61)? as i32,
            'f' => {
                let start = c.at;
                let n = c.number(1, 6, 0, 999_999)? as i32;
                p.microsecond = n * 10i32.pow(6 - (c.at - start) as u32);
            }
            'j' => p.year_day = Some(c.number(1, 3, 1, 366)? as i32),
            'U' => later.week = Some((c.number(1, 2, 0, 53)?, false)),
            'W' => later.week = Some((c.number(1, 2, 0, 53)?, true)),
            'G' => later.iso_year = Some(c.number(4, 4, 0, 9999)?),
            'V' => later.iso_week = Some(c.number(1, 2, 1, 53)?),
            'w' => p.weekday = Some((c.number(1, 1, 0, 6)? as i32 + 6) % 7),
            'u' => p.weekday = Some(c.number(1, 1, 1, 7)? as i32 - 1),
            'A' => p.weekday = Some(c.name(names(&DAYS, false))? as i32),
            'a' => p.weekday = Some(c.name(names(&DAYS, true))? as i32),
            'B' => p.month = c.name(names(&MONTHS, false))? as i32 + 1,
            'b' => p.month = c.name(names(&MONTHS, true))? as i32 + 1,
            'p' => later.is_pm = Some(c.name(["am", "pm"].iter().enumerate().map(|(i, n)| (i, n.to_string())))? == 1),
            'z' => read_offset(c, p)?,
            'Z' => {
                let all = ["utc".to_string(), "gmt".to_string(), zones[0].to_lowercase(), zones[1].to_lowercase()];
                let i = c.name(all.clone().into_iter().enumerate())?;
                p.is_dst = if i < 2 || zones[0] == zones[1] { 0 } else { (all[i] == all[3]) as i32 };
                p.zone = Some(all[i].to_uppercase());
            }
            '%' => {
                if !c.rest().starts_with('%') {
                    return Err(Fault::Mismatch);
                }
                c.at += 1;
            }
            'c' => read(c, "%a %b %d %H:%M:%S %Y", p, later, zones)?,
            'x' => read(c, "%m/%d/%y", p, later, zones)?,
            'X' => read(c, "%H:%M:%S", p, later, zones)?,
            other => return Err(Fault::BadDirective(other.to_string())),
        }
    }
    Ok(())
}

/// `+HH:MM[:SS[.ffffff]]`, with or without colons, or `Z`.
fn read_offset(c: &mut Cursor<'_>, p: &mut Parsed) -> std::result::Result<(), Fault> {
    if c.rest().starts_with('Z') {
        c.at += 1;
        p.offset = Some(0);
        return Ok(());
    }
    let sign = match c.rest().bytes().next() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return Err(Fault::Mismatch),
    };
    c.at += 1;
    let hours = c.number(2, 2, 0, 99)?;
    let has_colon = c.rest().starts_with(':');
    c.at += has_colon as usize;
    let minutes = c.number(2, 2, 0, 59)?;
    let mut seconds = 0;
    let more = if has_colon { c.rest().starts_with(':') } else { c.rest().starts_with(|t: char| t.is_ascii_digit()) };
    if more {
        c.at += has_colon as usize;
        seconds = c.number(2, 2, 0, 59)?;
    }
    p.offset = Some(sign * (hours * 3600 + minutes * 60 + seconds));
    Ok(())
}

/// What follows from several directives.
fn finish(p: &mut Parsed, later: &Later) -> std::result::Result<(), Fault> {
    if later.hour12 {
        let is_pm = later.is_pm.unwrap_or(false);
        p.hour = p.hour % 12 + if is_pm { 12 } else { 0 };
    }
    if let Some(y) = later.short_year {
        p.year = Some(later.century.map_or(if y <= 68 { 2000 } else { 1900 }, |c| c * 100) + y);
    }
    if later.iso_year.is_some() && (later.iso_week.is_none() || p.weekday.is_none()) {
        return Err(Fault::Other("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u')."));
    }
    if later.iso_week.is_some() && later.iso_year.is_none() {
        return Err(Fault::Other(if p.year.is_none() || p.weekday.is_none() {
            "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u')."
        } else {
            "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead."
        }));
    }
    let leap_day_only = p.year.is_none() && p.month == 2 && p.day == 29;
    let year = later.iso_year.or(p.year).unwrap_or(if leap_day_only { 1904 } else { 1900 });
    let mut day_of_year = p.year_day;
    if let (None, Some(w)) = (day_of_year, p.weekday) {
        if let Some((week, from_monday)) = later.week.filter(|_| p.year.is_some()) {
            let mut first = weekday(year, 1, 1);
            let mut w = w;
            if !from_monday {
                first = (first + 1) % 7;
                w = (w + 1) % 7;
            }
            let week_0 = (7 - first) % 7;
            day_of_year = Some(if week == 0 { 1 + w - first } else { 1 + week_0 + 7 * (week as i32 - 1) + w });
        } else if let (Some(_), Some(week)) = (later.iso_year, later.iso_week) {
            let fourth = weekday(year, 1, 4);
            day_of_year = Some(week as i32 * 7 + w + 1 - (fourth + 4));
        }
    }
    match day_of_year {
        Some(n) if p.year_day.is_some() || later.week.is_some() || later.iso_week.is_some() => {
            set_day_of_year(p, year, n);
        }
        _ => {
            let length = match p.month {
                2 => 28 + is_leap(year) as i32,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            if p.day > length {
                return Err(Fault::Other("day is out of range for month"));
            }
            p.year_day = Some(year_day(year, p.month, p.day));
            p.year = Some(year);
        }
    }
    let year = p.year.unwrap_or(year);
    if p.weekday.is_none() || later.week.is_some() {
        p.weekday = Some(weekday(year, p.month, p.day));
    }
    if leap_day_only {
        p.year = Some(1900);
    }
    Ok(())
}

/// Month and day of the `n`th day of a year; it may lie outside of it.
fn set_day_of_year(p: &mut Parsed, year: i64, n: i32) {
    let (mut year, mut left) = (year, n);
    while left < 1 {
        year -= 1;
        left += 365 + is_leap(year) as i32;
    }
    // CPython leaves a day behind the end of the year as it is.
    p.year_day = Some(left);
    while left > 365 + is_leap(year) as i32 {
        left -= 365 + is_leap(year) as i32;
        year += 1;
    }
    let month = (1..=12).rev().find(|&m| year_day(year, m, 1) <= left).unwrap_or(1);
    p.month = month;
    p.day = left - year_day(year, month, 1) + 1;
    p.year = Some(year);
}

impl Parsed {
    /// As `time.strptime` shows it.
    pub fn calendar(&self) -> Calendar {
        Calendar {
            year: self.year.unwrap_or(1900),
            month: self.month,
            day: self.day,
            hour: self.hour,
            minute: self.minute,
            second: self.second,
            weekday: self.weekday.unwrap_or(0),
            year_day: self.year_day.unwrap_or(1),
            is_dst: self.is_dst,
            zone: self.zone.clone().filter(|_| self.offset.is_some()),
            offset: self.offset.unwrap_or(0),
        }
    }
}

/// Reads a date: both values are strings. ValueError where it does not fit.
pub trait ParseDate {
    /// May run script code (repr of the arguments).
    fn parse_date(&mut self, text: Value, format: Value) -> Result<Parsed>;
}

impl ParseDate for Cx {
    fn parse_date(&mut self, text: Value, format: Value) -> Result<Parsed> {
        let content = |v: Value| v.as_gc::<Str>().map(|s| s.lossy().into_owned()).unwrap_or_default();
        let (t, f) = (content(text), content(format));
        let zones = crate::time::zone_names();
        let message = match parse(&t, &f, &zones) {
            Ok(p) => return Ok(p),
            Err(Fault::Mismatch) => format!("time data {} does not match format {}", self.repr(text)?.lossy(), self.repr(format)?.lossy()),
            Err(Fault::Remains(at)) => format!("unconverted data remains: {}", &t[at..]),
            Err(Fault::BadDirective(d)) => {
                let d = self.str(&d).value();
                format!("{} is a bad directive in format {}", self.repr(d)?.lossy(), self.repr(format)?.lossy())
            }
            Err(Fault::StrayPercent) => format!("stray % in format {}", self.repr(format)?.lossy()),
            Err(Fault::Other(text)) => text.to_string(),
        };
        Err(self.value_error(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, format: &str) -> std::result::Result<Parsed, Fault> {
        parse(text, format, &["UTC".into(), "UTC".into()])
    }

    #[test]
    fn dates() {
        let p = read("2024-01-31 10:20:30", "%Y-%m-%d %H:%M:%S").expect("a date");
        assert_eq!((p.year, p.month, p.day, p.weekday, p.year_day), (Some(2024), 1, 31, Some(2), Some(31)));
        assert_eq!(read("2024-13", "%Y-%m"), Err(Fault::Remains(6)));
        assert_eq!(read("x", "%Y"), Err(Fault::Mismatch));
        assert_eq!(read("29 Feb", "%d %b").map(|p| (p.year, p.day)), Ok((Some(1900), 29)));
        assert_eq!(weekday(1970, 1, 1), 3);
    }
}
