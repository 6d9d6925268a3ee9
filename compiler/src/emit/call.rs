//! Calls: windows for plain and method calls, keyword names, star arguments.

use super::expr::is_starred;
use super::*;
use crate::opcode::FRAME_WORDS;

/// Calls with more arguments than this pass them in a tuple and a dict.
const MAX_WINDOW_ARGS: usize = 1000;

impl<'a> Compiler<'a> {
    pub(super) fn call(&mut self, e: &'a Expr, call: &'a Call, dst: Reg) -> Res {
        self.check_keywords(&call.keywords)?;
        let is_plain = !needs_containers(&call.args, &call.keywords);
        if let ExprKind::Attribute { value, attr } = &call.func.kind
            && is_plain
        {
            return match self.opener(value, attr) {
                Some(open) => self.call_of_opened(e, call, value, attr, open, dst),
                None => self.call_method(e, call, value, attr, dst),
            };
        }
        let base = self.push(&call.func)?;
        if !is_plain {
            return self.call_with_containers(base, &call.args, &call.keywords, dst);
        }
        self.begin_window(base, 0);
        self.window_args(base, &call.args, &call.keywords, false, dst)
    }

    /// Temporaries from `base` on: callee, frame record, `placed` arguments that are there already.
    pub(super) fn begin_window(&mut self, base: Reg, placed: u16) {
        self.u.regs.set_top(base as u32 + FRAME_WORDS as u32 + placed as u32);
    }

    /// The name `open` when `object` is a call of it. What a special method gives may hold on to the file.
    fn opener(&self, object: &Expr, attr: &Ident) -> Option<Name> {
        let ExprKind::Call(inner) = &object.kind else { return None };
        let ExprKind::Name(name) = inner.func.kind else { return None };
        (&**self.names.text(name) == "open" && !self.names.text(attr.name).starts_with("__")).then_some(name)
    }

    /// `open(…).method(…)`: without reference counts the file would stay open until a collection, and what was written
    /// would not be seen by who opens it next.
    fn call_of_opened(&mut self, e: &'a Expr, call: &'a Call, object: &'a Expr, attr: &'a Ident, open: Name, dst: Reg) -> Res {
        // The result must not take the place of the file.
        let top = self.u.regs.top;
        self.u.regs.set_top(u32::from(top).max(u32::from(dst) + 1));
        let file = self.push(object)?;
        self.call_method_on(e, call, file, attr, dst)?;
        self.release(file + 1);
        let callee = self.u.regs.alloc();
        self.load_name_to(open, callee, call.func.span);
        self.u.emit(Opcode::CloseUnstored, file, dst, callee);
        Ok(())
    }

    fn call_method(&mut self, e: &'a Expr, call: &'a Call, object: &'a Expr, attr: &'a Ident, dst: Reg) -> Res {
        let base = self.u.regs.top;
        let obj = self.operand(object)?;
        self.call_method_at(e, call, base, obj, attr, dst)
    }

    /// The call of a method of the object in `obj`, a temporary that stays.
    fn call_method_on(&mut self, e: &'a Expr, call: &'a Call, obj: Reg, attr: &'a Ident, dst: Reg) -> Res {
        let base = self.u.regs.top;
        self.call_method_at(e, call, base, obj, attr, dst)
    }

    fn call_method_at(&mut self, e: &'a Expr, call: &'a Call, base: Reg, obj: Reg, attr: &'a Ident, dst: Reg) -> Res {
        let saved = self.u.span;
        self.u.span = self.attribute_span(&call.func, attr);
        let name = self.mangled_index(attr.name);
        self.begin_window(base, 1);
        self.u.emit(Opcode::LoadMethod, base, obj, name);
        self.u.span = saved;
        if self.is_multiline(call.func.span) {
            self.u.span = Span { start: attr.span.start, end: e.span.end };
        }
        self.window_args(base, &call.args, &call.keywords, true, dst)
    }

    /// The arguments, then the call. The span of the call is the current one.
    pub(super) fn window_args(&mut self, base: Reg, args: &'a [Expr], keywords: &'a [Keyword], is_method: bool, dst: Reg) -> Res {
        for arg in args {
            self.push(arg)?;
        }
        for keyword in keywords {
            self.push(&keyword.value)?;
        }
        // Room for the window's end, also when there are no arguments.
        let top = self.u.regs.top;
        self.u.regs.set_top(top as u32 + 1);
        let count = (args.len() + keywords.len()) as u16;
        if keywords.is_empty() {
            let op = if is_method { Opcode::CallMethod } else { Opcode::Call };
            self.u.emit(op, base, count, dst);
        } else {
            let names = self.keyword_names(keywords);
            let op = if is_method { Opcode::CallMethodKw } else { Opcode::CallKw };
            self.u.emit_data(op, base, count, dst, names);
        }
        Ok(())
    }

    /// The constant tuple of the keywords' names.
    fn keyword_names(&mut self, keywords: &[Keyword]) -> u32 {
        let mut list = Vec::with_capacity(keywords.len());
        for keyword in keywords {
            let name = self.mangle(keyword.name.expect("no ** here").name);
            list.push(self.name_const(name));
        }
        self.u.const_index(Const::Tuple(list))
    }

