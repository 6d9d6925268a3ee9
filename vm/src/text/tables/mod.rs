//! Character data of Unicode 14, the version CPython 3.11 knows.
//!
//! `data.rs` is written by `generate.py` from CPython's own answers, so no crate with another
//! Unicode version can make a difference. A code point leads through two small tables to one
//! of a few hundred [`Record`]s. Ask through [`crate::text::ctype`], not here.

pub(super) mod data;

/// What a class of code points has in common.
#[derive(Debug)]
pub struct Record {
    /// Properties: `data::ALPHA` and so on.
    pub(super) flags: u16,
    /// Distance to the upper-case form, if that is one code point.
    pub(super) upper: i32,
    /// Distance to the lower-case form.
    pub(super) lower: i32,
    /// Distance to the title-case form.
    pub(super) title: i32,
    /// Distance to the folded form.
    pub(super) fold: i32,
    /// Value as a decimal digit, 255 for none.
    pub(super) decimal: u8,
    /// Value as a digit (superscripts too), 255 for none.
    pub(super) digit: u8,
}

/// The mappings of a code point of which at least one has several code points.
#[derive(Debug)]
pub struct Extended {
    pub(super) upper: &'static [u32],
    pub(super) lower: &'static [u32],
    pub(super) title: &'static [u32],
    pub(super) fold: &'static [u32],
}
