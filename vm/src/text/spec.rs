//! The format specification mini-language: `format(value, spec)`, `f'{value:spec}'`.
//!
//! `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. A [`Spec`] is parsed once
//! and can be used again (constant specs in f-strings); the appliers check what the type allows.
//! An empty spec means `str(value)`: callers see to that before they come here, the appliers
//! treat it alike.

use smallvec::SmallVec;

use super::float_repr::{FloatFormat, Form, push_format};
use super::int_text::{self, IntRef, Radix};
use super::{TextError, ctype, reserve, utf8};

/// Where a value stands in its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `<`
    Left,
    /// `>`
    Right,
    /// `^`
    Center,
    /// `=`: padding between sign and digits
    AfterSign,
}

/// How signs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `-`: only minus.
    Minus,
    /// `+`: always.
    Plus,
    /// A blank in place of plus.
    Space,
}

/// What separates groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Nothing.
    None,
    /// Commas, every three digits.
    Comma,
    /// Underscores, every three digits.
    Underscore,
    /// Underscores, every four digits (`b`, `o`, `x`, `X`).
    UnderscoreFour,
}

impl Grouping {
    fn separator(self) -> Option<(u8, usize)> {
        match self {
            Grouping::None => None,
            Grouping::Comma => Some((b',', 3)),
            Grouping::Underscore => Some((b'_', 3)),
            Grouping::UnderscoreFour => Some((b'_', 4)),
        }
    }
}

/// A parsed specification.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// What fills the field.
    pub fill: u32,
    /// Where the value stands; the default of the type if none was given.
    pub align: Align,
    /// `None` if not given (a string refuses even `-`).
    pub sign: Option<Sign>,
    /// `z`
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    /// The least number of characters.
    pub width: Option<usize>,
    /// `,` or `_`
    pub grouping: Grouping,
    /// Digits of a float, most characters of a string.
    pub precision: Option<usize>,
    /// The type character; `None` if not given.
    pub kind: Option<u32>,
}

fn align_of(cp: u32) -> Option<Align> {
    match char::from_u32(cp)? {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}

/// A position in a specification.
struct Cursor<'a> {
    text: &'a [u8],
    offset: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u32> {
        utf8::decode_at(self.text, self.offset).map(|it| it.0)
    }

    fn take(&mut self, wanted: u8) -> bool {
        let found = self.text.get(self.offset) == Some(&wanted);
        self.offset += usize::from(found);
        found
    }

    /// A decimal number; digits of all scripts count.
    fn number(&mut self) -> Result<Option<usize>, TextError> {
        let mut number = None;
        while let Some(&byte) = self.text.get(self.offset) {
            // Only digits and what is not ASCII go on.
            if byte.wrapping_sub(b'0') > 9 && byte < 0x80 {
                break;
            }
            let Some((cp, next)) = utf8::decode_at(self.text, self.offset) else { break };
            let Some(digit) = ctype::decimal_value(cp) else {
                break;
            };
            let value = number.unwrap_or(0i64).checked_mul(10).and_then(|value| value.checked_add(i64::from(digit)));
            number = Some(value.ok_or_else(|| TextError::value("Too many decimal digits in format string"))?);
            self.offset = next;
        }
        Ok(number.map(|value| value as usize))
    }
}

impl Spec {
    /// Parses a specification for a `str`, whose values stand at the left. `type_name` is the
    /// type of the value, for messages.
    pub fn for_str(text: &[u8], type_name: &str) -> Result<Spec, TextError> {
        Spec::parse(text, Align::Left, type_name)
    }

    /// Parses a specification for a number, whose values stand at the right.
    pub fn for_number(text: &[u8], type_name: &str) -> Result<Spec, TextError> {
        Spec::parse(text, Align::Right, type_name)
    }

