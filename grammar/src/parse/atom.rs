//! Atoms and what stands behind them: names, literals, displays, comprehensions, calls, subscripts
//! (Python reference, 6.2 and 6.3).

use super::builder::Builder;
use super::expr::Part;
use super::grammar::Rule;
use super::node::Cursor;
use super::target::{Purpose, describe};
use crate::ast::{Call, Comprehension, Constant, Expr, ExprKind, Ident, Keyword, Span};
use crate::literal;
use crate::token;

/// What an attribute, call or subscript adds to the expression before it.
pub(super) enum Trailer {
    Attribute(Ident),
    Call(Vec<Expr>, Vec<Keyword>),
    Subscript(Box<Expr>),
}

impl Trailer {
    pub fn around(self, expr: Expr) -> ExprKind {
        match self {
            Trailer::Attribute(attr) => ExprKind::Attribute { value: Box::new(expr), attr },
            Trailer::Call(args, keywords) => ExprKind::Call(Box::new(Call { func: expr, args, keywords })),
            Trailer::Subscript(index) => ExprKind::Subscript { value: Box::new(expr), index },
        }
    }
}

impl Builder<'_> {
    /// The atom at node `index`; `Err` is an expression in parentheses, which keeps its own span.
    pub fn atom(&mut self, index: usize) -> Result<ExprKind, Expr> {
        let node = self.node(index);
        Ok(match node.rule {
            Rule::plain => match self.kind(node.start) {
                token::NAME => ExprKind::Name(self.name(node.start)),
                token::NUMBER => ExprKind::Constant(self.number(node.start)),
                _ => ExprKind::Constant(self.constant(node.start)),
            },
            Rule::strings => self.strings(index),
            Rule::group => return self.group(index),
            Rule::list => self.list(index),
            _ => self.brace(index),
        })
    }

    pub fn number(&mut self, token: u32) -> Constant {
        literal::number(self.token_text(token)).unwrap_or_else(|message| {
            self.error_at(token, token + 1, message);
            Constant::None
        })
    }

    pub fn constant(&mut self, token: u32) -> Constant {
        match self.kind(token) {
            token::NONE => Constant::None,
            token::TRUE => Constant::True,
            token::FALSE => Constant::False,
            _ => Constant::Ellipsis,
        }
    }

    /// `item` of the grammar: an expression, perhaps with a star or a walrus.
    pub fn item(&mut self, cursor: &mut Cursor) -> Part {
        if let Some(index) = self.take_if(cursor, Rule::star) {
            return self.star(index);
        }
        self.named_part(cursor)
    }

    /// `*value`
    pub fn star(&mut self, index: usize) -> Part {
        let node = self.node(index);
        let mut cursor = self.children(index);
        let value = match node.rule {
            Rule::star_argument => self.expression(&mut cursor),
            _ => self.arithmetic(&mut cursor).expr,
        };
        self.part(ExprKind::Starred(Box::new(value)), node.start, node.end)
    }

    pub fn named(&mut self, cursor: &mut Cursor) -> Expr {
        self.named_part(cursor).expr
    }

    fn named_part(&mut self, cursor: &mut Cursor) -> Part {
        let part = self.expression_part(cursor);
        if self.has(&part, token::COLON_EQUAL, cursor) { self.walrus(part, cursor) } else { part }
    }

    /// Behind `part` there is this token, and something more.
    fn has(&self, part: &Part, kind: token::Kind, cursor: &Cursor) -> bool {
        self.kind(part.end) == kind && !cursor.is_done()
    }

    /// `name := value`; `part` is what stands before it, the cursor is at the value.
    fn walrus(&mut self, part: Part, cursor: &mut Cursor) -> Part {
        let value = self.expression_part(cursor);
        let end = value.end;
        let value = Box::new(value.expr);
        // A name in parentheses is no target.
        match part.expr.kind {
            ExprKind::Name(name) if part.end == part.first + 1 => {
                let target = Ident { name, span: part.expr.span };
                self.part(ExprKind::NamedExpr { target, value }, part.first, end)
            }
            ExprKind::Name(_) => {
                let message = "cannot use assignment expressions with name";
                self.error_at(part.first, part.end, message);
                part
            }
            _ => {
                let message = format!("cannot use assignment expressions with {}", describe(&part.expr));
                self.error(part.first, part.expr.span, message);
                part
            }
        }
    }

    /// Parentheses: a tuple, a generator expression, or one expression.
    fn group(&mut self, index: usize) -> Result<ExprKind, Expr> {
        let mut cursor = self.children(index);
        self.group_body(&mut cursor)
    }

    /// What stands between parentheses or in an f-string's field.
    pub fn group_body(&mut self, cursor: &mut Cursor) -> Result<ExprKind, Expr> {
        if self.peek(cursor) == Some(Rule::yield_expr) {
            let index = self.take(cursor);
            return Err(self.yield_expression(index));
        }
        if cursor.is_done() {
            return Ok(ExprKind::Tuple(Vec::new()));
        }
        let element = self.item(cursor);
        if self.peek(cursor) == Some(Rule::comprehension) {
            self.check_element(&element);
            let generators = self.comprehensions(cursor);
            return Ok(ExprKind::GeneratorExp { elt: Box::new(element.expr), generators });
        }
        let has_comma = self.kind(element.end) == token::COMMA;
        if !has_comma {
            if let ExprKind::Starred(_) = element.expr.kind
                && self.kind(element.first) == token::STAR
            {
                self.error_at(element.first, element.end, "cannot use starred expression here");
            }
            return Err(element.expr);
        }
        let elements = self.items(cursor, element.expr);
        Ok(ExprKind::Tuple(elements))
    }

    fn items(&mut self, cursor: &mut Cursor, first: Expr) -> Vec<Expr> {
        let mut elements = vec![first];
        while !cursor.is_done() {
            elements.push(self.item(cursor).expr);
        }
        elements
    }

    fn check_element(&mut self, element: &Part) {
        if let ExprKind::Starred(_) = element.expr.kind
            && self.kind(element.first) == token::STAR
        {
            self.error_at(element.first, element.end, "iterable unpacking cannot be used in comprehension");
        }
    }

    fn list(&mut self, index: usize) -> ExprKind {
        let mut cursor = self.children(index);
        if cursor.is_done() {
            return ExprKind::List(Vec::new());
        }
        let element = self.item(&mut cursor);
        if self.peek(&cursor) == Some(Rule::comprehension) {
            self.check_element(&element);
            let generators = self.comprehensions(&mut cursor);
            return ExprKind::ListComp { elt: Box::new(element.expr), generators };
        }
        ExprKind::List(self.items(&mut cursor, element.expr))
    }

    /// Braces: what the first item is decides between dictionary and set.
    fn brace(&mut self, index: usize) -> ExprKind {
        let mut cursor = self.children(index);
        let (mut keys, mut values, mut elements) = (Vec::new(), Vec::new(), Vec::new());
        let mut is_dict = None;
        while !cursor.is_done() {
            if let Some(index) = self.take_if(&mut cursor, Rule::double_star) {
                let node = self.node(index);
                let mut inner = self.children(index);
                let value = self.arithmetic(&mut inner).expr;
                if *is_dict.get_or_insert(true) {
                    keys.push(None);
                    values.push(value);
                } else {
                    self.error_at(node.start, node.start + 1, "invalid syntax");
                }
                if self.peek(&cursor) == Some(Rule::comprehension) {
                    let message = "dict unpacking cannot be used in dict comprehension";
                    self.error_at(node.start, node.start + 1, message);
                    return ExprKind::Set(Vec::new());
                }
                continue;
            }
            let element = self.item(&mut cursor);
            let is_pair = self.has(&element, token::COLON, &cursor);
            let value = is_pair.then(|| self.expression(&mut cursor));
            let is_first = is_dict.is_none();
            if *is_dict.get_or_insert(is_pair) != is_pair {
                self.mixed_brace(&element);
                continue;
            }
            if is_first && self.peek(&cursor) == Some(Rule::comprehension) {
                self.check_element(&element);
                let generators = self.comprehensions(&mut cursor);
                let elt = Box::new(element.expr);
                return match value {
                    Some(value) => ExprKind::DictComp { key: elt, value: Box::new(value), generators },
                    None => ExprKind::SetComp { elt, generators },
                };
            }
            match value {
                Some(value) => {
                    keys.push(Some(element.expr));
                    values.push(value);
                }
                None => elements.push(element.expr),
            }
        }
        if is_dict == Some(false) { ExprKind::Set(elements) } else { ExprKind::Dict { keys, values } }
    }

    /// A pair in a set, or a plain item in a dictionary.
    fn mixed_brace(&mut self, element: &Part) {
        if self.kind(element.end) == token::COLON {
            self.error_at(element.end, element.end + 1, "invalid syntax");
        } else if matches!(element.expr.kind, ExprKind::Starred(_) | ExprKind::NamedExpr { .. }) {
            self.error_at(element.first, element.first + 1, "invalid syntax");
        } else {
            self.error_at(element.end - 1, element.end, "':' expected after dictionary key");
        }
    }

    pub fn comprehensions(&mut self, cursor: &mut Cursor) -> Vec<Comprehension> {
        let mut generators = Vec::with_capacity(1);
        while let Some(index) = self.take_if(cursor, Rule::comprehension) {
            let is_async = self.kind(self.node(index).start) == token::ASYNC;
            let mut inner = self.children(index);
            let targets = self.take(&mut inner);
            let target = self.targets(targets, Purpose::For);
            let iter = self.disjunction(&mut inner);
            let mut ifs = Vec::new();
            while !inner.is_done() {
                ifs.push(self.disjunction(&mut inner));
            }
            generators.push(Comprehension { target, iter, ifs, is_async });
        }
        generators
    }

    pub fn trailer(&mut self, index: usize) -> Trailer {
        let node = self.node(index);
        match node.rule {
            Rule::attribute => Trailer::Attribute(self.ident(node.start + 1)),
            Rule::call => {
                let mut cursor = self.children(index);
                let (args, keywords) = self.arguments(&mut cursor, node.end, true);
                Trailer::Call(args, keywords)
            }
            _ => Trailer::Subscript(Box::new(self.subscript(index))),
        }
    }

    fn subscript(&mut self, index: usize) -> Expr {
        let node = self.node(index);
        let mut cursor = self.children(index);
        let mut items = Vec::with_capacity(1);
        while !cursor.is_done() {
            let item = self.take(&mut cursor);
            items.push(match self.node(item).rule {
                Rule::star_argument => self.star(item).expr,
                _ => self.slice(item),
            });
        }
        let has_comma = self.kind(node.end - 2) == token::COMMA;
        let is_starred = matches!(items[0].kind, ExprKind::Starred(_));
        if items.len() == 1 && !has_comma && !is_starred {
            return items.pop().expect("one item");
        }
        Expr { span: self.span(node.start + 1, node.end - 1), kind: ExprKind::Tuple(items) }
    }

    fn slice(&mut self, index: usize) -> Expr {
        let node = self.node(index);
        let mut cursor = self.children(index);
        let lower = match self.peek(&cursor) {
            Some(Rule::slice_rest) => None,
            _ => Some(self.named(&mut cursor)),
        };
        let Some(rest) = self.take_if(&mut cursor, Rule::slice_rest) else {
            return lower.expect("a slice without a colon is an expression");
        };
        let rest_node = self.node(rest);
        let mut inner = self.children(rest);
        let (mut upper, mut step) = (None, None);
        // The expression right behind the first colon is the upper bound.
        if !inner.is_done() && self.node(inner.at).start == rest_node.start + 1 {
            upper = Some(self.boxed(&mut inner));
        }
        if !inner.is_done() {
            step = Some(self.boxed(&mut inner));
        }
        let kind = ExprKind::Slice { lower: lower.map(Box::new), upper, step };
        Expr { span: self.span(node.start, node.end), kind }
    }

    /// The arguments of a call, or of a class, where a bare generator expression is not allowed.
    /// `end` is behind the closing parenthesis.
    pub fn arguments(&mut self, cursor: &mut Cursor, end: u32, is_call: bool) -> (Vec<Expr>, Vec<Keyword>) {
        let (mut args, mut keywords) = (Vec::new(), Vec::<Keyword>::new());
        let mut arguments = 0;
        let list_start = if cursor.is_done() { end } else { self.node(cursor.at).start };
        // A generator expression without parentheses, where a second argument would be wrong.
        let mut bare: Option<(u32, Span)> = None;
        let (mut after_keyword, mut after_mapping) = (false, false);
        while !cursor.is_done() {
            arguments += 1;
            let first = self.node(cursor.at).start;
            match self.peek(cursor) {
                Some(Rule::star_argument) => {
                    let index = self.take(cursor);
                    if after_mapping {
                        let message = "iterable argument unpacking follows keyword argument unpacking";
                        self.error_at(list_start, first, message);
                    }
                    args.push(self.star(index).expr);
                    continue;
                }
                Some(Rule::double_star_argument) => {
                    let index = self.take(cursor);
                    let node = self.node(index);
                    let mut inner = self.children(index);
                    let value = self.expression(&mut inner);
                    keywords.push(Keyword { name: None, value, span: self.span(node.start, node.end) });
                    (after_keyword, after_mapping) = (true, true);
                    continue;
                }
                _ => {}
            }
            let part = self.expression_part(cursor);
            if self.has(&part, token::EQUAL, cursor) {
                keywords.extend(self.keyword(part, cursor));
                after_keyword = true;
                continue;
            }
            let part = if self.has(&part, token::COLON_EQUAL, cursor) { self.walrus(part, cursor) } else { part };
            if self.peek(cursor) == Some(Rule::comprehension) {
                let generators = self.comprehensions(cursor);
                let next = if cursor.is_done() { end - 1 } else { self.node(cursor.at).start - 1 };
                let inner_end = if self.kind(next - 1) == token::COMMA { next - 1 } else { next };
                let span = self.span(first, inner_end);
                bare.get_or_insert((first, span));
                let kind = ExprKind::GeneratorExp { elt: Box::new(part.expr), generators };
                // The call's own parentheses are those of the generator expression.
                args.push(Expr { span: self.span(list_start - 1, end), kind });
                if is_call && arguments == 1 && self.kind(end - 2) != token::COMMA && cursor.is_done() {
                    bare = None;
                }
                continue;
            }
            if after_keyword {
                let message =
                    if after_mapping { "positional argument follows keyword argument unpacking" } else { "positional argument follows keyword argument" };
                // CPython points behind the last argument.
                self.error_at(end - 1, end, message);
            }
            args.push(part.expr);
        }
        if let Some((first, span)) = bare {
            let message = if is_call || arguments > 1 { "Generator expression must be parenthesized" } else { "invalid syntax" };
            self.error(first, span, message);
        }
        (args, keywords)
    }

    /// `name=value`; anything else before the `=` is an error. The cursor is at the value.
    fn keyword(&mut self, part: Part, cursor: &mut Cursor) -> Option<Keyword> {
        let equal = part.end;
        let value = self.expression_part(cursor);
        let span = self.span(part.first, value.end);
        let value = value.expr;
        let is_bare = part.end == part.first + 1;
        if self.peek(cursor) == Some(Rule::comprehension) {
            self.comprehensions(cursor);
            let message = if is_bare && matches!(part.expr.kind, ExprKind::Name(_)) {
                "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
            } else {
                "expression cannot contain assignment, perhaps you meant \"==\"?"
            };
            self.error_at(part.first, equal + 1, message);
            return None;
        }
        match part.expr.kind {
            ExprKind::Name(name) if is_bare => {
                let name = Ident { name, span: part.expr.span };
                Some(Keyword { name: Some(name), value, span })
            }
            ExprKind::Constant(Constant::None | Constant::True | Constant::False) if is_bare => {
                let message = format!("cannot assign to {}", token::spelling(self.kind(part.first)));
                self.error_at(part.first, equal + 1, message);
                None
            }
            _ => {
                let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
                self.error_at(part.first, equal + 1, message);
                None
            }
        }
    }

    /// `yield`, `yield value`, `yield from value`
    pub fn yield_expression(&mut self, index: usize) -> Expr {
        let node = self.node(index);
        let mut cursor = self.children(index);
        let kind = if cursor.is_done() {
            ExprKind::Yield(None)
        } else if self.kind(node.start + 1) == token::FROM {
            ExprKind::YieldFrom(self.boxed(&mut cursor))
        } else {
            let exprs = self.take(&mut cursor);
            ExprKind::Yield(Some(Box::new(self.exprs(exprs))))
        };
        Expr { span: self.span(node.start, node.end), kind }
    }

    /// A list of expressions: a tuple when there is a comma.
    pub fn exprs(&mut self, index: usize) -> Expr {
        let node = self.node(index);
        let mut cursor = self.children(index);
        let first = self.item(&mut cursor);
        if first.end == node.end {
            return first.expr;
        }
        let items = self.items(&mut cursor, first.expr);
        Expr { span: self.span(node.start, node.end), kind: ExprKind::Tuple(items) }
    }
}
