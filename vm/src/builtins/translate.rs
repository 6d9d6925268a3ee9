//! `str.translate` and `str.maketrans`.

use crate::object::dict::Dict;
use crate::object::int::{IntRef, int_ref};
use crate::object::str::{Str, decode_code_point};
use crate::text::utf8;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// What a table makes of a character; remembered for ASCII ones, as CPython does.
#[derive(Clone, Copy)]
enum Mapped {
    Unknown,
    Deleted,
    Byte(u8),
}

impl Cx {
    /// `s.translate(table)`. Runs the table's `__getitem__`.
    pub(crate) fn str_translate(&mut self, s: Gc<Str>, table: Value) -> Result<Gc<Str>> {
        let mut out = Vec::with_capacity(s.byte_len());
        let mut known = [Mapped::Unknown; 128];
        let mut at = 0;
        while at < s.byte_len() {
            let (c, len) = decode_code_point(s.bytes(), at);
            at += len;
            if c < 128 {
                match known[c as usize] {
                    Mapped::Byte(b) => {
                        out.push(b);
                        continue;
                    }
                    Mapped::Deleted => continue,
                    Mapped::Unknown => {}
                }
            }
            let before = out.len();
            self.push_translated(&mut out, c, table)?;
            let more = out.len() - before;
            self.check_growth(&out, more)?;
            if c < 128 {
                match out[before..] {
                    [] => known[c as usize] = Mapped::Deleted,
                    [b] => known[c as usize] = Mapped::Byte(b),
                    _ => {}
                }
            }
        }
        std::hint::black_box(s);
        Ok(self.str_from_bytes(&out))
    }

    fn push_translated(&mut self, out: &mut Vec<u8>, c: u32, table: Value) -> Result<()> {
        let key = Value::int32(c as i32);
        let found = match table.as_gc::<Dict>().filter(|_| self.is_exact(table, self.types.dict)) {
            Some(d) => self.dict_get(d, key)?,
            None => match self.get_item(table, key) {
                Ok(v) => Some(v),
                Err(r) if self.pending_is(self.types.lookup_error) => {
                    self.take_pending(r);
                    None
                }
                Err(r) => return Err(r),
            },
        };
        let Some(v) = found else {
            utf8::push(out, c);
            return Ok(());
        };
        if v.is_none() {
            return Ok(());
        }
        if let Some(s) = v.as_gc::<Str>() {
            out.extend_from_slice(s.bytes());
            return Ok(());
        }
        match int_ref(v) {
            Some(IntRef::Small(i @ 0..=0x10_FFFF)) => {
                utf8::push(out, i as u32);
                Ok(())
            }
            Some(_) => Err(self.value_error("character mapping must be in range(0x110000)")),
            None => Err(self.type_error("character mapping must return integer, None or str")),
        }
    }

    /// `str.maketrans(x, y, z)`.
    pub(crate) fn str_maketrans(&mut self, x: Value, y: Option<Gc<Str>>, z: Option<Gc<Str>>) -> Result<Value> {
        let table = self.dict_new();
        let Some(y) = y else {
            return self.maketrans_from_dict(table, x);
        };
        let Some(x) = x.as_gc::<Str>() else {
            return Err(self.type_error("first maketrans argument must be a string if there is a second argument"));
        };
        if x.char_len() != y.char_len() {
            return Err(self.value_error("the first two maketrans arguments must have equal length"));
        }
        for (from, to) in utf8::code_points(x.bytes()).zip(utf8::code_points(y.bytes())) {
            self.dict_set(table, Value::int32(from as i32), Value::int32(to as i32))?;
        }
        if let Some(z) = z {
            for c in utf8::code_points(z.bytes()) {
                self.dict_set(table, Value::int32(c as i32), Value::NONE)?;
            }
        }
        Ok(table.value())
    }

    fn maketrans_from_dict(&mut self, table: Gc<Dict>, x: Value) -> Result<Value> {
        let Some(from) = x.as_gc::<Dict>().filter(|_| self.is_exact(x, self.types.dict)) else {
            return Err(self.type_error("if you give only one argument to maketrans it must be a dict"));
        };
        let mut at = 0;
        while let Some((k, v)) = from.next(&mut at) {
            let key = match k.as_gc::<Str>() {
                Some(s) if s.char_len() == 1 => Value::int32(decode_code_point(s.bytes(), 0).0 as i32),
                Some(_) => {
                    return Err(self.value_error("string keys in translate table must be of length 1"));
                }
                None if int_ref(k).is_some() => k,
                None => {
                    return Err(self.type_error("keys in translate table must be strings or integers"));
                }
            };
            self.dict_set(table, key, v)?;
        }
        Ok(table.value())
    }
}
