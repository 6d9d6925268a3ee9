//! Answers questions about `gscript_vm::text`, one per line, for `tests/text/differential.py`.
//!
//! A question is the name of a function and its arguments, separated by tabs: texts and bytes
//! in hexadecimal, numbers in decimal, floats as the hexadecimal digits of their bits. An answer
//! is `ok` and a text in hexadecimal, or `error`, the type of the exception and its message.

use std::io::{self, BufRead, BufWriter, Write};

use gscript_vm::text::codec::{self, Codec, DecodeFault, EncodeFault, Errors, Names, Refused};
use gscript_vm::text::int_text::{Int, IntRef, ParseError, Radix};
use gscript_vm::text::layout::Justify;
use gscript_vm::text::search::{Flavour, Side};
use gscript_vm::text::spec::Spec;
use gscript_vm::text::{
    ErrorKind, TextError, case, complex_text, ctype, escape, float_parse, float_repr, int_text, layout, percent, search, spec, str_format, utf8,
};
use num_bigint::BigInt;

type Answer = Result<Vec<u8>, TextError>;

/// The arguments of a question.
struct Args<'a>(Vec<&'a str>);

impl Args<'_> {
    fn bytes(&self, at: usize) -> Vec<u8> {
        let text = self.0[at].as_bytes();
        let digit = |byte: u8| (byte as char).to_digit(16).expect("hexadecimal") as u8;
        text.chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
    }

    fn word(&self, at: usize) -> &str {
        self.0[at]
    }

    fn int(&self, at: usize) -> i64 {
        self.0[at].parse().expect("a small number")
    }

    fn big(&self, at: usize) -> BigInt {
        let number = match self.0[at].split_once("0x") {
            Some((sign, digits)) => BigInt::parse_bytes(format!("{sign}{digits}").as_bytes(), 16),
            None => self.0[at].parse().ok(),
        };
        number.expect("a number")
    }

    fn float(&self, at: usize) -> f64 {
        f64::from_bits(u64::from_str_radix(self.0[at], 16).expect("bits"))
    }
}

/// Calls `f` with `n` in the form the machine would have.
fn with_int<R>(n: &BigInt, f: impl FnOnce(IntRef<'_>) -> R) -> R {
    match i64::try_from(n) {
        Ok(small) => f(IntRef::Small(small)),
        Err(_) => f(IntRef::Big(n)),
    }
}

fn written(f: impl FnOnce(&mut Vec<u8>) -> Result<(), TextError>) -> Answer {
    let mut out = b"before".to_vec();
    f(&mut out)?;
    Ok(out.split_off(6))
}

fn float_bits(x: f64) -> Vec<u8> {
    let bits = if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() };
    format!("{bits:016x}").into_bytes()
}

