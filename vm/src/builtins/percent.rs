//! `template % values` for `str`, `bytes` and `bytearray`: taking the values one by one and converting them. Reading
//! the template and laying out are in `text::percent`.

use crate::heap::header::Kind;
use crate::number::float_to_bigint;
use crate::object::dunder::Dunder;
use crate::object::int::{IntRef, int_ref};
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::protocol::bytes_of;
use crate::text::int_text;
use crate::text::percent::{self, Amount, Broken, Field, Layout, Piece};
use crate::text::search::Flavour;
use crate::text::utf8;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// The values, and how many were taken: CPython's `args`, `arglen`, `argidx`, where a single value (also the one behind a
/// key) has the length -1 and begins at -2.
struct Values {
    values: Value,
    len: isize,
    at: isize,
    mapping: Option<Value>,
    flavour: Flavour,
}

impl Values {
    fn next(&mut self, cx: &mut Cx) -> Result<Value> {
        if self.at >= self.len {
            return Err(cx.type_error("not enough arguments for format string"));
        }
        self.at += 1;
        if self.len < 0 {
            return Ok(self.values);
        }
        let items = self.values.as_gc::<Tuple>();
        Ok(items.and_then(|t| t.items().get(self.at as usize - 1).copied()).unwrap_or(Value::NONE))
    }

    /// The value of `%(key)`, which is then the only one.
    fn take_key(&mut self, cx: &mut Cx, key: &[u8]) -> Result<()> {
        let mapping = self.mapping(cx)?;
        let key = if self.flavour == Flavour::Text { cx.str_from_bytes(key).value() } else { cx.bytes(key).value() };
        self.values = cx.get_item(mapping, key)?;
        self.len = -1;
        self.at = -2;
        Ok(())
    }

    fn mapping(&self, cx: &mut Cx) -> Result<Value> {
        match self.mapping {
            Some(m) => Ok(m),
            None => Err(cx.type_error("format requires a mapping")),
        }
    }

    /// The values of a field's stars.
    fn stars(&mut self, cx: &mut Cx, field: &Field) -> Result<(Option<i64>, Option<i64>)> {
        let width = self.star(cx, field.width, i64::MAX, "ssize_t")?;
        let precision = self.star(cx, field.precision, i32::MAX as i64, "int")?;
        Ok((width, precision))
    }

    fn star(&mut self, cx: &mut Cx, amount: Amount, max: i64, c_type: &str) -> Result<Option<i64>> {
        if amount != Amount::Star {
            return Ok(None);
        }
        let v = self.next(cx)?;
        match int_ref(v) {
            Some(IntRef::Small(i)) if (-max - 1..=max).contains(&i) => Ok(Some(i)),
            Some(_) => Err(cx.overflow_error(format!("Python int too large to convert to C {c_type}"))),
            None => Err(cx.type_error("* wants int")),
        }
    }
}

impl Cx {
    /// `template % values`, for str, bytes and bytearray. Runs methods of the values.
    pub(crate) fn percent_format(&mut self, template: Value, values: Value) -> Result<Value> {
        let text = template.as_gc::<Str>();
        let flavour = if text.is_some() { Flavour::Text } else { Flavour::Bytes };
        let len = values.as_gc::<Tuple>().map_or(-1, |t| t.len() as isize);
        let mapping = if len < 0 && self.is_percent_mapping(values, flavour) { Some(values) } else { None };
        let mut source = Values { values, len, at: if len < 0 { -2 } else { 0 }, mapping, flavour };
        let mut out = self.take_scratch();
        let r = match text {
            Some(s) => self.percent_pieces(s.bytes(), &mut source, &mut out),
            None => {
                // A bytearray may change while values are converted.
                let copy = bytes_of(template).unwrap_or_default().to_vec();
                self.percent_pieces(&copy, &mut source, &mut out)
            }
        };
        let r = r.map(|()| match text {
            Some(_) => self.str_from_bytes(&out).value(),
            None => self.bytes_like(template, &out),
        });
        self.keep_scratch(out);
        std::hint::black_box(text);
        r
    }

    /// CPython's PyMapping_Check, without the kinds that count as single values.
    fn is_percent_mapping(&mut self, v: Value, flavour: Flavour) -> bool {
        match v.kind() {
            Some(Kind::Str) => false,
            Some(Kind::Bytes | Kind::ByteArray) => flavour == Flavour::Text,
            Some(Kind::Dict | Kind::List | Kind::Range) => true,
            _ => {
                let class = self.class_of(v);
                self.special(class, Dunder::GetItem).is_some()
            }
        }
    }

