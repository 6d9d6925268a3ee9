//! Tests of trees, errors and limits. What CPython says of some two thousand texts is in
//! `tests/frontend/cases.txt`; whole trees are compared by `tests/frontend/compare_ast.py`.

use crate::ast::*;
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::source::Source;
use crate::token;
use crate::{parse_expression, parse_interactive, parse_module, parse_module_with_poll};

/// The token rules of `gscript.pest` carry the numbers of `token.rs`.
#[test]
fn grammar_and_token_list_agree() {
    let grammar = include_str!("../gscript.pest");
    let rules: Vec<&str> = grammar.lines().filter(|line| line.contains("_{ \"\\u{")).collect();
    assert_eq!(rules.len(), token::ALL.len());
    for (rule, (name, kind, _)) in rules.iter().zip(token::ALL) {
        assert_eq!(*rule, format!("{name:18} = _{{ \"\\u{{{kind:02x}}}\" }}"));
    }
}

/// The classes of tokens in `gscript.pest` begin and end where `token.rs` says.
#[test]
fn grammar_and_token_classes_agree() {
    let grammar = include_str!("../gscript.pest");
    for (name, first, last) in [
        ("COMPOUND_START", token::IF, token::DECORATOR),
        ("KEYWORD_START", token::RETURN, token::NONLOCAL),
        ("AUGMENTED", token::PLUS_EQUAL, token::RIGHT_SHIFT_EQUAL),
        ("PREFIX", token::TILDE, token::MINUS),
        ("TRAILER_START", token::LPAR, token::DOT),
        ("ARITHMETIC", token::PLUS, token::RIGHT_SHIFT),
        ("INFIX", token::PLUS, token::OR),
        ("PLAIN", token::NAME, token::FALSE),
    ] {
        let range = format!("'\\u{{{first:02x}}}'..'\\u{{{last:02x}}}'");
        let line = grammar.lines().find(|line| line.split(' ').next() == Some(name));
        assert!(line.is_some_and(|line| line.contains(&range)), "{name}: {range}");
    }
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match rest.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('u') => {
                let code: String = rest.by_ref().skip(1).take_while(|&digit| digit != '}').collect();
                out.push(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32).unwrap());
            }
            other => out.push(other.unwrap()),
        }
    }
    out
}

/// Each case of `cases.txt`: the text, and what is expected.
fn cases() -> Vec<(String, &'static str)> {
    let mut cases: Vec<(String, &str)> = Vec::new();
    for line in include_str!("../../../tests/frontend/cases.txt").lines() {
        if let Some(text) = line.strip_prefix('"') {
            cases.push((unescape(text.strip_suffix('"').unwrap()), ""));
        } else if let Some(own) = line.strip_prefix("gscript: ") {
            cases.last_mut().unwrap().1 = own;
        } else if !line.is_empty() && !line.starts_with('#') {
            cases.last_mut().unwrap().1 = line;
        }
    }
    cases
}

