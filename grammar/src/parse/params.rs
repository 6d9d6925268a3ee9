//! Parameters of functions and lambdas: a flat list in the grammar, its order checked here
//! (Python reference, 8.7 and 6.14).

use super::builder::Builder;
use super::grammar::Rule;
use super::node::Cursor;
use crate::ast::{Param, Parameters};
use crate::token;

/// What has been seen so far.
#[derive(Default)]
struct Order {
    has_default: bool,
    slash: Option<u32>,
    /// The token of the `*`.
    star: Option<u32>,
    /// A bare `*` that no name has followed yet.
    bare_star: Option<u32>,
    has_kwarg: bool,
}

impl Builder<'_> {
    /// All parameters at the cursor; `rule` is that of a function's or of a lambda's.
    pub fn parameters(&mut self, cursor: &mut Cursor, rule: Rule) -> Parameters {
        let mut params = Parameters::default();
        let mut order = Order::default();
        let mut count = 0;
        while let Some(index) = self.take_if(cursor, rule) {
            let errors = self.errors.len();
            self.parameter(index, count, &mut params, &mut order);
            count += 1;
            if self.errors.len() > errors {
                // One error a list: the rest would only follow from it.
                while self.take_if(cursor, rule).is_some() {}
                return params;
            }
        }
        if let Some(star) = order.bare_star {
            self.error_at(star, star + 1, "named arguments must follow bare *");
        }
        params
    }

    fn parameter(&mut self, index: usize, count: u32, params: &mut Parameters, order: &mut Order) {
        let node = self.node(index);
        let first = node.start;
        if order.has_kwarg {
            self.error_at(first, first + 1, "arguments cannot follow var-keyword argument");
            return;
        }
        match self.kind(first) {
            token::SLASH => self.slash(first, count, params, order),
            token::STAR => {
                if order.star.is_some() {
                    self.error_at(first, first + 1, "* argument may appear only once");
                    return;
                }
                if count > 0 && self.kind(first - 1) == token::SLASH {
                    self.error_at(first, first + 1, "expected comma between / and *");
                    return;
                }
                order.star = Some(first);
                if node.end == first + 1 {
                    order.bare_star = Some(first);
                } else {
                    params.vararg = Some(self.one_parameter(index, first + 1));
                }
            }
            token::DOUBLE_STAR => {
                if let Some(star) = order.bare_star.take() {
                    self.error_at(star, star + 1, "named arguments must follow bare *");
                    return;
                }
                order.has_kwarg = true;
                params.kwarg = Some(self.one_parameter(index, first + 1));
            }
            _ => {
                let param = self.one_parameter(index, first);
                if order.star.is_some() {
                    order.bare_star = None;
                    params.kwonly.push(param);
                    return;
                }
                if param.default.is_none() && order.has_default {
                    self.error_at(first, node.end, "non-default argument follows default argument");
                    return;
                }
                order.has_default |= param.default.is_some();
                params.args.push(param);
            }
        }
    }

    fn slash(&mut self, first: u32, count: u32, params: &mut Parameters, order: &mut Order) {
        let message = if order.star.is_some() {
            "/ must be ahead of *"
        } else if order.slash.is_some() {
            "/ may appear only once"
        } else if count == 0 {
            // Without a comma behind it CPython has no words for it.
            if self.kind(first + 1) == token::COMMA { "at least one argument must precede /" } else { "invalid syntax" }
        } else {
            order.slash = Some(first);
            params.posonly = std::mem::take(&mut params.args);
            return;
        };
        self.error_at(first, first + 1, message);
    }

    /// Name, annotation and default of a parameter whose name is at `token`.
    fn one_parameter(&mut self, index: usize, token: u32) -> Param {
        let name = self.ident(token);
        let mut cursor = self.children(index);
        let mut param = Param { name, annotation: None, default: None };
        while let Some(rule) = self.peek(&cursor) {
            let child = self.take(&mut cursor);
            let mut inner = self.children(child);
            match rule {
                Rule::default => param.default = Some(self.boxed(&mut inner)),
                _ => {
                    let annotation = match self.take_if(&mut inner, Rule::star_argument) {
                        Some(star) => Box::new(self.star(star).expr),
                        None => self.boxed(&mut inner),
                    };
                    param.annotation = Some(annotation);
                }
            }
        }
        param
    }
}