    fn percent_pieces(&mut self, template: &[u8], source: &mut Values, out: &mut Vec<u8>) -> Result<()> {
        for piece in percent::pieces(template, source.flavour) {
            match piece {
                Ok(Piece::Literal(range)) => out.extend_from_slice(&template[range]),
                Ok(Piece::Percent) => out.push(b'%'),
                Ok(Piece::Field(field)) => self.percent_field(template, &field, source, out)?,
                Err(broken) => return Err(self.percent_broken(template, *broken, source)?),
            }
        }
        if source.at < source.len && source.mapping.is_none() {
            let what = if source.flavour == Flavour::Text { "string" } else { "bytes" };
            return Err(self.type_error(format!("not all arguments converted during {what} formatting")));
        }
        Ok(())
    }

    /// The error of a field that is incomplete, unless one of its values fails before.
    #[cold]
    fn percent_broken(&mut self, template: &[u8], broken: Broken, source: &mut Values) -> Result<crate::vm::Raised> {
        if let Some(key) = &broken.field.key {
            if broken.is_key_incomplete {
                source.mapping(self)?;
            } else {
                source.take_key(self, &template[key.clone()])?;
            }
        }
        source.stars(self, &broken.field)?;
        Ok(self.text_error(broken.error))
    }

    fn percent_field(&mut self, template: &[u8], field: &Field, source: &mut Values, out: &mut Vec<u8>) -> Result<()> {
        let flavour = source.flavour;
        if let Some(key) = &field.key {
            source.take_key(self, &template[key.clone()])?;
        }
        if field.width == Amount::None && field.precision == Amount::None && self.percent_plain(field, source, out) {
            return Ok(());
        }
        let (width, precision) = source.stars(self, field)?;
        let layout = Layout::new(field, width, precision);
        let v = source.next(self)?;
        let conversion = char::from_u32(field.conversion).unwrap_or('\0');
        let pushed = match (conversion, flavour) {
            ('s', Flavour::Text) => {
                let s = self.str_value(v)?;
                percent::push_text(out, &layout, s.bytes(), flavour)
            }
            ('r', Flavour::Text) => {
                let s = self.repr(v)?;
                percent::push_text(out, &layout, s.bytes(), flavour)
            }
            ('a', _) | ('r', Flavour::Bytes) => {
                let s = self.ascii(v)?;
                percent::push_text(out, &layout, s.bytes(), flavour)
            }
            ('s' | 'b', Flavour::Bytes) => {
                let b = self.percent_bytes(v)?;
                percent::push_text(out, &layout, &b, flavour)
            }
            ('c', Flavour::Text) => {
                let c = self.percent_char(v)?;
                percent::push_char(out, &layout, c.bytes(), flavour)
            }
            ('c', Flavour::Bytes) => {
                let c = self.percent_byte(v)?;
                percent::push_char(out, &layout, &[c], flavour)
            }
            ('d' | 'i' | 'u' | 'o' | 'x' | 'X', _) => {
                let i = self.percent_int(v, conversion, flavour)?;
                let limit = self.int_digit_limit;
                match int_ref(i) {
                    Some(i) => percent::push_int(out, &layout, conversion, i, limit),
                    None => Ok(()),
                }
            }
            ('e' | 'E' | 'f' | 'F' | 'g' | 'G', _) => {
                let x = self.percent_float(v, flavour)?;
                percent::push_float(out, &layout, conversion, x)
            }
            _ => Err(percent::unsupported(template, field, flavour)),
        };
        pushed.map_err(|e| self.text_error(e))
    }

    /// `%s` and `%d` of strings and small ints, without width, precision and sign; false: nothing was done.
    fn percent_plain(&mut self, field: &Field, source: &mut Values, out: &mut Vec<u8>) -> bool {
        let is_text = field.conversion == u32::from('s');
        if !is_text && (field.conversion != u32::from('d') || field.flags.plus || field.flags.space) {
            return false;
        }
        let v = if source.at >= source.len {
            return false;
        } else if source.len < 0 {
            source.values
        } else {
            match source.values.as_gc::<Tuple>() {
                Some(t) => t.items()[source.at as usize],
                None => return false,
            }
        };
        match v.as_int() {
            Some(i) if source.flavour == Flavour::Text || !is_text => int_text::push_i64(out, i),
            _ => match v.as_gc::<Str>().filter(|_| is_text && source.flavour == Flavour::Text && self.is_exact(v, self.types.str)) {
                Some(s) => out.extend_from_slice(s.bytes()),
                None => return false,
            },
        }
        source.at += 1;
        true
    }

