//! `str.encode` and `bytes.decode`: finding the codec and the error handler, and raising what the codecs refuse.

use crate::object::bytes::{ByteArray, Bytes};
use crate::object::str::Str;
use crate::protocol::bytes_of;
use crate::text::codec::{self, Codec, DecodeFault, EncodeFault, Errors, Names, Refused};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised, Result};

/// Codecs that CPython knows but that do not go between text and bytes.
const NOT_TEXT: &[&str] = &[
    "base64",
    "base_64",
    "base64_codec",
    "bz2",
    "bz2_codec",
    "hex",
    "hex_codec",
    "quopri",
    "quopri_codec",
    "quoted_printable",
    "rot13",
    "rot_13",
    "uu",
    "uu_codec",
    "zip",
    "zlib",
    "zlib_codec",
];

/// The names of characters, for `namereplace` and `\N{…}`.
pub const NAMES: Names = Names { lookup: name_lookup, name: push_name };

fn name_lookup(name: &[u8]) -> Option<u32> {
    unicode_names2::character(std::str::from_utf8(name).ok()?).map(u32::from)
}

fn push_name(cp: u32, out: &mut Vec<u8>) -> bool {
    let Some(name) = char::from_u32(cp).and_then(unicode_names2::name) else {
        return false;
    };
    name.for_each(|part| out.extend_from_slice(part.as_bytes()));
    true
}

/// The message of an error inside a codec: CPython calls a few codecs directly and wraps what others raise.
fn in_codec(message: &str, class: &str, encoding: Option<Gc<Str>>, direction: &str) -> String {
    const DIRECT: &[&str] = &["utf8", "utf_8", "utf16", "utf_16", "utf32", "utf_32", "ascii", "us_ascii", "latin1", "latin_1", "iso_8859_1", "iso8859_1"];
    let Some(name) = encoding else {
        return message.to_string();
    };
    let plain = name.lossy().to_ascii_lowercase().replace('-', "_");
    if DIRECT.contains(&plain.as_str()) {
        return message.to_string();
    }
    format!("{direction} with '{}' codec failed ({class}: {message})", name.lossy())
}

impl Cx {
    /// The codec of a name, or LookupError.
    pub fn codec_of(&mut self, encoding: Option<Gc<Str>>) -> Result<Codec> {
        let Some(name) = encoding else {
            return Ok(Codec::Utf8);
        };
        if memchr::memchr(0, name.bytes()).is_some() {
            return Err(self.value_error("embedded null character"));
        }
        match Codec::from_name(name.bytes()) {
            Some(c) => Ok(c),
            None => {
                let plain = name.lossy().to_ascii_lowercase().replace('-', "_");
                let text = if NOT_TEXT.contains(&plain.as_str()) {
                    format!("'{}' is not a text encoding; use codecs.%s() to handle arbitrary codecs", name.lossy())
                } else {
                    format!("unknown encoding: {}", name.lossy())
                };
                Err(self.lookup_error(text))
            }
        }
    }

    /// LookupError for a handler that is needed and not there. (CPython does not look at its name before.)
    #[cold]
    fn no_error_handler(&mut self, errors: Option<Gc<Str>>, encoding: Option<Gc<Str>>, direction: &str) -> Raised {
        let name = errors.map(|e| e.lossy().into_owned()).unwrap_or_default();
        let text = in_codec(&format!("unknown error handler name '{name}'"), "LookupError", encoding, direction);
        self.lookup_error(text)
    }