    fn parse(text: &[u8], default_align: Align, type_name: &str) -> Result<Spec, TextError> {
        let mut spec = Spec {
            fill: u32::from(' '),
            align: default_align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: None,
            grouping: Grouping::None,
            precision: None,
            kind: None,
        };
        if text.is_empty() {
            return Ok(spec);
        }
        let mut cursor = Cursor { text, offset: 0 };
        let (zero_fills, zero_aligns) = spec.parse_align(&mut cursor);
        spec.sign = match cursor.peek().and_then(char::from_u32) {
            Some('+') => Some(Sign::Plus),
            Some('-') => Some(Sign::Minus),
            Some(' ') => Some(Sign::Space),
            _ => None,
        };
        cursor.offset += usize::from(spec.sign.is_some());
        spec.no_negative_zero = cursor.take(b'z');
        spec.alternate = cursor.take(b'#');
        if zero_fills && cursor.take(b'0') {
            spec.fill = u32::from('0');
            if zero_aligns && default_align == Align::Right {
                spec.align = Align::AfterSign;
            }
        }
        spec.width = cursor.number()?;
        if cursor.take(b',') {
            spec.grouping = Grouping::Comma;
        }
        if cursor.take(b'_') {
            if spec.grouping != Grouping::None {
                return Err(both_separators());
            }
            spec.grouping = Grouping::Underscore;
        }
        if spec.grouping == Grouping::Underscore && cursor.peek() == Some(u32::from(',')) {
            return Err(both_separators());
        }
        if cursor.take(b'.') {
            spec.precision = Some(cursor.number()?.ok_or_else(|| TextError::value("Format specifier missing precision"))?);
        }
        if let Some((kind, next)) = utf8::decode_at(text, cursor.offset) {
            if next != text.len() {
                let message = [b"Invalid format specifier '", text, b"' for object of type '", type_name.as_bytes(), b"'"];
                return Err(TextError::value(message.concat()));
            }
            spec.kind = Some(kind);
        }
        spec.check_grouping(default_align)?;
        Ok(spec)
    }

    /// Parses fill and alignment; tells whether a `0` that follows may set the fill, and the
    /// alignment.
    fn parse_align(&mut self, cursor: &mut Cursor<'_>) -> (bool, bool) {
        let Some((first, next)) = utf8::decode_at(cursor.text, 0) else {
            return (true, true);
        };
        if let Some((align, after)) = utf8::decode_at(cursor.text, next).and_then(|(second, after)| Some((align_of(second)?, after))) {
            (self.fill, self.align, cursor.offset) = (first, align, after);
            return (false, false);
        }
        if let Some(align) = align_of(first) {
            (self.align, cursor.offset) = (align, next);
            return (true, false);
        }
        (true, true)
    }

    fn check_grouping(&mut self, default_align: Align) -> Result<(), TextError> {
        let Some((separator, _)) = self.grouping.separator() else {
            return Ok(());
        };
        let default_kind = if default_align == Align::Left { u32::from('s') } else { 0 };
        let kind = self.kind.unwrap_or(default_kind);
        match u8::try_from(kind).unwrap_or(b'?') {
            // NUL is CPython's mark for "no type": a real NUL passes here as well.
            0 | b'd' | b'e' | b'f' | b'g' | b'E' | b'G' | b'%' | b'F' => return Ok(()),
            b'b' | b'o' | b'x' | b'X' if self.grouping == Grouping::Underscore => {
                self.grouping = Grouping::UnderscoreFour;
                return Ok(());
            }
            _ => {}
        }
        let separator = char::from(separator);
        let shown = shown_code(kind, 128);
        Err(TextError::value(format!("Cannot specify '{separator}' with '{shown}'.")))
    }

    fn kind_char(&self) -> Option<char> {
        // See `check_grouping` about NUL; surrogates are no type of anything.
        self.kind.map(|kind| char::from_u32(kind).unwrap_or(char::REPLACEMENT_CHARACTER)).filter(|&kind| kind != '\0')
    }

    fn unknown_kind(&self, type_name: &str) -> TextError {
        let shown = shown_code(self.kind.unwrap_or(0), 128);
        TextError::value(format!("Unknown format code '{shown}' for object of type '{type_name}'"))
    }
}

