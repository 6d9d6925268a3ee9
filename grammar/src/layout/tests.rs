//! Tests of the token sequence: kinds by name, since the characters can't be read.

use super::scan;
use crate::token;

/// The names of the kinds of a text's tokens.
fn kinds(text: &str) -> String {
    let layout = scan(text);
    assert_eq!(layout.kinds.len(), layout.spans.len());
    let names = layout.kinds.bytes().map(|kind| {
        let (name, _, _) = token::ALL.iter().find(|(_, number, _)| *number == kind).unwrap();
        *name
    });
    names.collect::<Vec<_>>().join(" ")
}

#[test]
fn lines_and_blocks() {
    assert_eq!(kinds("a\n\n# b\n  \nc"), "NAME END_OF_LINE NAME END_OF_LINE");
    assert_eq!(kinds("if a:\n  b\n\n  c\nd\n"), "IF NAME COLON END_OF_LINE INDENT NAME END_OF_LINE NAME END_OF_LINE DEDENT NAME END_OF_LINE");
    assert_eq!(kinds("a \\\n b"), "NAME NAME END_OF_LINE");
    assert_eq!(kinds("(a,\n  b)\n"), "LPAR NAME COMMA NAME RPAR END_OF_LINE");
    assert_eq!(kinds(""), "");
}

#[test]
fn operators_are_as_long_as_possible() {
    assert_eq!(
        kinds("a**=b//c->d:=e...f!=g"),
        "NAME DOUBLE_STAR_EQUAL NAME DOUBLE_SLASH NAME ARROW NAME COLON_EQUAL NAME ELLIPSIS NAME NOT_EQUAL NAME \
         END_OF_LINE"
    );
    assert_eq!(kinds("a<<=b>>c<=d"), "NAME LEFT_SHIFT_EQUAL NAME RIGHT_SHIFT NAME LESS_EQUAL NAME END_OF_LINE");
    assert_eq!(kinds("@a\nb @ c"), "DECORATOR NAME END_OF_LINE NAME AT NAME END_OF_LINE");
    assert_eq!(kinds("$ ?"), "BAD_CHARACTER BAD_CHARACTER END_OF_LINE");
}

#[test]
fn words_of_two() {
    assert_eq!(kinds("a not in b"), "NAME NOT_IN NAME END_OF_LINE");
    assert_eq!(kinds("a is not b"), "NAME IS_NOT NAME END_OF_LINE");
    assert_eq!(kinds("a is not in b"), "NAME IS_NOT IN NAME END_OF_LINE");
    assert_eq!(kinds("not\\\nin"), "NOT_IN END_OF_LINE");
}

#[test]
fn match_is_a_keyword_only_where_it_is_one() {
    assert!(kinds("match x:\n case 1: pass").starts_with("MATCH NAME COLON END_OF_LINE INDENT CASE"));
    assert!(kinds("match: int").starts_with("NAME"));
    assert!(kinds("match(x)").starts_with("NAME"));
    assert!(kinds("if a:\n case = 1").ends_with("INDENT NAME EQUAL NUMBER END_OF_LINE DEDENT"));
}

#[test]
fn numbers_and_keywords_may_touch() {
    assert_eq!(kinds("1if x else 2"), "NUMBER IF NAME ELSE NUMBER END_OF_LINE");
    assert_eq!(kinds("0x1for x in y"), "NUMBER OR NAME IN NAME END_OF_LINE");
    assert_eq!(kinds("1..real"), "NUMBER DOT NAME END_OF_LINE");
    assert_eq!(kinds("....x"), "ELLIPSIS DOT NAME END_OF_LINE");
}

#[test]
fn fstring_parts() {
    assert_eq!(
        kinds("f'a{{{b!r:>{c}}}}'"),
        "FSTRING_START FSTRING_MIDDLE FIELD_START NAME CONVERSION SPEC_START FSTRING_MIDDLE FIELD_START NAME \
         FIELD_END FIELD_END FSTRING_MIDDLE FSTRING_END END_OF_LINE"
    );
    assert_eq!(kinds("f'{x = }'"), "FSTRING_START FIELD_START NAME FIELD_EQUAL FIELD_END FSTRING_END END_OF_LINE");
    assert_eq!(scan("f'{a['b']}'").modern.len(), 1);
    assert_eq!(scan("f'{a[\"b\"]}'").modern.len(), 0);
    assert_eq!(scan("f'{a'").content_errors.len(), 1);
}

#[test]
fn statements_begin_chunks() {
    let chunks = |text: &str| scan(text).chunks.len();
    assert_eq!(chunks("a\nb; c\nd"), 3);
    assert_eq!(chunks("if a:\n  b\nelif c:\n  d\nelse:\n  e\nf"), 2);
    assert_eq!(chunks("@a\n@b\ndef f(): pass\nc"), 2);
    assert_eq!(chunks("try: a\nexcept: b\nfinally: c"), 1);
    assert_eq!(chunks(""), 1);
}

#[test]
fn scanning_goes_on_behind_errors() {
    let layout = scan("a = (1,\nb = 2\ndef f():\n    pass\nc = ]\nd\n");
    assert_eq!(layout.errors.len(), 1);
    assert!(layout.errors[0].is_raised);
    let layout = scan("a = '\nb\n");
    assert_eq!((layout.errors.len(), layout.errors[0].token), (1, 2));
    assert_eq!(layout.kinds.len(), 5);
}