    /// `s.encode(encoding, errors)`.
    pub fn encode_str(&mut self, s: Gc<Str>, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> Result<Gc<Bytes>> {
        let codec = self.codec_of(encoding).map_err(|r| self.name_direction(r, "encode"))?;
        if s.is_ascii() && matches!(codec, Codec::Utf8 | Codec::Ascii | Codec::Latin1) || matches!(codec, Codec::Utf8) && s.is_valid() {
            return Ok(self.bytes(s.bytes()));
        }
        let known = errors.map_or(Some(Errors::Strict), |e| Errors::from_name(e.bytes()));
        let mut out = self.take_scratch();
        let r = codec::encode(codec, s.bytes(), known.unwrap_or(Errors::Strict), NAMES, &mut out);
        let r = match r {
            Ok(()) => Ok(self.bytes(&out)),
            Err(Refused::Fault(f)) if known.is_some() => Err(self.encode_error(&f, s)),
            Err(Refused::Fault(_)) => Err(self.no_error_handler(errors, encoding, "encoding")),
            Err(Refused::Direction) => Err(self.type_error("don't know how to handle UnicodeEncodeError in error callback")),
        };
        self.keep_scratch(out);
        r
    }

    /// `b.decode(encoding, errors)` of the bytes that `object` lends.
    pub fn decode_bytes(&mut self, object: Value, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> Result<Gc<Str>> {
        let data = bytes_of(object).unwrap_or_default();
        if data.is_empty() {
            // CPython does not even look for the codec.
            return Ok(self.common.empty);
        }
        let codec = self.codec_of(encoding).map_err(|r| self.name_direction(r, "decode"))?;
        if matches!(codec, Codec::Utf8) {
            if let Ok(text) = std::str::from_utf8(data) {
                return Ok(self.str(text));
            }
        }
        let known = errors.map_or(Some(Errors::Strict), |e| Errors::from_name(e.bytes()));
        let mut out = self.take_scratch();
        let r = codec::decode_with(codec, data, true, NAMES, &mut { known.unwrap_or(Errors::Strict) }, &mut out);
        let r = match r {
            Ok(_) => Ok(self.str_from_bytes(&out)),
            Err(Refused::Fault(f)) if known.is_some() => Err(self.decode_error(&f, data)),
            Err(Refused::Fault(_)) => Err(self.no_error_handler(errors, encoding, "decoding")),
            Err(Refused::Direction) => {
                let message = Errors::decoding_type_error().message;
                let text = in_codec(&String::from_utf8_lossy(&message), "TypeError", encoding, "decoding");
                Err(self.type_error(text))
            }
        };
        self.keep_scratch(out);
        std::hint::black_box(object);
        r
    }

    /// Puts the direction into the message about a codec that is not for text.
    #[cold]
    fn name_direction(&mut self, raised: Raised, direction: &str) -> Raised {
        use crate::object::exception::Exception;
        let e = self.take_pending(raised);
        let message = e.as_gc::<Exception>().and_then(|e| e.args.get()).and_then(|a| a.items().first().copied()).and_then(|m| m.as_gc::<Str>());
        match message {
            Some(m) if m.lossy().contains("%s") => self.lookup_error(m.lossy().replace("%s", direction)),
            _ => self.reraise(e),
        }
    }

    /// `str(object, encoding, errors)`.
    pub(crate) fn decode_object(&mut self, object: Value, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> Result<Gc<Str>> {
        if object.as_gc::<Str>().is_some() {
            return Err(self.type_error("decoding str is not supported"));
        }
        if bytes_of(object).is_none() {
            let text = format!("decoding to str: need a bytes-like object, {} found", self.type_name(object));
            return Err(self.type_error(text));
        }
        self.decode_bytes(object, encoding, errors)
    }

    /// Raises UnicodeEncodeError.
    #[cold]
    pub fn encode_error(&mut self, fault: &EncodeFault, text: Gc<Str>) -> Raised {
        let object = self.plain_str(text).value();
        let class = self.types.unicode_encode_error;
        self.unicode_error(class, fault.encoding, object, (fault.start, fault.end), fault.reason)
    }

    /// Raises UnicodeDecodeError.
    #[cold]
    pub fn decode_error(&mut self, fault: &DecodeFault, data: &[u8]) -> Raised {
        let object = self.bytes(&data[fault.base.min(data.len())..]).value();
        let class = self.types.unicode_decode_error;
        self.unicode_error(class, fault.encoding, object, (fault.start, fault.end), fault.reason)
    }

    fn unicode_error(&mut self, class: Gc<crate::object::class::Type>, encoding: &str, object: Value, range: (usize, usize), reason: &str) -> Raised {
        let encoding = self.str(encoding).value();
        let reason = self.str(reason).value();
        let (start, end) = (self.int(range.0 as i64), self.int(range.1 as i64));
        // By the class, so that the attributes `encoding`, `object` … are set.
        match self.call(class.value(), &[encoding, object, start, end, reason]) {
            Ok(e) => self.raise_value(e),
            Err(r) => r,
        }
    }

    /// A bytes-like argument, or `a bytes-like object is required, not 'int'`.
    pub(crate) fn bytes_argument<'a>(&mut self, v: Value) -> Result<&'a [u8]> {
        match bytes_of(v) {
            Some(b) => Ok(b),
            None => {
                let text = format!("a bytes-like object is required, not '{}'", self.type_name(v));
                Err(self.type_error(text))
            }
        }
    }

    /// A new object of the class `bytes` or `bytearray`, whichever `like` is.
    pub(crate) fn bytes_like(&mut self, like: Value, data: &[u8]) -> Value {
        match like.as_gc::<ByteArray>() {
            Some(_) => self.bytearray(data).value(),
            None => self.bytes(data).value(),
        }
    }
}
