//! Colours of tracebacks on terminals. The words stay those that CPython prints.

const PLACE: &str = "\x1b[35m";
const CARETS: &str = "\x1b[1;31m";
const CLASS: &str = "\x1b[1;35m";
const MESSAGE: &str = "\x1b[35m";
const END: &str = "\x1b[0m";

/// Whether colours are to be used on a descriptor: on a terminal, unless `NO_COLOR` is set.
pub fn is_wanted(fd: i32) -> bool {
    let is_refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) || std::env::var_os("TERM").is_some_and(|v| v == "dumb");
    !is_refused && crate::platform::fd::is_terminal(fd)
}

/// The text of an uncaught exception with colours.
pub fn traceback(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() * 2);
    let mut is_behind_frames = false;
    for line in text.split_inclusive(|&b| b == b'\n') {
        let (body, end) = line.strip_suffix(b"\n").map_or((line, &b""[..]), |body| (body, b"\n"));
        let is_caret_line = body.contains(&b'^') && body.iter().all(|b| matches!(b, b' ' | b'^' | b'~'));
        if is_caret_line {
            paint(&mut out, CARETS, body);
        } else if body.starts_with(b"  File \"") {
            place(&mut out, body);
        } else if is_behind_frames && body.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_') {
            exception(&mut out, body);
        } else {
            out.extend_from_slice(body);
        }
        is_behind_frames = body.starts_with(b"  ");
        out.extend_from_slice(end);
    }
    out
}

fn paint(out: &mut Vec<u8>, colour: &str, text: &[u8]) {
    out.extend_from_slice(colour.as_bytes());
    out.extend_from_slice(text);
    out.extend_from_slice(END.as_bytes());
}

/// `  File "name", line 5, in function`
fn place(out: &mut Vec<u8>, line: &[u8]) {
    let mut rest = line;
    for separator in ["  File ", ", line ", ", in "] {
        let at = memchr::memmem::find(rest, separator.as_bytes());
        let Some(at) = at else { break };
        if at > 0 {
            paint(out, PLACE, &rest[..at]);
        }
        out.extend_from_slice(separator.as_bytes());
        rest = &rest[at + separator.len()..];
    }
    paint(out, PLACE, rest);
}

/// `Class: message`
fn exception(out: &mut Vec<u8>, line: &[u8]) {
    let end = line.iter().position(|&b| !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.') || b >= 0x80)).unwrap_or(line.len());
    match line[end..].strip_prefix(b": ") {
        Some(message) => {
            paint(out, CLASS, &line[..end]);
            out.extend_from_slice(b": ");
            paint(out, MESSAGE, message);
        }
        None if end == line.len() => paint(out, CLASS, line),
        None => out.extend_from_slice(line),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_colours_are_added() {
        let text = b"Traceback (most recent call last):\n  File \"a.gs\", line 1, in f\n    x + y\n    ~~^~~\nmod.Error: what: now\nmore\n";
        let shown = String::from_utf8(super::traceback(text)).expect("text");
        assert!(shown.contains("\x1b[1;35mmod.Error\x1b[0m: \x1b[35mwhat: now\x1b[0m\nmore\n"), "{shown}");
        assert!(shown.contains("\x1b[1;31m    ~~^~~\x1b[0m"), "{shown}");
        let mut plain = shown;
        for code in ["\x1b[35m", "\x1b[1;31m", "\x1b[1;35m", "\x1b[0m"] {
            plain = plain.replace(code, "");
        }
        assert_eq!(plain.as_bytes(), text);
    }
}
