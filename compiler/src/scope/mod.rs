//! Which name is local, cell, free, global.
//!
//! Two passes, as in CPython's symbol tables: [`build`] walks the tree and notes for each block (module, class,
//! function, lambda, comprehension) what happens to each name there; [`resolve`](ScopeTable::resolve) then
//! decides where each name lives. Errors of declarations (`global`, `nonlocal`, walrus in comprehensions, …)
//! come from both, in CPython's order.

mod build;

use gscript_grammar::ast::{ClassDef, Expr, FunctionDef, Name, Span};
use hashbrown::HashMap;

use crate::error::{Res, fail};
use crate::name_map::NameMap;
use crate::names::NameTable;

pub(crate) type Map<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// What was seen of a name in one block.
pub(crate) mod flag {
    pub const GLOBAL: u16 = 1;
    pub const LOCAL: u16 = 2;
    pub const PARAM: u16 = 4;
    pub const NONLOCAL: u16 = 8;
    pub const USE: u16 = 16;
    pub const IMPORT: u16 = 32;
    pub const ANNOT: u16 = 64;
    /// An iteration variable of a comprehension.
    pub const COMP_ITER: u16 = 128;
    /// `del name`, or a name bound by `except … as`, which is deleted at the end.
    pub const DELETED: u16 = 256;
    pub const BOUND: u16 = LOCAL | PARAM | IMPORT;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ScopeId(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    Module,
    Class,
    Function,
    /// Annotations under `from __future__ import annotations`: looked at for errors, without effect.
    Annotation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ComprehensionKind {
    List,
    Set,
    Dict,
    Generator,
}

/// Where a name of a block lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Not decided yet.
    Unknown,
    Local,
    /// A local that inner functions use.
    Cell,
    Free,
    GlobalExplicit,
    GlobalImplicit,
}

#[derive(Clone, Debug)]
pub(crate) struct Symbol {
    pub name: Name,
    pub flags: u16,
    pub place: Place,
    /// The block also hands an outer variable of this name on to inner blocks (classes only).
    pub passes_free: bool,
    /// Number among the block's free variables.
    pub free_index: u16,
}

#[derive(Debug)]
pub(crate) struct Scope {
    pub kind: ScopeKind,
    pub comprehension: Option<ComprehensionKind>,
    pub parent: Option<ScopeId>,
    /// The class whose private names are mangled here.
    pub private: Option<Name>,
    pub symbols: Vec<Symbol>,
    pub map: NameMap<u32>,
    pub is_generator: bool,
    pub is_coroutine: bool,
    /// Inside a function, at any distance.
    pub is_nested: bool,
    /// Holds a walrus that binds in this very block.
    pub has_walrus: bool,
    /// Mentions a built-in that can look at the frame's variables (`locals`, …).
    pub looks_at_frame: bool,
    /// Classes: a method uses `__class__` or `super`.
    pub needs_class_cell: bool,
    /// Classes: attributes assigned to the first parameter in methods.
    pub self_attributes: Vec<Name>,
    /// Functions: the first parameter, when the block is a method.
    pub self_name: Option<Name>,
    pub free_vars: Vec<Name>,
    pub directives: Vec<(Name, Span)>,
    comp_iter_expr: u32,
    in_comp_target: bool,
}

impl Scope {
    pub fn symbol(&self, name: Name) -> Option<&Symbol> {
        self.map.get(name).map(|i| &self.symbols[i as usize])
    }

    fn flags(&self, name: Name) -> u16 {
        self.symbol(name).map_or(0, |s| s.flags)
    }

    fn symbol_mut(&mut self, name: Name) -> &mut Symbol {
        let next = self.symbols.len() as u32;
        let index = self.map.get_or_insert(name, next);
        if index == next {
            self.symbols.push(Symbol { name, flags: 0, place: Place::Unknown, passes_free: false, free_index: 0 });
        }
        &mut self.symbols[index as usize]
    }

    fn directive_span(&self, name: Name) -> Span {
        self.directives.iter().find(|d| d.0 == name).map_or(Span::default(), |d| d.1)
    }
}

/// Identifies the tree node a block was made for: its address, and which sort of node (a node and its first
/// field may share an address).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NodeKey(usize, u8);

impl NodeKey {
    /// Lambdas, comprehensions.
    pub fn expr(e: &Expr) -> NodeKey {
        NodeKey(std::ptr::from_ref(e) as usize, 0)
    }

    pub fn function(f: &FunctionDef) -> NodeKey {
        NodeKey(std::ptr::from_ref(f) as usize, 1)
    }