/// A character in a message: itself if it is visible ASCII, else its number.
pub(super) fn shown_code(cp: u32, end: u32) -> String {
    match char::from_u32(cp) {
        Some(c) if cp > 32 && cp < end => c.to_string(),
        _ => format!("\\x{cp:x}"),
    }
}

fn both_separators() -> TextError {
    TextError::value("Cannot specify both ',' and '_'.")
}

/// Padding before and after `len` characters in a field of `width`.
fn padding(len: usize, width: Option<usize>, align: Align) -> (usize, usize) {
    let total = width.unwrap_or(0).saturating_sub(len);
    match align {
        Align::Left => (0, total),
        Align::Right => (total, 0),
        Align::Center => (total / 2, total - total / 2),
        Align::AfterSign => (0, 0),
    }
}

fn push_fill(out: &mut Vec<u8>, fill: u32, times: usize) -> Result<(), TextError> {
    if times == 0 {
        return Ok(());
    }
    let (bytes, len) = utf8::encode(fill);
    reserve(out, times.checked_mul(len).ok_or_else(TextError::memory)?)?;
    if len == 1 {
        out.resize(out.len() + times, bytes[0]);
    } else {
        (0..times).for_each(|_| out.extend_from_slice(&bytes[..len]));
    }
    Ok(())
}

/// Formats text: the value of a `str`, or what `str()` gave for an object.
pub fn format_str(out: &mut Vec<u8>, spec: &Spec, text: &[u8], type_name: &str) -> Result<(), TextError> {
    if !matches!(spec.kind_char(), None | Some('s')) || spec.kind == Some(0) {
        return Err(spec.unknown_kind(type_name));
    }
    let refuse = |what: &str| Err(TextError::value(format!("{what} not allowed in string format specifier")));
    match spec.sign {
        Some(Sign::Space) => return refuse("Space"),
        Some(_) => return refuse("Sign"),
        None => {}
    }
    if spec.no_negative_zero {
        return refuse("Negative zero coercion (z)");
    }
    if spec.alternate {
        return refuse("Alternate form (#)");
    }
    if spec.align == Align::AfterSign {
        return refuse("'=' alignment");
    }
    let shown = match spec.precision {
        Some(precision) if precision < text.len() => &text[..utf8::offset_of(text, precision)],
        _ => text,
    };
    let (before, after) = match spec.width {
        Some(width) => padding(utf8::count(shown), Some(width), spec.align),
        None => (0, 0),
    };
    push_fill(out, spec.fill, before)?;
    out.extend_from_slice(shown);
    push_fill(out, spec.fill, after)
}

/// A number on its way: sign, prefix, digits that may be grouped, and what follows them.
struct Number<'a> {
    negative: bool,
    prefix: &'a [u8],
    digits: &'a [u8],
    rest: &'a [u8],
}

