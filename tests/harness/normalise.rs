//! Standard error without what differs from run to run or belongs to the implementation alone: file names are cut to
//! the base name, frames of files outside the program's folder are left out, addresses and time stamps are blanked.

use std::path::Path;

pub fn normalise(err: &str, path: &Path) -> String {
    let own = path.file_name().expect("a program has a name").to_string_lossy();
    let mut kept: Vec<String> = Vec::new();
    let mut is_skipping = false;
    for line in err.split('\n') {
        let mut line = line.to_string();
        if let Some(frame) = Frame::read(&line)
            && (!frame.rest.is_empty() || base_name(frame.file) == own)
        {
            is_skipping = !(frame.file.starts_with('<') && frame.file.ends_with('>')
                || base_name(frame.file) == own
                || Path::new(frame.file).starts_with(path.parent().expect("a program is in a folder")));
            line = format!("{}File \"{}\", line {}{}", frame.lead, base_name(frame.file), frame.line, frame.rest);
        } else if is_skipping && !is_detail(&line) {
            is_skipping = false;
        }
        if !is_skipping {
            kept.push(blank_stamp(&line));
        }
    }
    blank_addresses(&kept.join("\n").replace(&*path.to_string_lossy(), &own))
}

/// The parts of the line of a traceback that names a place.
struct Frame<'a> {
    lead: &'a str,
    file: &'a str,
    line: &'a str,
    rest: &'a str,
}

impl<'a> Frame<'a> {
    fn read(text: &'a str) -> Option<Frame<'a>> {
        let (lead, after) = text.split_at(text.find("File \"")?);
        let is_margin = lead.trim_start().trim_end() == "" || matches!(lead.trim(), "|" | "+") && lead.ends_with(' ');
        let after = &after["File \"".len()..];
        let (file, tail) = after.split_at(after.rfind("\", line ")?);
        let tail = &tail["\", line ".len()..];
        let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
        let (line, rest) = tail.split_at(digits);
        let is_whole = digits > 0 && (rest.is_empty() || rest.starts_with(", in "));
        (is_margin && is_whole).then_some(Frame { lead, file, line, rest })
    }
}

fn base_name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// Whether a line belongs to the frame above it: source text, or marks under it.
fn is_detail(line: &str) -> bool {
    line.starts_with("    ") || line.trim_start().strip_prefix('|').is_some_and(|rest| rest.starts_with("     "))
}

/// `2024-01-31T12:00:00Z` at the beginning of a line.
fn blank_stamp(line: &str) -> String {
    let shape = "dddd-dd-ddTdd:dd:ddZ";
    let is_stamp = line.len() >= shape.len()
        && line.bytes().zip(shape.bytes()).all(|(c, s)| if s == b'd' { c.is_ascii_digit() } else { c == s })
        && !line[shape.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    if is_stamp { format!("<time>{}", &line[shape.len()..]) } else { line.to_string() }
}

/// `0x7f12…` of six or more digits, as a word.
fn blank_addresses(text: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("0x") {
        let digits = rest[at + 2..].bytes().take_while(u8::is_ascii_hexdigit).count();
        let end = at + 2 + digits;
        result.push_str(&rest[..at]);
        let is_address = digits >= 6 && !rest[end..].starts_with(is_word) && !result.ends_with(is_word);
        result.push_str(if is_address { "0x..." } else { &rest[at..end] });
        rest = &rest[end..];
    }
    result.push_str(rest);
    result
}