    pub fn class(c: &ClassDef) -> NodeKey {
        NodeKey(std::ptr::from_ref(c) as usize, 2)
    }
}

/// All blocks of one compilation; number 0 is the module.
pub(crate) struct ScopeTable {
    pub scopes: Vec<Scope>,
    pub nodes: Map<NodeKey, ScopeId>,
}

impl ScopeTable {
    pub fn get(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    /// Decides the place of every name of every block.
    fn resolve(&mut self, names: &NameTable) -> Res {
        for id in 0..self.scopes.len() {
            if self.scopes[id].kind == ScopeKind::Annotation || self.is_in_annotation(id) {
                continue;
            }
            // Names added to this block by inner ones come after this loop and are placed already.
            for index in 0..self.scopes[id].symbols.len() {
                self.resolve_symbol(id, index, names)?;
            }
        }
        for scope in &mut self.scopes {
            let mut free: Vec<Name> = scope.symbols.iter().filter(|s| s.place == Place::Free || s.passes_free).map(|s| s.name).collect();
            free.sort_by(|a, b| names.text(*a).cmp(names.text(*b)));
            for (n, &name) in free.iter().enumerate() {
                scope.symbol_mut(name).free_index = n as u16;
            }
            scope.free_vars = free;
        }
        Ok(())
    }

    fn is_in_annotation(&self, id: usize) -> bool {
        let mut at = self.scopes[id].parent;
        while let Some(p) = at {
            let scope = self.get(p);
            if scope.kind == ScopeKind::Annotation {
                return true;
            }
            at = scope.parent;
        }
        false
    }

    fn resolve_symbol(&mut self, id: usize, index: usize, names: &NameTable) -> Res {
        let scope = &self.scopes[id];
        let Symbol { name, flags, place, .. } = scope.symbols[index];
        if place != Place::Unknown {
            return Ok(());
        }
        let text = || names.text(name);
        if flags & flag::GLOBAL != 0 {
            if flags & flag::NONLOCAL != 0 {
                return fail(scope.directive_span(name), format!("name '{}' is nonlocal and global", text()));
            }
            self.scopes[id].symbols[index].place = Place::GlobalExplicit;
            return Ok(());
        }
        if flags & flag::NONLOCAL != 0 {
            let span = scope.directive_span(name);
            if scope.kind == ScopeKind::Module {
                return fail(span, "nonlocal declaration not allowed at module level");
            }
            if !self.find_outer(id, index, name, names) {
                return fail(span, format!("no binding for nonlocal '{}' found", text()));
            }
            return Ok(());
        }
        if flags & flag::BOUND != 0 {
            self.scopes[id].symbols[index].place = Place::Local;
            return Ok(());
        }
        if !self.find_outer(id, index, name, names) {
            self.scopes[id].symbols[index].place = Place::GlobalImplicit;
        }
        Ok(())
    }

    /// Looks for the enclosing block that binds `name`; makes it a cell there and a free variable from there to
    /// block `id`.
    fn find_outer(&mut self, id: usize, index: usize, name: Name, names: &NameTable) -> bool {
        let mut at = self.scopes[id].parent;
        let owner = loop {
            let Some(p) = at else { return false };
            let scope = self.get(p);
            match scope.kind {
                ScopeKind::Class if name == names.known.class_cell => break p,
                ScopeKind::Function => {
                    let flags = scope.flags(name);
                    if flags & flag::GLOBAL != 0 {
                        return false;
                    }
                    if flags & flag::BOUND != 0 && flags & flag::NONLOCAL == 0 {
                        break p;
                    }
                }
                _ => {}
            }
            at = scope.parent;
        };
        let owner_scope = &mut self.scopes[owner.0 as usize];
        if owner_scope.kind == ScopeKind::Class {
            owner_scope.needs_class_cell = true;
        } else {
            owner_scope.symbol_mut(name).place = Place::Cell;
        }
        self.scopes[id].symbols[index].place = Place::Free;
        let mut at = self.scopes[id].parent.expect("a block with an owner above it has a parent");
        while at != owner {
            let scope = &mut self.scopes[at.0 as usize];
            let kind = scope.kind;
            let symbol = scope.symbol_mut(name);
            let bound = symbol.flags & (flag::BOUND | flag::GLOBAL) != 0 && symbol.place != Place::Free;
            if bound && kind == ScopeKind::Class {
                symbol.passes_free = true;
            } else {
                symbol.place = Place::Free;
            }
            at = scope.parent.expect("the owner is above");
        }
        true
    }
}

pub(crate) use build::{build_expression, build_module};