impl Number<'_> {
    fn push(&self, out: &mut Vec<u8>, spec: &Spec) -> Result<(), TextError> {
        let sign = match (self.negative, spec.sign) {
            (true, _) => Some(b'-'),
            (false, Some(Sign::Plus)) => Some(b'+'),
            (false, Some(Sign::Space)) => Some(b' '),
            (false, _) => None,
        };
        let fixed = usize::from(sign.is_some()) + self.prefix.len() + self.rest.len();
        let zero_padded = spec.fill == u32::from('0') && spec.align == Align::AfterSign;
        let least = if zero_padded { spec.width.unwrap_or(0).saturating_sub(fixed) } else { 0 };
        let digits = self.digits;
        let separator = spec.grouping.separator().filter(|_| !digits.is_empty());
        let natural = digits.len() + separator.map_or(0, |(_, size)| (digits.len().max(1) - 1) / size);
        // Only zeros among separators need more than writing one after the other.
        let grouped = match separator {
            Some((separator, size)) if least > natural => Some(group(digits, separator, size, least)?),
            _ => None,
        };
        let zeros = if digits.is_empty() || grouped.is_some() { 0 } else { least.saturating_sub(natural) };
        let len = fixed + grouped.as_ref().map_or(zeros + natural, |grouped| grouped.len());
        let (before, after) = padding(len, spec.width, spec.align);
        push_fill(out, spec.fill, before)?;
        out.extend(sign);
        out.extend_from_slice(self.prefix);
        if spec.align == Align::AfterSign {
            push_fill(out, spec.fill, spec.width.unwrap_or(0).saturating_sub(len))?;
        }
        push_fill(out, u32::from('0'), zeros)?;
        match (grouped, separator) {
            (Some(grouped), _) => out.extend_from_slice(&grouped),
            (None, None) => out.extend_from_slice(digits),
            (None, Some((separator, size))) => {
                let (first, others) = digits.split_at((digits.len() - 1) % size + 1);
                out.extend_from_slice(first);
                for chunk in others.chunks(size) {
                    out.push(separator);
                    out.extend_from_slice(chunk);
                }
            }
        }
        out.extend_from_slice(self.rest);
        push_fill(out, spec.fill, after)
    }
}

/// `digits` with separators, and zeros before them until there are `least` characters. A
/// separator never comes first: one more zero may be added instead.
fn group(digits: &[u8], separator: u8, size: usize, least: usize) -> Result<SmallVec<[u8; 64]>, TextError> {
    let mut out = SmallVec::new();
    let room = digits.len().max(least).checked_mul(2).ok_or_else(TextError::memory)?;
    if room > 64 {
        out.try_reserve(room).map_err(|_| TextError::memory())?;
    }
    // From the right, group by group.
    let (mut left, mut least) = (digits, least);
    loop {
        let len = left.len().max(least).max(1).min(size);
        let (head, tail) = left.split_at(left.len() - left.len().min(len));
        out.extend(tail.iter().rev().copied());
        out.resize(out.len() + len - tail.len(), b'0');
        left = head;
        least = least.saturating_sub(len);
        if left.is_empty() && least == 0 {
            break;
        }
        out.push(separator);
        least = least.saturating_sub(1);
    }
    out.reverse();
    Ok(out)
}

/// Formats an integer. `digit_limit` is that of integer-to-string conversion, 0 for none.
pub fn format_int(out: &mut Vec<u8>, spec: &Spec, n: IntRef<'_>, type_name: &str, digit_limit: usize) -> Result<(), TextError> {
    let Some(kind) = spec.kind_char() else {
        return if spec.kind.is_some() { Err(spec.unknown_kind(type_name)) } else { format_integer(out, spec, n, 'd', digit_limit) };
    };
    match kind {
        'b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n' => format_integer(out, spec, n, kind, digit_limit),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => {
            let x = n.to_f64().ok_or_else(|| TextError::overflow("int too large to convert to float"))?;
            format_float(out, spec, x, type_name)
        }
        _ => Err(spec.unknown_kind(type_name)),
    }
}