fn numbers(question: &str, args: &Args<'_>) -> Option<Answer> {
    Some(match question {
        "float_repr" => written(|out| {
            float_repr::push_repr(out, args.float(0));
            Ok(())
        }),
        "float_hex" => written(|out| {
            float_repr::push_hex(out, args.float(0));
            Ok(())
        }),
        "float_fromhex" => float_parse::from_hex(&args.bytes(0)).map(float_bits),
        "float_parse" => match float_parse::parse(&args.bytes(0), args.int(1) == 1) {
            Some(x) => Ok(float_bits(x)),
            None => Err(TextError::value("")),
        },
        "round" => match float_repr::round(args.float(0), args.int(1)) {
            Some(x) => Ok(float_bits(x)),
            None => Err(TextError::overflow("rounded value too large to represent")),
        },
        "ratio" => Ok(match float_repr::as_integer_ratio(args.float(0)) {
            Some((top, bottom)) => format!("{top}/{bottom}").into_bytes(),
            None => b"none".to_vec(),
        }),
        "int_parse" => match int_text::parse(&args.bytes(0), args.int(1) as u32, int_text::DEFAULT_MAX_DIGITS) {
            Ok(Int::Small(n)) => Ok(format!("{:#x}", BigInt::from(n)).into_bytes()),
            Ok(Int::Big(n)) if i64::try_from(&n).is_ok() => Ok(b"not small".to_vec()),
            Ok(Int::Big(n)) => Ok(format!("{n:#x}").into_bytes()),
            Err(ParseError::Invalid) => Err(TextError::value("invalid")),
            Err(ParseError::BadBase) => Err(TextError::value("int() base must be >= 2 and <= 36, or 0")),
            Err(ParseError::TooManyDigits(digits)) => Err(TextError::value(int_text::too_many_digits_to_read(4300, digits))),
        },
        "int_text" => written(|out| {
            with_int(&args.big(0), |n| match args.int(1) {
                2 => int_text::push_prefixed(out, n, Radix::Binary),
                8 => int_text::push_prefixed(out, n, Radix::Octal),
                16 => int_text::push_prefixed(out, n, Radix::Hex),
                _ => int_text::push_decimal(out, n),
            });
            Ok(())
        }),
        "format_int" => written(|out| {
            let spec = Spec::for_number(&args.bytes(1), "int")?;
            with_int(&args.big(0), |n| spec::format_int(out, &spec, n, "int", int_text::DEFAULT_MAX_DIGITS))
        }),
        "format_float" => written(|out| {
            let spec = Spec::for_number(&args.bytes(1), "float")?;
            spec::format_float(out, &spec, args.float(0), "float")
        }),
        "format_complex" => written(|out| {
            let spec = Spec::for_number(&args.bytes(2), "complex")?;
            spec::format_complex(out, &spec, args.float(0), args.float(1), "complex")
        }),
        "format_str" => written(|out| {
            let spec = Spec::for_str(&args.bytes(1), "str")?;
            spec::format_str(out, &spec, &args.bytes(0), "str")
        }),
        _ => return None,
    })
}

fn characters(question: &str, args: &Args<'_>) -> Option<Answer> {
    Some(match question {
        "utf8" => {
            let text = args.bytes(0);
            let index = args.int(1) as usize;
            let at = utf8::decode_at(&text, utf8::offset_of(&text, index)).map(|it| it.0 as i64).unwrap_or(-1);
            let flags = utf8::flags(&text);
            Ok(format!("{} {at} {} {}", utf8::count(&text), flags.is_ascii, flags.is_valid_utf8).into_bytes())
        }
        "ctype" => {
            let cp = args.int(0) as u32;
            let flags = [
                ctype::is_alpha(cp),
                ctype::is_decimal(cp),
                ctype::is_digit(cp),
                ctype::is_numeric(cp),
                ctype::is_space(cp),
                ctype::is_lower(cp),
                ctype::is_upper(cp),
                ctype::is_printable(cp),
                ctype::is_alnum(cp),
            ];
            let flags: String = flags.iter().map(|&flag| if flag { '1' } else { '0' }).collect();
            let value = |value: Option<f64>| value.map_or("none".to_string(), |value| format!("{value:?}"));
            Ok(format!(
                "{flags} {} {} {}",
                value(ctype::decimal_value(cp).map(f64::from)),
                value(ctype::digit_value(cp).map(f64::from)),
                value(ctype::numeric_value(cp)),
            )
            .into_bytes())
        }
        _ => return None,
    })
}

/// The only name the probe knows.
const NAMES: Names = Names {
    lookup: |name| name.eq_ignore_ascii_case(b"EURO SIGN").then_some(0x20AC),
    name: |cp, out| {
        if cp == 0x20AC {
            out.extend_from_slice(b"EURO SIGN");
        }
        cp == 0x20AC
    },
};

fn refused_decoding(refused: Refused<DecodeFault>, bytes: &[u8]) -> TextError {
    match refused {
        Refused::Fault(fault) => {
            let mut error = TextError::value(fault.message(&bytes[fault.base..]));
            error.message.splice(0..0, *b"D");
            error
        }
        Refused::Direction => Errors::decoding_type_error(),
    }
}

