//! Mutation of source text by its words: what is left is mostly a program still, so that more of it is reached than by
//! flipping bytes. Half of the time libFuzzer's own mutations are taken.

use libfuzzer_sys::fuzzer_mutate;

/// Words that are put in.
const WORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "case", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for",
    "from", "global", "if", "import", "in", "is", "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield", "None", "True", "False", "_", "__debug__", "print", "self", "x", "y", "*", "**", "//", "->", ":=", "==", "!=", "<=",
    ">>", "<<=", "@", "...", ".", ",", ":", ";", "=", "+", "-", "~", "(", ")", "[", "]", "{", "}", "()", "[]", "{}", "\n", "\n    ", "\n\t",
    "\\\n", "    ", "#", "'", "\"", "'''", "\"\"\"", "f'{", "f\"\"\"{x!r:>{y}}\"\"\"", "}'", "{x=}", "rb'", "b'\\xff'", "'\\N{DASH}'", "'\\u12'", "0", "1", "1.5e3",
    "0x", "1_0", "0777", "1j", "1e999", "99999999999999999999", "é", "\u{1F600}", "\0", "\r", "\u{c}", "except*", "yield from", "not in", "is not", "*a, b",
    "/, *, k=1", "for x in y", "if x else y", "case {'a': 1, **r}:", "case [1, *_] | C(x=2):", "@d\n", "global x\n", "nonlocal x\n", "print(*a, **k)",
];

/// A small generator of random numbers (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// Changes `data[..size]` within `max_size`; the new size.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut random = Random(u64::from(seed) << 1 | 1);
    random.below(1);
    if random.below(2) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let Ok(text) = std::str::from_utf8(&data[..size]) else { return fuzzer_mutate(data, size, max_size) };
    let mut words = split(text);
    for _ in 0..1 + random.below(4) {
        change(&mut words, &mut random);
    }
    let mut text = words.concat();
    let mut end = text.len().min(max_size);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    data[..end].copy_from_slice(text.as_bytes());
    end
}

/// One change somewhere.
fn change(words: &mut Vec<&str>, random: &mut Random) {
    let at = random.below(words.len() + 1);
    let new = WORDS[random.below(WORDS.len())];
    let is_inside = at < words.len();
    match random.below(7) {
        0 if is_inside => drop(words.remove(at)),
        1 if is_inside => words[at] = new,
        2 if is_inside => {
            let other = random.below(words.len());
            words.swap(at, other);
        }
        3 if is_inside => {
            // A run of words once more, elsewhere: nests things in each other.
            let end = (at + 1 + random.below(30)).min(words.len());
            let run = words[at..end].to_vec();
            let to = random.below(words.len() + 1);
            words.splice(to..to, run);
        }
        4 if is_inside => {
            let end = (at + random.below(10)).min(words.len());
            words.drain(at..end);
        }
        _ => words.insert(at, new),
    }
}

/// A text as words, numbers, blanks and single other characters.
fn split(text: &str) -> Vec<&str> {
    let class = |c: char| match c {
        _ if c.is_alphanumeric() || c == '_' => 0,
        ' ' => 1,
        _ => 2,
    };
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let now = class(c);
        if at > start && (last != Some(now) || now == 2) {
            words.push(&text[start..at]);
            start = at;
        }
        last = Some(now);
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}