    /// A name as string constant.
    pub(super) fn name_const(&self, name: Name) -> Const {
        Const::Str(self.names.text(name).as_bytes().into())
    }

    /// A call whose arguments are in a tuple or list and a dict; the callee is in `base`.
    pub(super) fn call_with_containers(&mut self, base: Reg, args: &'a [Expr], keywords: &'a [Keyword], dst: Reg) -> Res {
        self.begin_window(base, 0);
        let list = self.u.regs.alloc();
        self.positional_container(base, args, list)?;
        if !keywords.is_empty() {
            let dict = self.u.regs.alloc();
            self.keyword_dict(base, keywords, dict)?;
        }
        let top = self.u.regs.top;
        self.u.regs.set_top(top as u32 + 1);
        self.u.emit(Opcode::CallEx, base, !keywords.is_empty() as u16, dst);
        Ok(())
    }

    fn positional_container(&mut self, base: Reg, args: &'a [Expr], list: Reg) -> Res {
        if args.is_empty() {
            self.u.load_const(&Const::Tuple(Vec::new()), list);
            return Ok(());
        }
        if let [Expr { kind: ExprKind::Starred(value), .. }] = args {
            if self.is_own_varargs(value) {
                return self.expr_to(value, list);
            }
            let r = self.operand(value)?;
            self.u.emit(Opcode::BuildList, list, list, 0);
            self.u.emit(Opcode::ListExtend, list, r, base);
            self.release(list + 1);
            return Ok(());
        }
        self.list_in(args, list)
    }

    /// Whether the expression is the function's own `*args`, never assigned: certainly a tuple.
    fn is_own_varargs(&mut self, e: &Expr) -> bool {
        let ExprKind::Name(name) = e.kind else {
            return false;
        };
        let Some(r) = self.plain_local(name) else {
            return false;
        };
        let code = &self.u.code;
        if !code.has_varargs || r != code.arg_count + code.kwonly_count {
            return false;
        }
        let mangled = self.mangle(name);
        self.scope().symbol(mangled).is_some_and(|s| s.flags & (flag::LOCAL | flag::IMPORT) == 0)
    }

    /// The keyword arguments as a new dict in `dict`; a name given twice is noticed when the call runs.
    pub(super) fn keyword_dict(&mut self, callee: Reg, keywords: &'a [Keyword], dict: Reg) -> Res {
        let mark = self.u.regs.top;
        let mut rest = keywords;
        let leading = rest.iter().take(16).take_while(|k| k.name.is_some()).count();
        self.named_pairs(&rest[..leading])?;
        self.u.emit(Opcode::BuildDict, dict, mark, leading as u16);
        self.release(mark);
        rest = &rest[leading..];
        while let Some(first) = rest.first() {
            if first.name.is_none() {
                let m = self.operand(&first.value)?;
                self.u.emit(Opcode::DictMerge, dict, m, callee);
                rest = &rest[1..];
            } else {
                let count = rest.iter().take(16).take_while(|k| k.name.is_some()).count();
                let part = self.u.regs.alloc();
                let base = self.u.regs.top;
                self.named_pairs(&rest[..count])?;
                self.u.emit(Opcode::BuildDict, part, base, count as u16);
                self.u.emit(Opcode::DictMerge, dict, part, callee);
                rest = &rest[count..];
            }
            self.release(mark);
        }
        Ok(())
    }

    fn named_pairs(&mut self, keywords: &'a [Keyword]) -> Res {
        for keyword in keywords {
            let name = self.mangle(keyword.name.expect("a named one").name);
            let c = self.name_const(name);
            let t = self.u.regs.alloc();
            self.u.load_const(&c, t);
            self.push(&keyword.value)?;
        }
        Ok(())
    }

    pub(super) fn check_keywords(&mut self, keywords: &[Keyword]) -> Res {
        let mut seen: Vec<Name> = Vec::new();
        for (n, keyword) in keywords.iter().enumerate() {
            let Some(name) = keyword.name else { continue };
            if name.name == self.names.known.debug {
                return fail(self.u.span, "cannot assign to __debug__");
            }
            if keywords.len() > 1 {
                if n > 64 && seen.is_empty() {
                    seen = keywords[..n].iter().filter_map(|k| k.name).map(|i| i.name).collect();
                    seen.sort();
                }
                let is_repeated = if seen.is_empty() {
                    keywords[..n].iter().any(|k| k.name.is_some_and(|o| o.name == name.name))
                } else {
                    match seen.binary_search(&name.name) {
                        Ok(_) => true,
                        Err(at) => {
                            seen.insert(at, name.name);
                            false
                        }
                    }
                };
                if is_repeated {
                    let text = format!("keyword argument repeated: {}", self.names.text(name.name));
                    return fail(keyword.span, text);
                }
            }
        }
        Ok(())
    }
}

/// Whether the arguments hold a star, or are too many for a window.
pub(super) fn needs_containers(args: &[Expr], keywords: &[Keyword]) -> bool {
    args.iter().any(is_starred) || keywords.iter().any(|k| k.name.is_none()) || args.len() + keywords.len() > MAX_WINDOW_ARGS
}