fn refused_encoding(refused: Refused<EncodeFault>, text: &[u8]) -> TextError {
    let Refused::Fault(fault) = refused else {
        return TextError::value("");
    };
    let mut error = TextError::value(fault.message(text));
    error.message.splice(0..0, *b"E");
    error
}

fn codecs(question: &str, args: &Args<'_>) -> Option<Answer> {
    let codec = |at: usize| Codec::from_name(&args.bytes(at)).expect("a known codec");
    let errors = |at: usize| Errors::from_name(&args.bytes(at)).expect("a known handler");
    let plain = |f: fn(&mut Vec<u8>, &[u8])| {
        written(|out| {
            f(out, &args.bytes(0));
            Ok(())
        })
    };
    Some(match question {
        "decode" | "decode_partial" => {
            let bytes = args.bytes(1);
            let is_final = question == "decode";
            written(|out| {
                let before = out.len();
                let progress =
                    codec::decode_with(codec(0), &bytes, is_final, NAMES, &mut errors(2), out).map_err(|refused| refused_decoding(refused, &bytes))?;
                if !is_final {
                    out.splice(before..before, format!("{} ", progress.consumed).into_bytes());
                }
                Ok(())
            })
        }
        "encode" => {
            let text = args.bytes(1);
            written(|out| codec::encode(codec(0), &text, errors(2), NAMES, out).map_err(|refused| refused_encoding(refused, &text)))
        }
        "codec_name" => Ok(Codec::from_name(&args.bytes(0)).map_or("none", Codec::name).into()),
        "repr" => plain(escape::push_repr),
        "ascii" => plain(escape::push_ascii),
        "ascii_only" => plain(escape::push_ascii_only),
        "bytes_repr" => plain(escape::push_bytes_repr),
        "escape_encode" => plain(escape::push_escape_encoded),
        "escape_decode" => written(|out| codec::escape_decode(&args.bytes(0), &args.bytes(1), out).map(|_| ())),
        _ => return None,
    })
}

/// Joins parts so that the oracle can do the same: each in brackets.
fn listed<'a>(parts: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    parts.flat_map(|part| [b"[", part, b"]"].concat()).collect()
}