/// CPython's verdict, line and message.
#[test]
fn cases_of_cpython() {
    let cases = cases();
    assert!(cases.len() > 2000);
    let mut failures = Vec::new();
    for (text, expected) in cases {
        let found = match parse_module(&text) {
            Ok(_) => "ok".to_string(),
            Err(errors) => {
                let line = Source::new(text.clone()).place(errors[0].span.start).line;
                format!("{line} {}", errors[0].message)
            }
        };
        if found != expected {
            failures.push(format!("{text:?}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Cut off or damaged anywhere, a text gets an answer: no panic, no overflow, spans inside the text.
#[test]
fn damaged_texts_get_an_answer() {
    let mut state = 1u64;
    let mut random = move |limit: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % limit
    };
    let cases = cases();
    let check = |text: &str| {
        let errors = match parse_module(text) {
            Ok(_) => Vec::new(),
            Err(errors) => errors,
        };
        let errors = errors.into_iter().chain(parse_expression(text).err().unwrap_or_default());
        for error in errors.chain(parse_interactive(text).err().unwrap_or_default()) {
            let (start, end) = (error.span.start as usize, error.span.end as usize);
            assert!(start <= end && end <= text.len() + 1, "{text:?} {error:?}");
            assert!(!error.message.is_empty());
        }
    };
    for (text, _) in &cases {
        if text.len() > 200 {
            continue;
        }
        check(text);
        let other = &cases[random(cases.len())].0;
        let at = (0..=random(text.len() + 1)).rev().find(|&at| text.is_char_boundary(at)).unwrap();
        check(&text[..at]);
        check(&text[at..]);
        if other.len() < 200 {
            check(&format!("{}{other}{}", &text[..at], &text[at..]));
            check(&format!("{text} {other}"));
            check(&format!("({text}\n{other}"));
            check(&format!("if a:\n  {text}\n{other}"));
            check(&format!("f'{{{text}}}' {other}"));
        }
    }
}

// ---- Trees ----

fn expression(text: &str) -> (ExprKind, Names) {
    let expression = parse_expression(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    (expression.body.kind, expression.names)
}

fn statement(text: &str) -> StmtKind {
    let mut module = parse_module(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    assert_eq!(module.body.len(), 1);
    module.body.pop().unwrap().kind
}

fn first_error(text: &str) -> Diagnostic {
    parse_module(text).unwrap_err().remove(0)
}

#[test]
fn slices_keep_their_parts() {
    let (ExprKind::Subscript { index, .. }, _) = expression("x[..., :2]") else { panic!() };
    let ExprKind::Tuple(items) = index.kind else { panic!() };
    assert!(matches!(items[0].kind, ExprKind::Constant(Constant::Ellipsis)));
    assert!(matches!(&items[1].kind, ExprKind::Slice { lower: None, upper: Some(_), step: None }));
    let (ExprKind::Subscript { index, .. }, _) = expression("x[::3]") else { panic!() };
    assert!(matches!(index.kind, ExprKind::Slice { lower: None, upper: None, step: Some(_) }));
    let (ExprKind::Subscript { index, .. }, _) = expression("x[1,]") else { panic!() };
    assert!(matches!(index.kind, ExprKind::Tuple(items) if items.len() == 1));
    let (ExprKind::Subscript { index, .. }, _) = expression("x[*a]") else { panic!() };
    assert!(matches!(index.kind, ExprKind::Tuple(_)));
}

#[test]
fn operators() {
    let (ExprKind::Compare { rest, .. }, _) = expression("a < b not in c is not d") else { panic!() };
    let operators: Vec<CmpOp> = rest.iter().map(|(op, _)| *op).collect();
    assert_eq!(operators, [CmpOp::Lt, CmpOp::NotIn, CmpOp::IsNot]);
    let (ExprKind::BoolOp { values, .. }, _) = expression("a and b and (c and d)") else { panic!() };
    assert_eq!(values.len(), 3);
    let (ExprKind::UnaryOp { operand, .. }, _) = expression("-a ** -b") else { panic!() };
    let ExprKind::BinOp { op: BinOp::Pow, right, .. } = operand.kind else { panic!() };
    assert!(matches!(right.kind, ExprKind::UnaryOp { op: UnaryOp::Neg, .. }));
    let (ExprKind::BinOp { left, op: BinOp::Sub, .. }, _) = expression("a - b - c") else { panic!() };
    assert!(matches!(left.kind, ExprKind::BinOp { op: BinOp::Sub, .. }));
}

#[test]
fn parentheses_are_outside_spans() {
    let (ExprKind::BinOp { left, .. }, _) = expression("(a) + b") else { panic!() };
    assert_eq!(left.span, Span { start: 1, end: 2 });
    assert_eq!(parse_expression("(a) + b").unwrap().body.span, Span { start: 0, end: 7 });
    assert_eq!(parse_expression("(a, b)").unwrap().body.span, Span { start: 0, end: 6 });
    assert_eq!(parse_expression("((a))").unwrap().body.span, Span { start: 2, end: 3 });
    let (ExprKind::Call(call), _) = expression("f(a for a in b)") else { panic!() };
    assert_eq!(call.args[0].span, Span { start: 1, end: 15 });
}

#[test]
fn annotations_know_bare_names() {
    assert!(matches!(statement("a: int"), StmtKind::AnnAssign { simple: true, .. }));
    assert!(matches!(statement("(a): int"), StmtKind::AnnAssign { simple: false, .. }));
    assert!(matches!(statement("a.b: int = 1"), StmtKind::AnnAssign { simple: false, .. }));
}

#[test]
fn elif_nests_to_the_right() {
    let StmtKind::If { orelse, .. } = statement("if a: b\nelif c: d\nelse: e\n") else { panic!() };
    let [Stmt { kind: StmtKind::If { orelse, .. }, span }] = &orelse[..] else { panic!() };
    assert_eq!((orelse.len(), span.start, span.end), (1, 8, 25));
}

#[test]
fn with_and_its_parentheses() {
    for (text, count) in [
        ("with (a, b): pass", 2),
        ("with (a, b) as c: pass", 1),
        ("with (a as b, c as d,): pass", 2),
        ("with (a).b as c, d: pass", 2),
        ("with (yield): pass", 1),
    ] {
        let StmtKind::With(with) = statement(text) else { panic!() };
        assert_eq!(with.items.len(), count, "{text}");
    }
}

#[test]
fn names_are_normalised_but_keywords_are_not() {
    let (ExprKind::Name(name), names) = expression("ﬁ") else { panic!() };
    assert_eq!(names.text(name), "fi");
    assert!(parse_module("𝐢𝐟 = 1").is_ok());
    let (ExprKind::Attribute { .. }, names) = expression("a.b") else { panic!() };
    assert_eq!(names.len(), 2);
}

#[test]
fn strings_join() {
    let (ExprKind::Constant(Constant::Str(text)), _) = expression("'a' \"b\" r'\\d'") else { panic!() };
    assert_eq!(&*text, b"ab\\d");
    let (ExprKind::JoinedStr(parts), _) = expression("'{a}' f'{b!r:>{c}}{{' 'd'") else { panic!() };
    let [FStringPart::Literal(first), FStringPart::Field(field), FStringPart::Literal(last)] = &parts[..] else { panic!("{parts:?}") };
    assert_eq!((&**first, &**last), (&b"{a}"[..], &b"{d"[..]));
    assert_eq!((field.conversion, field.spec.len()), (Some('r'), 2));
}

#[test]
fn debug_fields() {
    let (ExprKind::JoinedStr(parts), _) = expression("f'{ x = }'") else { panic!() };
    let [FStringPart::Literal(text), FStringPart::Field(field)] = &parts[..] else { panic!() };
    assert_eq!(&**text, b" x = ");
    assert_eq!((field.conversion, field.is_debug), (Some('r'), true));
    let (ExprKind::JoinedStr(parts), _) = expression("f'{x=:5}'") else { panic!() };
    let FStringPart::Field(field) = &parts[1] else { panic!() };
    assert_eq!(field.conversion, None);
}

#[test]
fn fstrings_of_python_3_12() {
    for text in
        ["f'{a['b']}'", "f'{'\\n'.join(a)}'", "f'{a # comment\n}'", "f'{\na\n}'", "f\"{f\"{f\"{1}\"}\"}\"", "f'{a:{b:{c:{d}}}}'", "f'{'{'}'", "f'{a['}']}'"]
    {
        assert!(parse_module(text).is_ok(), "{text}");
    }
    // What is wrong either way gets the words of 3.11.
    assert_eq!(first_error("f'{a'").message, "f-string: expecting '}'");
}

#[test]
fn soft_keywords() {
    let StmtKind::Match { cases, .. } = statement("match x:\n case 1:\n  case = 2\n case _: pass\n") else { panic!() };
    assert_eq!(cases.len(), 2);
    for text in ["match(x)", "match[a:b]: int", "match: int = 3", "case = 1", "type = match", "match.x = 1"] {
        assert!(!matches!(statement(text), StmtKind::Match { .. }), "{text}");
    }
}

// ---- Errors ----

#[test]
fn several_errors_of_a_file() {
    let text = "f() = 1\nx y\nif a:\n  b c\n  d\nelse:\n  1 = 2\n\ndef g():\nreturn\nok\n";
    let errors = parse_module(text).unwrap_err();
    let source = Source::new(text.into());
    let lines: Vec<u32> = errors.iter().map(|error| source.place(error.span.start).line).collect();
    assert_eq!(lines, [1, 2, 4, 7, 10]);
}

#[test]
fn errors_of_the_layout_and_behind() {
    let errors = parse_module("x = (1,\ndef f():\n    pass\ny = 'a\nz w\n").unwrap_err();
    let messages: Vec<&str> = errors.iter().map(|error| &*error.message).collect();
    assert_eq!(messages[0], "unterminated string literal (detected at line 4)");
    assert!(errors.len() > 1);
}

#[test]
fn kinds_of_errors() {
    for (text, kind) in [
        ("x y", ErrorKind::Syntax),
        ("  x", ErrorKind::Indentation),
        ("if a:\nb", ErrorKind::Indentation),
        ("if a:\n  b\n c", ErrorKind::Indentation),
        ("if a:\n\tb\n        c", ErrorKind::Tab),
    ] {
        assert_eq!(first_error(text).kind, kind, "{text}");
    }
}

#[test]
fn incomplete_input() {
    let is_incomplete = |text: &str| match parse_interactive(text) {
        Ok(_) => None,
        Err(errors) => Some(errors[0].is_incomplete),
    };
    for text in [
        "x = (",
        "f(a,",
        "[1,\n2",
        "{",
        "'''a",
        "f'''{a",
        "x = \\",
        "if x:",
        "if x:\n",
        "@a",
        "@a\n",
        "def f():",
        "class A:\n  @x\n",
        "try:\n  a\n",
        "try:\n  a\nexcept:",
        "if x:\n  a\nelse:",
        "while x:\n  a",
        "if x: a",
        "match x:",
        "match x:\n case 1:",
        "for x in (1,",
    ] {
        assert_eq!(is_incomplete(text), Some(true), "{text:?}");
    }
    for text in
        ["'a", "x = = 1", "if x", "(a]", "x = 1 +", "x y", "f(a b", ")", "x = 1\ny = 2", "  x", "f() = 1", "if x:\n  a\ny", "'abc\\\n", "0777", "x = (1 2"]
    {
        assert_eq!(is_incomplete(text), Some(false), "{text:?}");
    }
    for text in ["", "\n", "# a", "x", "x; y", "if x:\n  a\n", "if x: a\n", "x = (1,\n2)"] {
        assert_eq!(is_incomplete(text), None, "{text:?}");
    }
}

#[test]
fn expressions_alone() {
    assert!(parse_expression("1, 2").is_ok());
    assert!(parse_expression("a\n\n").is_ok());
    for text in ["", "x = 1", "*a", "x := 1", "pass", "a; b", "a b", "(a", " a"] {
        assert!(parse_expression(text).is_err(), "{text:?}");
    }
}

#[test]
fn null_bytes_are_refused() {
    assert_eq!(first_error("a\0b").message, "source code string cannot contain null bytes");
}

// ---- Limits ----

#[test]
fn brackets_and_indentation_have_limits() {
    assert!(parse_module(&format!("{}1{}", "(".repeat(200), ")".repeat(200))).is_ok());
    assert_eq!(first_error(&"(".repeat(201)).message, "too many nested parentheses");
    assert_eq!(first_error(&"(".repeat(10_000)).message, "too many nested parentheses");
    let nest = |levels: usize| {
        let mut text: String = (0..levels).map(|level| format!("{}if a:\n", " ".repeat(level))).collect();
        text += &format!("{}b\n", " ".repeat(levels));
        text
    };
    assert!(parse_module(&nest(99)).is_ok());
    assert_eq!(first_error(&nest(100)).message, "too many levels of indentation");
}

/// Trees are at most MAX_DEPTH deep, in whatever direction they grow.
#[test]
fn deep_trees_are_recursion_errors() {
    for (before, part, after) in [
        ("", "lambda: ", "1"),
        ("", "a if b else ", "1"),
        ("", "not ", "1"),
        ("", "-", "1"),
        ("", "a ** ", "1"),
        ("", "a + ", "1"),
        ("a", ".b", ""),
        ("a", "()", ""),
        ("a", "[0]", ""),
        ("if a: b\n", "elif a: b\n", ""),
        ("match x:\n case ", "a.", "b: pass"),
    ] {
        let text = |count: usize| format!("{before}{}{after}", part.repeat(count));
        assert!(parse_module(&text(1000)).is_ok(), "{part}");
        for count in [MAX_DEPTH + 5, 60_000] {
            assert_eq!(first_error(&text(count)).kind, ErrorKind::Recursion, "{part} {count}");
        }
    }
    for (part, after) in [("a and ", "a"), ("a < ", "a"), ("a = ", "a"), ("a, ", "a"), ("'a' ", ""), ("a; ", "a")] {
        assert!(parse_module(&format!("{}{after}", part.repeat(60_000))).is_ok(), "{part}");
    }
}

/// The builder gives up in an orderly way wherever the deep part stands.
#[test]
fn deep_parts_anywhere() {
    let deep = [
        format!("{}1", "-".repeat(2000)),
        format!("a{}", ".b".repeat(2000)),
        format!("{}a", "a + ".repeat(2000)),
        format!("{}1", "lambda: ".repeat(2000)),
        format!("{}1", "a if b else ".repeat(2000)),
    ];
    for context in [
        "@",
        "if @: pass",
        "if a: @\nelif @: b",
        "while @: pass",
        "def f(a=@) -> @: pass",
        "@@\ndef f(): pass",
        "try: a\nexcept @: b",
        "with @ as b: pass",
        "with (@, b): pass",
        "for a in @: b",
        "for a[@] in b: c",
        "[@ for a in b]",
        "[a for a in b if @]",
        "f'{@}'",
        "f'{a:{@}}'",
        "{@: 1}",
        "{1: @, 2: 3}",
        "[@, a, b]",
        "match @:\n case 1: pass",
        "match a:\n case 1 if @: pass",
        "a[@:b]",
        "a[b:c:@]",
        "f(a, @, b=@)",
        "class A(@, b=c): pass",
        "del @",
        "@ = 1",
        "a, @ = 1",
        "f(@ = 1)",
        "lambda a=@: b",
        "return @",
        "raise a from @",
        "assert @, b",
        "a: @ = @",
        "(a := @)",
        "(@ := a)",
        "yield @",
        "await @",
        "a += @",
        "not @",
        "a or @ or b",
        "a < @ < b",
        "a ** @",
        "print @",
        "f(a @)",
        "{a: b, @}",
    ] {
        for deep in &deep {
            let text = context.replace('@', deep).replace("--def", "@a\ndef");
            for error in parse_module(&text).err().into_iter().flatten() {
                assert!(error.span.end as usize <= text.len());
            }
        }
    }
}

/// A caller with a small stack is fine, also when the tree is dropped there.
#[test]
fn small_stacks_suffice() {
    let thread = std::thread::Builder::new().stack_size(512 << 10);
    let check = || {
        let text = format!("{}1{}", "f(".repeat(199), ")".repeat(199));
        assert!(parse_module(&text).is_ok());
        assert!(parse_module(&format!("a{}", "+ a".repeat(1400))).is_ok());
        assert!(parse_module(&"lambda: ".repeat(60_000)).is_err());
        assert!(parse_module(&format!("x = {}", "(a b".repeat(150))).is_err());
    };
    thread.spawn(check).unwrap().join().unwrap();
}

#[test]
fn polling_stops() {
    let mut calls = 0;
    let mut poll = || {
        calls += 1;
        calls > 3
    };
    let errors = parse_module_with_poll("a\nb\nc\nd\ne\n", &mut poll).unwrap_err();
    assert_eq!(errors[0].kind, ErrorKind::Interrupted);
    assert_eq!(calls, 4);
}

/// Places that errors point at begin and end between characters.
#[test]
fn errors_stand_between_characters() {
    for text in ["f\"{x!é}\"", "f'{a!\u{1F600}r}'", "x = \\é\n", "f'{x!'\n", "'é", "(é", "é é", "f'{é!é:é}' é"] {
        for error in parse_module(text).err().into_iter().flatten() {
            for span in [Some(error.span), error.related.map(|r| r.0)].into_iter().flatten() {
                assert!(text.get(span.start as usize..span.end as usize).is_some(), "{text:?}: {span:?}");
            }
        }
    }
}
