//! `str.format` and `str.format_map`: the walk over a template, attribute and item access, conversions.

use std::ops::Range;

use crate::convert::Kwargs;
use crate::object::str::Str;
use crate::text::str_format::{self, Accessor, Field, Head, Numbering};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// Where fields get their values.
enum Source<'a> {
    Call(&'a [Value], Kwargs<'a>),
    Mapping(Value),
}

/// One call of `format`.
struct Job<'a> {
    template: Gc<Str>,
    source: Source<'a>,
    numbering: Numbering,
}

impl Cx {
    /// `template.format(*args, **kwargs)`. Runs `__format__`, `__getattr__` … of the values.
    pub(crate) fn format_template(&mut self, template: Gc<Str>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Gc<Str>> {
        self.run_format(Job { template, source: Source::Call(args, kwargs), numbering: Numbering::default() })
    }

    /// `template.format_map(mapping)`.
    pub(crate) fn format_template_map(&mut self, template: Gc<Str>, mapping: Value) -> Result<Gc<Str>> {
        self.run_format(Job { template, source: Source::Mapping(mapping), numbering: Numbering::default() })
    }

    fn run_format(&mut self, mut job: Job<'_>) -> Result<Gc<Str>> {
        let mut out = self.take_scratch();
        let all = 0..job.template.byte_len();
        let r = self.format_part(&mut job, all, 2, &mut out);
        let r = r.map(|()| self.str_from_bytes(&out));
        self.keep_scratch(out);
        r
    }

    /// Appends a part of the template with its fields filled in: all of it, or a specification with fields.
    fn format_part(&mut self, job: &mut Job<'_>, part: Range<usize>, depth: u32, out: &mut Vec<u8>) -> Result<()> {
        if depth == 0 {
            return Err(self.value_error("Max string recursion exceeded"));
        }
        let template = job.template;
        for segment in str_format::segments(template.bytes(), part) {
            let segment = segment.map_err(|e| self.text_error(e))?;
            out.extend_from_slice(&template.bytes()[segment.literal]);
            if let Some(field) = segment.field {
                self.format_field(job, field, depth, out)?;
            }
        }
        Ok(())
    }

    fn format_field(&mut self, job: &mut Job<'_>, field: Field, depth: u32, out: &mut Vec<u8>) -> Result<()> {
        let mut v = self.field_value(job, field.name)?;
        match field.conversion {
            None => {}
            Some(c) if c == u32::from('r') => v = self.repr(v)?.value(),
            Some(c) if c == u32::from('s') => v = self.str_value(v)?.value(),
            Some(c) if c == u32::from('a') => v = self.ascii(v)?.value(),
            Some(c) => return Err(self.text_error(str_format::unknown_conversion(c))),
        }
        if field.spec.is_empty() {
            return self.push_formatted(out, v, None);
        }
        let spec = if field.is_nested {
            let mut text = Vec::new();
            self.format_part(job, field.spec, depth - 1, &mut text)?;
            self.str_from_bytes(&text)
        } else {
            let template = job.template;
            self.str_from_bytes(&template.bytes()[field.spec])
        };
        self.push_formatted(out, v, Some(spec))
    }

    /// Appends `format(v, spec)`.
    fn push_formatted(&mut self, out: &mut Vec<u8>, v: Value, spec: Option<Gc<Str>>) -> Result<()> {
        let spec = spec.unwrap_or(self.common.empty);
        if spec.byte_len() == 0 {
            if let Some(i) = v.as_int() {
                crate::text::int_text::push_i64(out, i);
                return Ok(());
            }
        }
        let s = if spec.byte_len() == 0 && self.is_exact(v, self.types.str) { v } else { self.format(v, spec)? };
        if let Some(s) = s.as_gc::<Str>() {
            out.extend_from_slice(s.bytes());
        }
        Ok(())
    }

    /// The value that a field name stands for.
    fn field_value(&mut self, job: &mut Job<'_>, name: Range<usize>) -> Result<Value> {
        let template = job.template;
        let text = template.bytes();
        let (head, accessors) = str_format::split_name(text, name).map_err(|e| self.text_error(e))?;
        let position = job.numbering.position(&head).map_err(|e| self.text_error(e))?;
        let mut v = match (position, &job.source) {
            (Some(i), Source::Call(args, _)) => match args.get(i) {
                Some(&v) => v,
                None => {
                    return Err(self.index_error(format!("Replacement index {i} out of range for positional args tuple")));
                }
            },
            (Some(_), Source::Mapping(_)) => {
                return Err(self.value_error("Format string contains positional fields"));
            }
            (None, source) => {
                let Head::Key(key) = head else {
                    return Err(self.value_error("Format string contains positional fields"));
                };
                match source {
                    Source::Call(_, kwargs) => match kwargs.iter().find(|(n, _)| n.bytes() == &text[key.clone()]) {
                        Some((_, v)) => v,
                        None => {
                            let key = self.str_from_bytes(&text[key]).value();
                            return Err(self.key_error(key));
                        }
                    },
                    Source::Mapping(m) => {
                        let m = *m;
                        let key = self.str_from_bytes(&text[key]).value();
                        self.get_item(m, key)?
                    }
                }
            }
        };
        for accessor in accessors {
            v = match accessor.map_err(|e| self.text_error(e))? {
                Accessor::Attribute(name) => {
                    let name = self.intern_bytes(&text[name]);
                    self.get_attr(v, name)?
                }
                Accessor::Index(i) => {
                    let i = self.int(i as i64);
                    self.get_item(v, i)?
                }
                Accessor::Key(key) => {
                    let key = self.str_from_bytes(&text[key]).value();
                    self.get_item(v, key)?
                }
            };
        }
        Ok(v)
    }
}