/// Questions about str and bytes methods; the first argument is the flavour.
fn methods(question: &str, args: &Args<'_>) -> Option<Answer> {
    let flavour = if args.word(0) == "str" { Flavour::Text } else { Flavour::Bytes };
    let is_text = flavour == Flavour::Text;
    let bytes = |at: usize| args.bytes(at);
    let limit = |at: usize| usize::try_from(args.int(at)).unwrap_or(usize::MAX);
    let content = bytes(1);
    let content = &content[..];
    let shown = |at: Option<usize>| at.map_or("-1".to_string(), |at| flavour.len(&content[..at]).to_string()).into_bytes();
    let truth = |value: bool| Ok(if value { b"True".to_vec() } else { b"False".to_vec() });
    let ranges = |ranges: Vec<std::ops::Range<usize>>| Ok(listed(ranges.into_iter().map(|range| &content[range])));
    let plain = |f: &dyn Fn(&mut Vec<u8>)| {
        written(|out| {
            f(out);
            Ok(())
        })
    };
    let side = |name: &str| match name {
        "lstrip" => Side::Left,
        "rstrip" => Side::Right,
        _ => Side::Both,
    };
    let justify = |name: &str| match name {
        "ljust" => Justify::Left,
        "rjust" => Justify::Right,
        _ => Justify::Center,
    };
    Some(match question {
        "find" => Ok(shown(search::find(content, &bytes(2)))),
        "rfind" => Ok(shown(search::rfind(content, &bytes(2)))),
        "count" => Ok(search::count(content, &bytes(2), flavour).to_string().into_bytes()),
        "replace" => written(|out| search::replace(out, content, &bytes(2), &bytes(3), limit(4), flavour).map(|_| ())),
        "split" => ranges(search::split(content, &bytes(2), limit(3)).collect()),
        "rsplit" => ranges(search::rsplit(content, &bytes(2), limit(3))),
        "split_space" => ranges(search::split_whitespace(content, limit(2), flavour).collect()),
        "rsplit_space" => ranges(search::rsplit_whitespace(content, limit(2), flavour)),
        "splitlines" => ranges(search::split_lines(content, args.int(2) == 1, flavour).collect()),
        "strip" | "lstrip" | "rstrip" => Ok(content[search::strip(content, side(question), flavour)].to_vec()),
        "strip_set" => Ok(content[search::strip_set(content, &bytes(3), side(args.word(2)), flavour)].to_vec()),
        "ljust" | "rjust" | "center" => written(|out| layout::justify(out, content, limit(2), &bytes(3), justify(question), flavour)),
        "zfill" => written(|out| layout::zfill(out, content, limit(2), flavour)),
        "expandtabs" => written(|out| layout::expand_tabs(out, content, args.int(2), flavour)),
        "translate" => plain(&|out| {
            let table: Option<[u8; 256]> = bytes(2).try_into().ok();
            layout::translate(out, content, table.as_ref(), &bytes(3))
        }),
        "hex" => plain(&|out| layout::push_hex(out, content, bytes(2).first().copied(), args.int(3))),
        "fromhex" => written(|out| layout::push_from_hex(out, content)),
        "upper" if is_text => plain(&|out| case::push_upper(out, content)),
        "lower" if is_text => plain(&|out| case::push_lower(out, content)),
        "title" if is_text => plain(&|out| case::push_title(out, content)),
        "capitalize" if is_text => plain(&|out| case::push_capitalize(out, content)),
        "swapcase" if is_text => plain(&|out| case::push_swapcase(out, content)),
        "casefold" => plain(&|out| case::push_casefold(out, content)),
        "title" => plain(&|out| case::push_ascii_title(out, content)),
        "capitalize" => plain(&|out| case::push_ascii_capitalize(out, content)),
        "swapcase" => plain(&|out| case::push_ascii_swapcase(out, content)),
        "isidentifier" => truth(case::is_identifier(content)),
        "isprintable" => truth(case::is_printable(content)),
        "isdecimal" => truth(case::is_decimal(content)),
        "isnumeric" => truth(case::is_numeric(content)),
        "isalpha" => truth(if is_text { case::is_alpha } else { case::is_ascii_alpha }(content)),
        "isdigit" => truth(if is_text { case::is_digit } else { case::is_ascii_digit }(content)),
        "isalnum" => truth(if is_text { case::is_alnum } else { case::is_ascii_alnum }(content)),
        "isspace" => truth(if is_text { case::is_space } else { case::is_ascii_space }(content)),
        "islower" => truth(if is_text { case::is_lower } else { case::is_ascii_lower }(content)),
        "isupper" => truth(if is_text { case::is_upper } else { case::is_ascii_upper }(content)),
        "istitle" => truth(if is_text { case::is_title } else { case::is_ascii_title }(content)),
        _ => return None,
    })
}

