//! Python parameter lists as text: `"x, /, base=10, *args, key=None, **rest"` taken apart.
//!
//! Only the list is understood, not Python: a default is kept as text and classified as far as Rust needs it.

/// What stands behind `=`.
#[derive(Clone, Debug, PartialEq)]
pub enum Default {
    None,
    Bool(bool),
    Int(i128),
    Float(String),
    Str(String),
    /// Anything else, such as `<unrepresentable>`: only usable for a Rust `Option`.
    Other,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    pub name: String,
    pub default: Option<Default>,
}

/// A parameter list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signature {
    /// All named parameters: positional ones, then those given by keyword only.
    pub params: Vec<Param>,
    /// How many of them, from the left, cannot be given by keyword.
    pub positional_only: usize,
    /// How many of them, from the left, can be given by position.
    pub positional: usize,
    /// Name of `*args`.
    pub varargs: Option<String>,
    /// Name of `**kwargs`.
    pub kwargs: Option<String>,
}

impl std::default::Default for Default {
    fn default() -> Self {
        Default::None
    }
}

impl Signature {
    /// Positional parameters without default; those with one stand behind them.
    pub fn required(&self) -> usize {
        self.params[..self.positional].iter().filter(|p| p.default.is_none()).count()
    }

    /// Whether a parameter must be given by keyword.
    pub fn has_required_keyword(&self) -> bool {
        self.params[self.positional..].iter().any(|p| p.default.is_none())
    }

    /// Reads a parameter list; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Signature, String> {
        let mut s = Signature::default();
        let mut is_keyword_only = false;
        let mut has_slash = false;
        for part in split(text)? {
            if s.kwargs.is_some() {
                return Err("nothing may follow **kwargs".into());
            }
            if part == "/" {
                if has_slash || is_keyword_only || s.params.is_empty() {
                    return Err("misplaced /".into());
                }
                has_slash = true;
                s.positional_only = s.params.len();
            } else if let Some(name) = part.strip_prefix("**") {
                s.kwargs = Some(identifier(name)?);
            } else if let Some(name) = part.strip_prefix('*') {
                if is_keyword_only {
                    return Err("more than one *".into());
                }
                is_keyword_only = true;
                if !name.is_empty() {
                    s.varargs = Some(identifier(name)?);
                }
            } else {
                let (name, default) = match part.split_once('=') {
                    Some((n, d)) => (n, Some(classify(d.trim())?)),
                    None => (part, None),
                };
                let name = identifier(name)?;
                if s.params.iter().any(|p| p.name == name) {
                    return Err(format!("duplicate parameter {name}"));
                }
                if !is_keyword_only {
                    if default.is_none() && s.params.last().is_some_and(|p| p.default.is_some()) {
                        return Err(format!("{name} has no default but follows one that has"));
                    }
                    s.positional += 1;
                }
                s.params.push(Param { name, default });
            }
        }
        if is_keyword_only && s.varargs.is_none() && s.params.len() == s.positional {
            return Err("named parameters must follow a bare *".into());
        }
        Ok(s)
    }
}

fn identifier(text: &str) -> Result<String, String> {
    let text = text.trim();
    let mut chars = text.chars();
    let begins = chars.next().is_some_and(|c| c.is_alphabetic() || c == '_');
    if begins && chars.all(|c| c.is_alphanumeric() || c == '_') { Ok(text.to_string()) } else { Err(format!("`{text}` is no parameter name")) }
}

/// Parts between commas that stand outside quotes and brackets.
fn split(text: &str) -> Result<Vec<&str>, String> {
    let mut parts = Vec::new();
    let mut depth = 0;
    let mut quote = None;
    let mut is_escaped = false;
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if let Some(q) = quote {
            if is_escaped {
                is_escaped = false;
            } else if c == '\\' {
                is_escaped = true;
            } else if c == q {
                quote = None;
            }
            continue;
        }
        match c {
            '\'' | '"' => quote = Some(c),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    if quote.is_some() || depth != 0 {
        return Err("unbalanced quotes or brackets".into());
    }
    let last = text[start..].trim();
    if !last.is_empty() {
        parts.push(last);
    }
    if parts.iter().any(|p| p.is_empty()) {
        return Err("empty parameter".into());
    }
    Ok(parts)
}

fn classify(text: &str) -> Result<Default, String> {
    Ok(match text {
        "" => return Err("nothing behind =".into()),
        "None" => Default::None,
        "True" => Default::Bool(true),
        "False" => Default::Bool(false),
        // As CPython's own signatures spell "to the end".
        "sys.maxsize" => Default::Int(i64::MAX as i128),
        _ => {
            if let Ok(i) = text.parse() {
                Default::Int(i)
            } else if text.bytes().any(|b| b.is_ascii_digit()) && text.parse::<f64>().is_ok() {
                Default::Float(text.to_string())
            } else if let Some(s) = string(text) {
                Default::Str(s)
            } else {
                Default::Other
            }
        }
    })
}

/// The text of a Python string literal without prefix.
fn string(text: &str) -> Option<String> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let inner = text[1..].strip_suffix(quote)?;
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(match chars.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                '0' => '\0',
                c @ ('\\' | '\'' | '"') => c,
                _ => return None,
            }),
            c if c == quote => return None,
            c => out.push(c),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Signature {
        Signature::parse(text).expect(text)
    }

    #[test]
    fn kinds_of_parameters() {
        let s = parse("a, b=1, /, c=None, *rest, d, e='x', **more");
        let names: Vec<_> = s.params.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "c", "d", "e"]);
        assert_eq!((s.positional_only, s.positional, s.required()), (2, 3, 1));
        assert_eq!((s.varargs.as_deref(), s.kwargs.as_deref()), (Some("rest"), Some("more")));
        assert!(s.has_required_keyword());
    }

    #[test]
    fn simple_lists() {
        assert_eq!(parse(""), Signature::default());
        let s = parse("object, /");
        assert_eq!((s.params.len(), s.positional_only, s.required()), (1, 1, 1));
        let s = parse("x, y");
        assert_eq!((s.positional_only, s.positional), (0, 2));
        let s = parse("*, key=None, reverse=False");
        assert_eq!((s.positional, s.params.len(), s.has_required_keyword()), (0, 2, false));
        assert_eq!(parse("*args").varargs.as_deref(), Some("args"));
    }

    #[test]
    fn defaults() {
        let d = |t: &str| parse(&format!("x={t}")).params[0].default.clone().expect("given");
        assert_eq!(d("None"), Default::None);
        assert_eq!(d("True"), Default::Bool(true));
        assert_eq!(d("-1"), Default::Int(-1));
        assert_eq!(d("sys.maxsize"), Default::Int(i64::MAX as i128));
        assert_eq!(d("1e-09"), Default::Float("1e-09".into()));
        assert_eq!(d("'a, b'"), Default::Str("a, b".into()));
        assert_eq!(d(r#"'\n'"#), Default::Str("\n".into()));
        assert_eq!(d(r#""it's""#), Default::Str("it's".into()));
        assert_eq!(d("<unrepresentable>"), Default::Other);
        assert_eq!(d("(1, 2)"), Default::Other);
        assert_eq!(d("inf"), Default::Other);
        assert_eq!(d("b''"), Default::Other);
    }

    #[test]
    fn refused() {
        for bad in ["/", "a,,b", "a=", "a=1, b", "*", "*, /", "*a, *b", "**k, a", "a, a", "1a", "a='x", "a=(", "a, /, b, /"] {
            assert!(Signature::parse(bad).is_err(), "{bad}");
        }
    }
}