    /// The int of `%d` and the like.
    fn percent_int(&mut self, v: Value, conversion: char, flavour: Flavour) -> Result<Value> {
        if int_ref(v).is_some() {
            return Ok(v);
        }
        let class = self.class_of(v);
        let is_radix = matches!(conversion, 'o' | 'x' | 'X');
        let has = |cx: &mut Cx, d| cx.special(class, d).is_some();
        let r = if is_radix {
            if has(self, Dunder::Index) { self.index(v) } else { Ok(Value::NONE) }
        } else if let Some(x) = v.as_float().filter(|_| self.is_exact_float(v)) {
            if x.is_nan() {
                return Err(self.value_error("cannot convert float NaN to integer"));
            }
            if x.is_infinite() {
                return Err(self.overflow_error("cannot convert float infinity to integer"));
            }
            Ok(self.bigint(float_to_bigint(x)))
        } else if has(self, Dunder::Int) {
            self.call_special(v, Dunder::Int, &[]).map(|r| r.unwrap_or(Value::NONE))
        } else if has(self, Dunder::Index) {
            self.index(v)
        } else {
            Ok(Value::NONE)
        };
        match r {
            Ok(i) if int_ref(i).is_some() => Ok(i),
            Err(raised) if !self.pending_is(self.types.type_error) => Err(raised),
            other => {
                if let Err(raised) = other {
                    self.take_pending(raised);
                }
                let conversion = if conversion == 'i' && flavour == Flavour::Bytes { 'd' } else { conversion };
                let what = if is_radix { "an integer" } else { "a real number" };
                let text = format!("%{conversion} format: {what} is required, not {}", class.name_text());
                Err(self.type_error(text))
            }
        }
    }

    fn percent_float(&mut self, v: Value, flavour: Flavour) -> Result<f64> {
        match self.to_float(v) {
            Err(r) if flavour == Flavour::Bytes && self.pending_is(self.types.type_error) => {
                self.take_pending(r);
                let text = format!("float argument required, not {}", self.type_name(v));
                Err(self.type_error(text))
            }
            other => other,
        }
    }

    fn percent_char(&mut self, v: Value) -> Result<Gc<Str>> {
        if let Some(s) = v.as_gc::<Str>() {
            return if s.char_len() == 1 { Ok(s) } else { Err(self.type_error("%c requires int or char")) };
        }
        let i = match self.index(v) {
            Ok(i) => i,
            Err(r) if self.pending_is(self.types.type_error) => {
                self.take_pending(r);
                return Err(self.type_error("%c requires int or char"));
            }
            Err(r) => return Err(r),
        };
        match i.as_int() {
            Some(c @ 0..=0x10_FFFF) => {
                let (bytes, len) = utf8::encode(c as u32);
                Ok(self.str_from_bytes(&bytes[..len]))
            }
            _ => Err(self.overflow_error("%c arg not in range(0x110000)")),
        }
    }

    fn percent_byte(&mut self, v: Value) -> Result<u8> {
        let wrong = "%c requires an integer in range(256) or a single byte";
        if let Some(b) = bytes_of(v).filter(|_| matches!(v.kind(), Some(Kind::Bytes | Kind::ByteArray))) {
            return match b {
                [b] => Ok(*b),
                _ => Err(self.type_error(wrong)),
            };
        }
        let class = self.class_of(v);
        if int_ref(v).is_none() && self.special(class, Dunder::Index).is_none() {
            return Err(self.type_error(wrong));
        }
        match self.index(v)?.as_int() {
            Some(i @ 0..=255) => Ok(i as u8),
            _ => Err(self.overflow_error("%c arg not in range(256)")),
        }
    }

    fn percent_bytes(&mut self, v: Value) -> Result<Vec<u8>> {
        if let Some(b) = bytes_of(v).filter(|_| matches!(v.kind(), Some(Kind::Bytes | Kind::ByteArray))) {
            return Ok(b.to_vec());
        }
        if let Some(r) = self.call_special(v, Dunder::Bytes, &[])? {
            return match bytes_of(r).filter(|_| r.kind() == Some(Kind::Bytes)) {
                Some(b) => Ok(b.to_vec()),
                None => {
                    let text = format!("__bytes__ returned non-bytes (type {})", self.type_name(r));
                    Err(self.type_error(text))
                }
            };
        }
        match bytes_of(v) {
            Some(b) => Ok(b.to_vec()),
            None => {
                let text = format!("%b requires a bytes-like object, or an object that implements __bytes__, not '{}'", self.type_name(v));
                Err(self.type_error(text))
            }
        }
    }
}