/// `template % values`, where all values are small integers and a mapping gives each key's length.
fn percent(args: &Args<'_>) -> Answer {
    let flavour = if args.word(0) == "str" { Flavour::Text } else { Flavour::Bytes };
    let template = args.bytes(1);
    let is_mapping = args.int(2) == 1;
    let values: Vec<i64> = args.0[3..].iter().map(|word| word.parse().expect("a number")).collect();
    let mut taken = 0;
    // A key's value is there once, for a star or for the field.
    let mut next = |key_value: &mut Option<i64>, is_keyed: bool| {
        let too_few = || TextError::type_error("not enough arguments for format string");
        if is_keyed {
            return key_value.take().ok_or_else(too_few);
        }
        taken += 1;
        values.get(taken - 1).copied().ok_or_else(too_few)
    };
    let mut out = Vec::new();
    for piece in percent::pieces(&template, flavour) {
        let (field, broken) = match piece {
            Ok(percent::Piece::Literal(range)) => {
                out.extend_from_slice(&template[range]);
                continue;
            }
            Ok(percent::Piece::Percent) => {
                out.push(b'%');
                continue;
            }
            Ok(percent::Piece::Field(field)) => (field, None),
            Err(broken) => (broken.field.clone(), Some(broken)),
        };
        if field.key.is_some() && !is_mapping {
            return Err(TextError::type_error("format requires a mapping"));
        }
        if let Some(broken) = broken.as_ref().filter(|broken| broken.is_key_incomplete) {
            return Err(broken.error.clone());
        }
        let is_keyed = field.key.is_some();
        let mut key_value = field.key.as_ref().map(|key| key.len() as i64);
        let mut star = |amount| match amount {
            percent::Amount::Star => next(&mut key_value, is_keyed).map(Some),
            _ => Ok(None),
        };
        let width = star(field.width)?;
        let precision = star(field.precision)?;
        if let Some(broken) = broken {
            return Err(broken.error);
        }
        let value = next(&mut key_value, is_keyed)?;
        let layout = percent::Layout::new(&field, width, precision);
        match char::from_u32(field.conversion).unwrap_or('\0') {
            conversion @ ('d' | 'i' | 'u' | 'o' | 'x' | 'X') => {
                percent::push_int(&mut out, &layout, conversion, IntRef::Small(value), 4300)?;
            }
            conversion @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G') => {
                percent::push_float(&mut out, &layout, conversion, value as f64)?;
            }
            'c' => {
                let mut char = Vec::new();
                match flavour {
                    Flavour::Text => utf8::push(&mut char, value.unsigned_abs() as u32),
                    Flavour::Bytes => char.push(value as u8),
                }
                percent::push_char(&mut out, &layout, &char, flavour)?;
            }
            's' | 'r' | 'a' => {
                percent::push_text(&mut out, &layout, value.to_string().as_bytes(), flavour)?;
            }
            _ => return Err(percent::unsupported(&template, &field, flavour)),
        }
    }
    if !is_mapping && taken < values.len() {
        let kind = if flavour == Flavour::Text { "string" } else { "bytes" };
        return Err(TextError::type_error(format!("not all arguments converted during {kind} formatting")));
    }
    Ok(out)
}

fn percent_number(question: &str, args: &Args<'_>) -> Answer {
    let template = args.bytes(1);
    let flavour = if args.word(0) == "str" { Flavour::Text } else { Flavour::Bytes };
    let Some(Ok(percent::Piece::Field(field))) = percent::pieces(&template, flavour).next() else {
        panic!("not a field");
    };
    let layout = percent::Layout::new(&field, None, None);
    let conversion = char::from_u32(field.conversion).expect("a character");
    written(|out| match question {
        "percent_float" => percent::push_float(out, &layout, conversion, args.float(2)),
        _ => with_int(&args.big(2), |n| percent::push_int(out, &layout, conversion, n, 4300)),
    })
}

