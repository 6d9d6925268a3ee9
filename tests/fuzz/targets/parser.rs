//! Any bytes are parsed, as a file, an expression and at the prompt: no panic, and errors that stand in the text.
#![no_main]

mod mutate;

use gscript_grammar::source::Source;
use gscript_grammar::{Diagnostic, decode_source, parse_expression, parse_interactive, parse_module};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate::mutate(data, size, max_size, seed) });

fuzz_target!(|data: &[u8]| {
    let text = match decode_source(data) {
        Ok(text) => text.into_owned(),
        Err(_) => return,
    };
    check(&text, parse_module(&text).err());
    check(&text, parse_expression(&text).err());
    check(&text, parse_interactive(&text).err());
});

fn check(text: &str, errors: Option<Vec<Diagnostic>>) {
    let Some(errors) = errors else { return };
    assert!(!errors.is_empty());
    let source = Source::new(text.to_string());
    for error in errors {
        assert!(!error.message.is_empty());
        for span in [Some(error.span), error.related.map(|r| r.0)].into_iter().flatten() {
            assert!(span.start <= span.end && span.end as usize <= text.len(), "{span:?} of {}", text.len());
            assert!(text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize), "{span:?}");
            source.slice(span);
            source.place(span.start);
        }
    }
}
