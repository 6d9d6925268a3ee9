//! The result of pest as a compact array: 16 bytes a node, children behind their parent, walked by index.
//! Peeking at a neighbour costs nothing, and pest's own queue is dropped at once.

use super::grammar::Rule;
use pest::Token;
use pest::iterators::Pairs;

/// A node: its tokens from `start` to before `end`, its children from the index behind it to before `next`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub rule: Rule,
    pub start: u32,
    pub end: u32,
    pub next: u32,
}

/// Nodes that lie side by side: the children of one node, or what is left of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor {
    pub at: usize,
    pub end: usize,
}

impl Cursor {
    pub fn is_done(&self) -> bool {
        self.at >= self.end
    }
}

/// Copies `pairs` into `nodes`, with token positions counted from `base`.
pub(super) fn collect(pairs: Pairs<'_, Rule>, base: u32, nodes: &mut Vec<Node>) {
    nodes.clear();
    let mut open: Vec<u32> = Vec::with_capacity(64);
    for token in pairs.tokens() {
        match token {
            Token::Start { rule, pos } => {
                open.push(nodes.len() as u32);
                let start = base + pos.pos() as u32;
                nodes.push(Node { rule, start, end: start, next: 0 });
            }
            Token::End { pos, .. } => {
                let index = open.pop().expect("pest closes what it opened") as usize;
                nodes[index].end = base + pos.pos() as u32;
                nodes[index].next = nodes.len() as u32;
            }
        }
    }
}