fn templates(question: &str, args: &Args<'_>) -> Option<Answer> {
    let bytes = |at: usize| args.bytes(at);
    Some(match question {
        "percent" => percent(args),
        "percent_float" | "percent_int" => percent_number(question, args),
        "percent_text" => {
            let template = bytes(1);
            let flavour = if args.word(0) == "str" { Flavour::Text } else { Flavour::Bytes };
            let Some(Ok(percent::Piece::Field(field))) = percent::pieces(&template, flavour).next() else {
                panic!("not a field");
            };
            written(|out| percent::push_text(out, &percent::Layout::new(&field, None, None), &bytes(2), flavour))
        }
        "format_segments" => (|| {
            let template = bytes(0);
            let part = |range: std::ops::Range<usize>| [b"[", &template[range], b"]"].concat();
            let mut out = Vec::new();
            for segment in str_format::segments(&template, 0..template.len()) {
                let segment = segment?;
                out.extend(part(segment.literal));
                if let Some(field) = segment.field {
                    out.extend(part(field.name));
                    out.extend(part(field.spec));
                    if let Some(conversion) = field.conversion {
                        utf8::push(&mut out, conversion);
                    }
                }
            }
            Ok(out)
        })(),
        "format_name" => (|| {
            use str_format::{Accessor, Head};
            let name = bytes(0);
            let part = |mark: &str, range: std::ops::Range<usize>| [mark.as_bytes(), &name[range], b";"].concat();
            let (head, accessors) = str_format::split_name(&name, 0..name.len())?;
            let mut out = match head {
                Head::Auto => b"k;".to_vec(),
                Head::Index(index) => format!("{index};").into_bytes(),
                Head::Key(range) => part("k", range),
            };
            for accessor in accessors {
                out.extend(match accessor? {
                    Accessor::Attribute(range) => part("a", range),
                    Accessor::Index(index) => format!("{index};").into_bytes(),
                    Accessor::Key(range) => part("k", range),
                });
            }
            Ok(out)
        })(),
        "format_numbers" => (|| {
            let template = bytes(0);
            let mut numbering = str_format::Numbering::default();
            let mut out = Vec::new();
            for segment in str_format::segments(&template, 0..template.len()) {
                let name = segment?.field.expect("fields only").name;
                let (head, _) = str_format::split_name(&template, name)?;
                let position = numbering.position(&head)?;
                out.extend(position.map_or("a".to_string(), |position| position.to_string()).into_bytes());
            }
            Ok(out)
        })(),
        "format_conversion" => Err(str_format::unknown_conversion(args.int(0) as u32)),
        "complex_repr" => written(|out| {
            complex_text::push_repr(out, args.float(0), args.float(1));
            Ok(())
        }),
        "complex_parse" => match complex_text::parse(&bytes(0)) {
            Ok((re, im)) => Ok([float_bits(re), float_bits(im)].concat()),
            Err(complex_text::ParseError::Malformed) => Err(complex_text::ParseError::malformed()),
            Err(complex_text::ParseError::Underscore) => Err(TextError::value("underscore")),
        },
        _ => return None,
    })
}

fn answer(question: &str, args: &Args<'_>) -> Answer {
    numbers(question, args)
        .or_else(|| templates(question, args))
        .or_else(|| characters(question, args))
        .or_else(|| codecs(question, args))
        .or_else(|| methods(question, args))
        .unwrap_or_else(|| panic!("unknown question {question}"))
}

fn main() {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line.expect("readable input");
        let mut words = line.split('\t');
        let question = words.next().expect("a first word");
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let text = match answer(question, &Args(words.collect())) {
            Ok(text) => format!("ok\t{}", hex(&text)),
            Err(TextError { kind, message }) => {
                // Faults of codecs carry a letter for their direction.
                let (kind, message) = match (kind, &message[..]) {
                    (_, [b'D', rest @ ..]) if rest.starts_with(b"'") => ("UnicodeDecodeError", rest),
                    (_, [b'E', rest @ ..]) if rest.starts_with(b"'") => ("UnicodeEncodeError", rest),
                    (kind, message) => (kind_name(kind), message),
                };
                format!("error\t{kind}\t{}", hex(message))
            }
        };
        writeln!(out, "{text}").expect("writable output");
    }
}

fn kind_name(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Value => "ValueError",
        ErrorKind::Type => "TypeError",
        ErrorKind::Overflow => "OverflowError",
        ErrorKind::Memory => "MemoryError",
    }
}
