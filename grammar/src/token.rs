//! The alphabet of the grammar: one character for each kind of token.
//!
//! The layout pass turns a source text into a string of these characters, and `gscript.pest` is a grammar
//! over that string. The order matters: classes that the grammar asks for ("starts an atom", "is a binary
//! operator") are ranges, so they must stay next to each other. `+` and `-` stand where the prefix
//! operators and the binary operators overlap. This list is the only source of the numbers; a test in
//! `parse.rs` compares the token rules of `gscript.pest` with it.

/// A kind of token, a character between 0x10 and 0x7F.
pub(crate) type Kind = u8;

const FIRST: u8 = 0x10;

macro_rules! kinds {
    ($($name:ident $text:literal),* $(,)?) => {
        #[allow(clippy::upper_case_acronyms, non_camel_case_types)]
        enum Order { $($name),* }
        $(pub(crate) const $name: Kind = FIRST + Order::$name as u8;)*

        /// Each kind's name in the grammar and its spelling in a program (empty when it has none).
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, Kind, &str)] = &[$((stringify!($name), $name, $text)),*];

        const SPELLINGS: &[&str] = &[$($text),*];
    };
}

kinds! {
    // What an atom can begin with.
    NAME "", NUMBER "", ELLIPSIS "...", NONE "None", TRUE "True", FALSE "False", STRING "", FSTRING_START "",
    LBRACE "{", LPAR "(", LBRACKET "[",
    // `(`, `[` and `.` continue a primary.
    DOT ".",
    // Other things an expression can begin with.
    LAMBDA "lambda", YIELD "yield", AWAIT "await", NOT "not", TILDE "~",
    // Prefix and binary operators, then binary operators alone.
    PLUS "+", MINUS "-",
    STAR "*", SLASH "/", DOUBLE_SLASH "//", PERCENT "%", AT "@", DOUBLE_STAR "**",
    VBAR "|", CARET "^", AMPERSAND "&", LEFT_SHIFT "<<", RIGHT_SHIFT ">>",
    // Comparisons; `not in` and `is not` are one token each.
    LESS "<", GREATER ">", EQUAL_EQUAL "==", GREATER_EQUAL ">=", LESS_EQUAL "<=", NOT_EQUAL "!=",
    IN "in", NOT_IN "not in", IS "is", IS_NOT "is not",
    AND "and", OR "or",
    // Augmented assignment.
    PLUS_EQUAL "+=", MINUS_EQUAL "-=", STAR_EQUAL "*=", SLASH_EQUAL "/=", DOUBLE_SLASH_EQUAL "//=",
    PERCENT_EQUAL "%=", AT_EQUAL "@=", DOUBLE_STAR_EQUAL "**=", VBAR_EQUAL "|=", CARET_EQUAL "^=",
    AMPERSAND_EQUAL "&=", LEFT_SHIFT_EQUAL "<<=", RIGHT_SHIFT_EQUAL ">>=",
    // What a compound statement can begin with; DECORATOR is an `@` at the start of a logical line.
    IF "if", WHILE "while", FOR "for", TRY "try", WITH "with", DEF "def", CLASS "class", MATCH "match",
    ASYNC "async", DECORATOR "@",
    // Clauses of compound statements.
    ELIF "elif", ELSE "else", EXCEPT "except", FINALLY "finally", CASE "case",
    // Keywords that begin a simple statement.
    RETURN "return", IMPORT "import", FROM "from", RAISE "raise", PASS "pass", DEL "del", ASSERT "assert",
    BREAK "break", CONTINUE "continue", GLOBAL "global", NONLOCAL "nonlocal",
    AS "as",
    RPAR ")", RBRACKET "]", RBRACE "}",
    COMMA ",", COLON ":", SEMICOLON ";", EQUAL "=", ARROW "->", COLON_EQUAL ":=",
    // Parts of an f-string: literal text, `{`, the `=` of `{x=}`, `!r`, the `:` before the format spec, `}`.
    FSTRING_MIDDLE "", FSTRING_END "", FIELD_START "{", FIELD_EQUAL "=", CONVERSION "", SPEC_START ":",
    FIELD_END "}",
    // Structure of lines.
    END_OF_LINE "", INDENT "", DEDENT "",
    // A character that no token begins with: nothing in the grammar takes it.
    BAD_CHARACTER "",
    // The tokens of a line that was already reported.
    DAMAGED "",
}

/// The spelling of a kind; empty for those that have many.
pub(crate) fn spelling(kind: Kind) -> &'static str {
    SPELLINGS.get((kind.wrapping_sub(FIRST)) as usize).copied().unwrap_or("")
}

/// The kind of a word: a keyword or [`NAME`]. The soft keywords are the layout pass's affair.
#[inline]
pub(crate) fn word(text: &[u8]) -> Kind {
    if text.len() > 8 || text.len() < 2 {
        return NAME;
    }
    match text {
        b"if" => IF,
        b"in" => IN,
        b"is" => IS,
        b"or" => OR,
        b"as" => AS,
        b"and" => AND,
        b"not" => NOT,
        b"for" => FOR,
        b"def" => DEF,
        b"del" => DEL,
        b"try" => TRY,
        b"None" => NONE,
        b"True" => TRUE,
        b"else" => ELSE,
        b"elif" => ELIF,
        b"from" => FROM,
        b"pass" => PASS,
        b"with" => WITH,
        b"False" => FALSE,
        b"class" => CLASS,
        b"while" => WHILE,
        b"raise" => RAISE,
        b"break" => BREAK,
        b"yield" => YIELD,
        b"async" => ASYNC,
        b"await" => AWAIT,
        b"return" => RETURN,
        b"import" => IMPORT,
        b"except" => EXCEPT,
        b"lambda" => LAMBDA,
        b"assert" => ASSERT,
        b"global" => GLOBAL,
        b"finally" => FINALLY,
        b"continue" => CONTINUE,
        b"nonlocal" => NONLOCAL,
        _ => NAME,
    }
}

/// A keyword: a word that no variable can have.
pub(crate) fn is_keyword(kind: Kind) -> bool {
    matches!(kind, NONE | TRUE | FALSE | LAMBDA..=NOT | IN..=OR | IF..=ASYNC | ELIF..=FINALLY | RETURN..=AS) && kind != MATCH
}

/// An expression can begin with it.
pub(crate) fn starts_operand(kind: Kind) -> bool {
    (NAME..=LBRACKET).contains(&kind) || matches!(kind, AWAIT | NOT | TILDE | PLUS | MINUS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_fit_ascii_and_classes_are_ranges() {
        assert!(ALL.iter().all(|(_, kind, _)| (0x10..0x7F).contains(kind)));
        let order = [TILDE, PLUS, MINUS, STAR, RIGHT_SHIFT, LESS, IS_NOT, AND, OR, PLUS_EQUAL];
        assert!(order.is_sorted());
        assert_eq!(spelling(NOT_IN), "not in");
        assert!(is_keyword(AS) && is_keyword(IS) && !is_keyword(MATCH) && !is_keyword(CASE) && !is_keyword(PLUS));
    }

    #[test]
    fn words() {
        for (_, kind, text) in ALL {
            if is_keyword(*kind) && !text.contains(' ') {
                assert_eq!(word(text.as_bytes()), *kind, "{text}");
            }
        }
        assert_eq!(word(b"match"), NAME);
        assert_eq!(word(b"iff"), NAME);
    }
}