fn format_integer(out: &mut Vec<u8>, spec: &Spec, n: IntRef<'_>, kind: char, digit_limit: usize) -> Result<(), TextError> {
    if spec.precision.is_some() {
        return Err(TextError::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(TextError::value("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    if kind == 'c' {
        return format_char(out, spec, n);
    }
    if let (IntRef::Small(small), 'd' | 'n') = (n, kind) {
        let mut buffer = itoa::Buffer::new();
        let digits = buffer.format(small.unsigned_abs()).as_bytes();
        return Number { negative: small < 0, prefix: b"", digits, rest: b"" }.push(out, spec);
    }
    let mut digits = Vec::new();
    let mut prefix = *b"0x";
    match kind {
        'b' | 'o' | 'x' | 'X' => {
            let radix = match kind {
                'b' => Radix::Binary,
                'o' => Radix::Octal,
                _ => Radix::Hex,
            };
            prefix = *radix.prefix();
            int_text::push_magnitude(&mut digits, n, radix);
            if kind == 'X' {
                digits.make_ascii_uppercase();
                prefix.make_ascii_uppercase();
            }
        }
        _ => {
            if let IntRef::Big(big) = n
                && int_text::exceeds_digit_limit(big, digit_limit)
            {
                return Err(TextError::value(int_text::too_many_digits_to_write(digit_limit)));
            }
            int_text::push_decimal(&mut digits, n);
            if digits.first() == Some(&b'-') {
                digits.remove(0);
            }
        }
    }
    let has_prefix = spec.alternate && matches!(kind, 'b' | 'o' | 'x' | 'X');
    let prefix = if has_prefix { &prefix[..] } else { b"" };
    Number { negative: n.is_negative(), prefix, digits: &digits, rest: b"" }.push(out, spec)
}

fn format_char(out: &mut Vec<u8>, spec: &Spec, n: IntRef<'_>) -> Result<(), TextError> {
    if spec.sign.is_some() {
        return Err(TextError::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(TextError::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let IntRef::Small(n) = n else {
        return Err(TextError::overflow("Python int too large to convert to C long"));
    };
    let cp = u32::try_from(n).ok().filter(|&cp| cp <= utf8::MAX);
    let cp = cp.ok_or_else(|| TextError::overflow("%c arg not in range(0x110000)"))?;
    let (before, after) = padding(1, spec.width, spec.align);
    let between = if spec.align == Align::AfterSign { spec.width.unwrap_or(0).saturating_sub(1) } else { 0 };
    push_fill(out, spec.fill, before + between)?;
    utf8::push(out, cp);
    push_fill(out, spec.fill, after)
}

/// The digits and layout a float's type character asks for; `add_dot_0` is for no character.
fn float_form(spec: &Spec, kind: Option<char>, add_dot_0: bool) -> Result<FloatFormat, TextError> {
    if spec.precision.is_some_and(|precision| precision > i32::MAX as usize) {
        return Err(TextError::value("precision too big"));
    }
    let form = match kind {
        None if spec.precision.is_none() => Form::Shortest,
        Some('e' | 'E') => Form::Exponent,
        Some('f' | 'F' | '%') => Form::Fixed,
        _ => Form::General,
    };
    Ok(FloatFormat {
        form,
        precision: spec.precision.unwrap_or(6),
        upper: matches!(kind, Some('E' | 'F' | 'G')),
        alternate: spec.alternate,
        add_dot_0: add_dot_0 && kind.is_none(),
        no_negative_zero: spec.no_negative_zero,
    })
}

/// The text of a float taken apart.
fn float_parts(text: &[u8]) -> Number<'_> {
    let negative = text.first() == Some(&b'-');
    let text = &text[usize::from(negative)..];
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    Number { negative, prefix: b"", digits: &text[..digits], rest: &text[digits..] }
}

/// Formats a float.
pub fn format_float(out: &mut Vec<u8>, spec: &Spec, x: f64, type_name: &str) -> Result<(), TextError> {
    let kind = spec.kind_char();
    if !matches!(kind, None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%')) {
        return Err(spec.unknown_kind(type_name));
    }
    let format = float_form(spec, kind, true)?;
    let x = if kind == Some('%') { x * 100.0 } else { x };
    if spec.width.is_none() && spec.grouping == Grouping::None && matches!(spec.sign, None | Some(Sign::Minus)) {
        push_format(out, x, &format)?;
        out.extend((kind == Some('%')).then_some(b'%'));
        return Ok(());
    }
    let mut text = Vec::with_capacity(32);
    push_format(&mut text, x, &format)?;
    text.extend((kind == Some('%')).then_some(b'%'));
    float_parts(&text).push(out, spec)
}

/// Formats a complex number.
pub fn format_complex(out: &mut Vec<u8>, spec: &Spec, re: f64, im: f64, type_name: &str) -> Result<(), TextError> {
    let kind = spec.kind_char();
    if !matches!(kind, None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n')) {
        return Err(spec.unknown_kind(type_name));
    }
    if spec.precision.is_some_and(|precision| precision > i32::MAX as usize) {
        return Err(TextError::value("precision too big"));
    }
    if spec.fill == u32::from('0') {
        return Err(TextError::value("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(TextError::value("'=' alignment flag is not allowed in complex format specifier"));
    }
    let format = float_form(spec, kind, false)?;
    // Without a type character the layout is that of str(): (1+2j), or 2j.
    let only_imaginary = kind.is_none() && re == 0.0 && re.is_sign_positive();
    let in_parentheses = kind.is_none() && !only_imaginary;
    let mut part = Spec { fill: u32::from(' '), align: Align::Left, width: None, ..*spec };
    let mut body = Vec::with_capacity(48);
    let mut text = Vec::with_capacity(32);
    body.extend(in_parentheses.then_some(b'('));
    if !only_imaginary {
        push_format(&mut text, re, &format)?;
        float_parts(&text).push(&mut body, &part)?;
        text.clear();
        part.sign = Some(Sign::Plus);
    }
    push_format(&mut text, im, &format)?;
    float_parts(&text).push(&mut body, &part)?;
    body.push(b'j');
    body.extend(in_parentheses.then_some(b')'));
    let (before, after) = padding(body.len(), spec.width, spec.align);
    push_fill(out, spec.fill, before)?;
    out.extend_from_slice(&body);
    push_fill(out, spec.fill, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(n: i64, spec: &str) -> String {
        let mut out = Vec::new();
        let result = Spec::for_number(spec.as_bytes(), "int").and_then(|spec| format_int(&mut out, &spec, IntRef::Small(n), "int", 0));
        String::from_utf8(result.map_or_else(|error| error.message, |()| out)).expect("valid")
    }

    fn float(x: f64, spec: &str) -> String {
        let mut out = Vec::new();
        let result = Spec::for_number(spec.as_bytes(), "float").and_then(|spec| format_float(&mut out, &spec, x, "float"));
        String::from_utf8(result.map_or_else(|error| error.message, |()| out)).expect("valid")
    }

    fn text(value: &str, spec: &str) -> String {
        let mut out = Vec::new();
        let result = Spec::for_str(spec.as_bytes(), "str").and_then(|spec| format_str(&mut out, &spec, value.as_bytes(), "str"));
        String::from_utf8(result.map_or_else(|error| error.message, |()| out)).expect("valid")
    }

    #[test]
    fn integers() {
        assert_eq!(int(1, "05,"), "0,001");
        assert_eq!(int(1234567, ","), "1,234,567");
        assert_eq!(int(-255, "#_x"), "-0xff");
        assert_eq!(int(-255, "=+#10X"), "-0X     FF");
        assert_eq!(int(8364, "€^5c"), "€€€€€");
        assert_eq!(int(3, ".2f"), "3.00");
        assert_eq!(int(3, ",x"), "Cannot specify ',' with 'x'.");
        assert_eq!(int(3, "abc"), "Invalid format specifier 'abc' for object of type 'int'");
        assert_eq!(int(3, "s"), "Unknown format code 's' for object of type 'int'");
    }

    #[test]
    fn floats() {
        assert_eq!(float(1234.5, "012,.2f"), "0,001,234.50");
        assert_eq!(float(f64::INFINITY, "06"), "000inf");
        assert_eq!(float(0.5, "%"), "50.000000%");
        assert_eq!(float(-0.001, "z.1f"), "0.0");
        assert_eq!(float(3.0, ".1"), "3e+00");
    }

    #[test]
    fn strings() {
        assert_eq!(text("héllo", "*^9.3"), "***hél***");
        assert_eq!(text("x", "05"), "x0000");
        assert_eq!(text("x", "d"), "Unknown format code 'd' for object of type 'str'");
        assert_eq!(text("x", "+"), "Sign not allowed in string format specifier");
        assert_eq!(text("x", ","), "Cannot specify ',' with 's'.");
    }
}
