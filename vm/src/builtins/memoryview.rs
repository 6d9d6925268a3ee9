//! `memoryview`: a window on the memory of another object, with a shape, strides and an item format.
//!
//! While a view looks at a bytearray (or another object that lends its memory), that must not be resized. Only what
//! `memoryview(object)` made counts, not the parts of such a view: they are mostly temporary, and without reference
//! counts it shows late that they are gone. For the same reason who wants to resize collects first
//! ([`Cx::check_not_viewed`]). Nothing but the error depends on it: views reach the memory through its owner, with
//! bounds checked.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::extension::Extension;
use crate::heap::mark::Marker;
use crate::object::bytes::{ByteArray, Bytes};
use crate::object::int::{IntRef, int_ref};
use crate::object::list::List;
use crate::object::native::{Native, NativeObject, lent_bytes, memory_of, native};
use crate::object::simple::Slice;
use crate::object::slot::Slot;
use crate::object::tuple::Tuple;
use crate::protocol::bytes_of;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// A window on memory.
pub struct MemoryView {
    /// Whose memory it is; never another view.
    owner: Slot,
    /// The byte of the owner's memory that the first item begins with.
    offset: usize,
    layout: Layout,
    is_readonly: bool,
    is_released: Cell<bool>,
    lease: Lease,
}

/// How items lie in memory.
#[derive(Clone)]
struct Layout {
    shape: Vec<usize>,
    /// In bytes.
    strides: Vec<isize>,
    format: char,
    /// The format was written with `@` in front.
    has_prefix: bool,
    item_size: usize,
}

impl Layout {
    fn flat(len: usize, format: char, item_size: usize) -> Layout {
        Layout { shape: vec![len], strides: vec![item_size as isize], format, has_prefix: false, item_size }
    }

    /// Rows behind one another.
    fn of_shape(shape: Vec<usize>, format: char, item_size: usize) -> Layout {
        let mut layout = Layout { strides: vec![0; shape.len()], shape, format, has_prefix: false, item_size };
        layout.strides = layout.packed_strides();
        layout
    }

    fn packed_strides(&self) -> Vec<isize> {
        let mut size = self.item_size as isize;
        let mut strides = Vec::with_capacity(self.shape.len());
        for &n in self.shape.iter().rev() {
            strides.push(size);
            size = size.saturating_mul(n as isize);
        }
        strides.reverse();
        strides
    }

    fn count(&self) -> usize {
        self.shape.iter().product()
    }

    fn byte_len(&self) -> usize {
        self.count() * self.item_size
    }

    /// As C lays arrays out, without gaps.
    fn is_contiguous(&self) -> bool {
        self.count() == 0 || self.strides.iter().zip(self.packed_strides()).zip(&self.shape).all(|((a, b), &n)| n == 1 || *a == b)
    }

    /// As Fortran does.
    fn is_fortran_contiguous(&self) -> bool {
        let mut size = self.item_size as isize;
        self.count() == 0
            || self.strides.iter().zip(&self.shape).all(|(&stride, &n)| {
                let fits = n == 1 || stride == size;
                size *= n as isize;
                fits
            })
    }

    /// Offsets of all items from the first one, in C order.
    fn offsets(&self) -> Vec<isize> {
        let mut all = vec![0];
        for (&n, &stride) in self.shape.iter().zip(&self.strides) {
            all = all.iter().flat_map(|&at| (0..n as isize).map(move |i| at + i * stride)).collect();
        }
        all
    }
}

/// Counts as one view of its owner as long as it lives and was not given up; without a count, not at all.
struct Lease {
    count: Option<Rc<Cell<u32>>>,
}

impl Lease {
    fn give_up(&self) {
        if let Some(c) = &self.count {
            c.set(c.get().saturating_sub(1));
        }
    }
}

/// The counts of views, by the address of the owner. An entry belongs to the owner at that address only while its flag
/// of exports is set.
#[derive(Default)]
struct Leases {
    counts: HashMap<usize, Rc<Cell<u32>>>,
}

impl Extension for Leases {}

impl Drop for MemoryView {
    fn drop(&mut self) {
        if !self.is_released.get() {
            self.lease.give_up();
        }
    }
}

impl Native for MemoryView {
    fn trace(&self, m: &mut Marker<'_>) {
        self.owner.trace(m);
    }

    fn lent_bytes(&self) -> Option<&[u8]> {
        if self.is_released.get() || !self.layout.is_contiguous() {
            return None;
        }
        bytes_of(self.owner.get()?)?.get(self.offset..self.offset + self.layout.byte_len())
    }
}

impl MemoryView {
    /// The owner's memory.
    fn memory(&self) -> &[u8] {
        self.owner.get().and_then(bytes_of).unwrap_or_default()
    }

    fn item_bytes(&self, offset: isize) -> &[u8] {
        let at = self.offset.wrapping_add_signed(offset);
        self.memory().get(at..at + self.layout.item_size).unwrap_or_default()
    }

    fn to_vec(&self) -> Vec<u8> {
        if self.layout.is_contiguous() {
            return self.memory().get(self.offset..self.offset + self.layout.byte_len()).unwrap_or_default().to_vec();
        }
        let mut out = Vec::with_capacity(self.layout.byte_len());
        for at in self.layout.offsets() {
            out.extend_from_slice(self.item_bytes(at));
        }
        out
    }

    /// Writes bytes at an offset from the first item.
    fn store(&self, offset: isize, data: &[u8]) {
        let Some(owner) = self.owner.get() else {
            return;
        };
        let array = owner.as_gc::<ByteArray>();
        let cells = match &array {
            Some(b) => b.cells(),
            None => memory_of(owner).and_then(|m| m.cells).unwrap_or_default(),
        };
        let at = self.offset.wrapping_add_signed(offset);
        if let Some(cells) = cells.get(at..at + data.len()) {
            cells.iter().zip(data).for_each(|(c, &b)| c.set(b));
        }
    }
}

/// Steps through the items of a view.
pub struct MemoryIter {
    view: Slot,
    at: Cell<usize>,
}

impl Native for MemoryIter {
    fn trace(&self, m: &mut Marker<'_>) {
        self.view.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(self.step(cx, this))
    }
}

impl MemoryIter {
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(view) = self.view.get().and_then(native::<MemoryView>) else {
            return Ok(None);
        };
        cx.check_live(view)?;
        let at = self.at.get();
        if at >= view.layout.shape[0] {
            self.view.set(this, None);
            return Ok(None);
        }
        self.at.set(at + 1);
        Ok(Some(cx.view_item(view, at as isize * view.layout.strides[0])))
    }
}

#[gscript_macros::class("memory_iterator", flags = IS_FINAL | NO_NEW)]
pub mod memory_iterator {
    use super::MemoryIter;
    use crate::object::native::NativeObject;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[method]
    fn __iter__(this: Gc<NativeObject>) -> Gc<NativeObject> {
        this
    }

    #[method]
    fn __next__(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let next = match this.downcast::<MemoryIter>() {
            Some(it) => it.step(cx, this)?,
            None => None,
        };
        match next {
            Some(v) => Ok(v),
            None => Err(cx.stop_iteration(Value::NONE)),
        }
    }
}

/// The size of an item of a format; `None`: no such format.
fn size_of_format(format: char) -> Option<usize> {
    Some(match format {
        'B' | 'b' | 'c' | '?' => 1,
        'h' | 'H' => 2,
        'i' | 'I' | 'f' => 4,
        'l' | 'L' | 'q' | 'Q' | 'n' | 'N' | 'd' | 'P' => 8,
        _ => return None,
    })
}

/// Whether the key is a tuple of slices only.
fn is_multislice(key: Value) -> bool {
    key.as_gc::<Tuple>().is_some_and(|t| !t.is_empty() && t.items().iter().all(|v| v.as_gc::<Slice>().is_some()))
}

impl Cx {
    /// `memoryview(v)`.
    pub(crate) fn memoryview(&mut self, v: Value) -> Result<Value> {
        if let Some(view) = native::<MemoryView>(v) {
            self.check_live(view)?;
            return Ok(self.view_like(view, view.offset, view.layout.clone(), view.is_readonly));
        }
        let memory = memory_of(v);
        let (layout, is_readonly) = if let Some(b) = v.as_gc::<Bytes>() {
            (Layout::flat(b.len(), 'B', 1), true)
        } else if let Some(b) = v.as_gc::<ByteArray>() {
            (Layout::flat(b.len(), 'B', 1), false)
        } else if let Some(m) = memory {
            let len = m.cells.map_or_else(|| lent_bytes(v).map_or(0, |b| b.len()), |c| c.len());
            (Layout::flat(len / m.item_size.max(1), m.format, m.item_size), m.cells.is_none())
        } else if let Some(b) = lent_bytes(v) {
            (Layout::flat(b.len(), 'B', 1), true)
        } else {
            let text = format!("memoryview: a bytes-like object is required, not '{}'", self.type_name(v));
            return Err(self.type_error(text));
        };
        let lease = self.lease(v);
        Ok(self.make_view(v, 0, layout, is_readonly, lease))
    }

    /// A view of the same memory, or a part of it.
    fn view_like(&mut self, view: &MemoryView, offset: usize, layout: Layout, is_readonly: bool) -> Value {
        let owner = view.owner.get().unwrap_or(Value::NONE);
        self.make_view(owner, offset, layout, is_readonly, Lease { count: None })
    }

    fn make_view(&mut self, owner: Value, offset: usize, layout: Layout, is_readonly: bool, lease: Lease) -> Value {
        let class = self.types.memoryview;
        let view = MemoryView { owner: Slot::new(Some(owner)), offset, layout, is_readonly, is_released: Cell::new(false), lease };
        NativeObject::alloc(self, class, Box::new(view)).value()
    }

    fn lease(&mut self, owner: Value) -> Lease {
        let array = owner.as_gc::<ByteArray>();
        let flag = match &array {
            Some(b) => Some(&b.exports),
            None => memory_of(owner).map(|m| m.exports),
        };
        let Some(flag) = flag else {
            return Lease { count: None };
        };
        let leases = &mut self.extension::<Leases>().counts;
        if flag.get() == 0 {
            // What stands at this address was of an object that is gone.
            leases.remove(&(owner.word() as usize));
            leases.retain(|_, count| count.get() > 0);
            flag.set(1);
        }
        let count = leases.entry(owner.word() as usize).or_default().clone();
        count.set(count.get() + 1);
        Lease { count: Some(count) }
    }

    /// BufferError while views look at `owner`, whose flag of exports `flag` is: before its memory moves.
    pub fn check_not_viewed(&mut self, owner: Value, flag: &Cell<u32>) -> Result<()> {
        if flag.get() == 0 {
            return Ok(());
        }
        let count = self.extension::<Leases>().counts.get(&(owner.word() as usize)).cloned();
        if let Some(c) = count.as_ref().filter(|c| c.get() > 0) {
            self.collect(true);
            if c.get() > 0 {
                return Err(self.buffer_error("Existing exports of data: object cannot be re-sized"));
            }
        }
        flag.set(0);
        Ok(())
    }

    fn check_live(&mut self, view: &MemoryView) -> Result<()> {
        if view.is_released.get() {
            return Err(self.value_error("operation forbidden on released memoryview object"));
        }
        Ok(())
    }

    /// The bytes of a view that is not contiguous; `None`: it is no view.
    pub(crate) fn strided_bytes(&mut self, v: Value) -> Result<Option<Vec<u8>>> {
        let Some(view) = native::<MemoryView>(v) else {
            return Ok(None);
        };
        self.check_live(view)?;
        Ok(Some(view.to_vec()))
    }

    /// An item as a value.
    fn view_item(&mut self, view: &MemoryView, offset: isize) -> Value {
        let b = view.item_bytes(offset);
        fn word<const N: usize>(b: &[u8]) -> [u8; N] {
            b.try_into().unwrap_or([0; N])
        }
        match view.layout.format {
            'B' => Value::int32(word::<1>(b)[0] as i32),
            'b' => Value::int32(word::<1>(b)[0] as i8 as i32),
            '?' => Value::bool(word::<1>(b)[0] != 0),
            'c' => self.bytes(b).value(),
            'h' => Value::int32(i16::from_ne_bytes(word(b)) as i32),
            'H' => Value::int32(u16::from_ne_bytes(word(b)) as i32),
            'i' => Value::int32(i32::from_ne_bytes(word(b))),
            'I' => self.int(u32::from_ne_bytes(word(b)) as i64),
            'l' | 'q' | 'n' => self.int(i64::from_ne_bytes(word(b))),
            'f' => self.float(f32::from_ne_bytes(word(b)) as f64),
            'd' => self.float(f64::from_ne_bytes(word(b))),
            _ => self.uint(u64::from_ne_bytes(word(b))),
        }
    }

    /// Stores a value as an item. May run script code (`__index__`, `__float__`), which may release the view.
    fn set_view_item(&mut self, view: &MemoryView, offset: isize, v: Value) -> Result<()> {
        let format = view.layout.format;
        let wrong_type = |cx: &mut Cx| cx.type_error(format!("memoryview: invalid type for format '{format}'"));
        let wrong_value = |cx: &mut Cx| cx.value_error(format!("memoryview: invalid value for format '{format}'"));
        let data: Vec<u8> = match format {
            'c' => match v.as_gc::<Bytes>() {
                Some(b) if b.len() == 1 => b.bytes().to_vec(),
                Some(_) => return Err(wrong_value(self)),
                None => return Err(wrong_type(self)),
            },
            '?' => vec![self.truth(v)? as u8],
            'f' | 'd' => {
                let x = match self.to_float(v) {
                    Ok(x) => x,
                    Err(r) if self.pending_is(self.types.type_error) => {
                        self.take_pending(r);
                        return Err(wrong_type(self));
                    }
                    Err(r) => return Err(r),
                };
                if format == 'f' { (x as f32).to_ne_bytes().to_vec() } else { x.to_ne_bytes().to_vec() }
            }
            _ => {
                let i = match self.index(v) {
                    Ok(i) => i,
                    Err(r) if self.pending_is(self.types.type_error) => {
                        self.take_pending(r);
                        return Err(wrong_type(self));
                    }
                    Err(r) => return Err(r),
                };
                let n: Option<i128> = match int_ref(i) {
                    Some(IntRef::Small(i)) => Some(i as i128),
                    Some(IntRef::Big(b)) => i128::try_from(b).ok(),
                    None => None,
                };
                let size = view.layout.item_size;
                let bits = 8 * size as u32;
                let is_signed = format.is_ascii_lowercase();
                let (min, max) = if is_signed { (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1) } else { (0, (1i128 << bits) - 1) };
                let Some(n) = n.filter(|n| (min..=max).contains(n)) else {
                    return Err(wrong_value(self));
                };
                let wide = n.to_ne_bytes();
                if cfg!(target_endian = "little") { wide[..size].to_vec() } else { wide[16 - size..].to_vec() }
            }
        };
        self.check_live(view)?;
        view.store(offset, &data);
        Ok(())
    }

    /// The offset of an item, from the first one, in dimension `d`.
    fn view_index(&mut self, view: &MemoryView, d: usize, i: Value) -> Result<isize> {
        let n = view.layout.shape[d];
        match self.sequence_index(i, n)? {
            Some(i) => Ok(i as isize * view.layout.strides[d]),
            None => Err(self.index_error(format!("index out of bounds on dimension {}", d + 1))),
        }
    }

    /// Where `view[key]` is when it is one item; `None`: the key is no index nor tuple of such. Sub-views of several dimensions
    /// are what CPython refuses as well, in these words: `sub_view` is its text for an index that would give one.
    fn view_place(&mut self, view: &MemoryView, key: Value, sub_view: &str) -> Result<Option<isize>> {
        let dimensions = view.layout.shape.len();
        if let Some(t) = key.as_gc::<Tuple>() {
            if !t.items().iter().all(|v| self.is_index(*v)) {
                return Ok(None);
            }
            if t.len() < dimensions {
                return Err(self.not_implemented_error("sub-views are not implemented"));
            }
            if t.len() > dimensions {
                return Err(self.type_error(format!("cannot index {dimensions}-dimension view with {}-element tuple", t.len())));
            }
            let mut at = 0;
            for d in 0..dimensions {
                at += self.view_index(view, d, t.items()[d])?;
            }
            return Ok(Some(at));
        }
        if !self.is_index(key) {
            return Ok(None);
        }
        match dimensions {
            1 => self.view_index(view, 0, key).map(Some),
            0 => Err(self.type_error("invalid indexing of 0-dim memory")),
            _ => Err(self.not_implemented_error(sub_view)),
        }
    }

    fn is_index(&mut self, v: Value) -> bool {
        let class = self.class_of(v);
        int_ref(v).is_some() || self.special(class, crate::object::dunder::Dunder::Index).is_some()
    }

    /// `view[slice]`: offset in the owner's memory and layout.
    fn view_slice(&mut self, view: &MemoryView, s: Gc<Slice>) -> Result<(usize, Layout)> {
        if view.layout.shape.is_empty() {
            return Err(self.type_error("invalid indexing of 0-dim memory"));
        }
        let b = self.slice_bounds(s.start, s.stop, s.step, view.layout.shape[0])?;
        let mut layout = view.layout.clone();
        let offset = view.offset as isize + b.start as isize * layout.strides[0];
        layout.shape[0] = b.count;
        layout.strides[0] = layout.strides[0].saturating_mul(b.step);
        Ok((offset.max(0) as usize, layout))
    }

    fn view_list(&mut self, view: &MemoryView, d: usize, at: isize) -> Value {
        if d == view.layout.shape.len() {
            return self.view_item(view, at);
        }
        let (n, stride) = (view.layout.shape[d], view.layout.strides[d]);
        let list = self.list_new();
        for i in 0..n {
            let v = self.view_list(view, d + 1, at + i as isize * stride);
            self.list_push(list, v);
        }
        list.value()
    }

    /// `view == other`; `None`: NotImplemented.
    fn view_equal(&mut self, view: &MemoryView, other: Value) -> Result<Option<bool>> {
        if view.is_released.get() {
            return Ok(Some(native::<MemoryView>(other).is_some_and(|o| std::ptr::eq(o, view))));
        }
        let other = match native::<MemoryView>(other) {
            Some(o) if o.is_released.get() => return Ok(Some(false)),
            Some(_) => other,
            None if bytes_of(other).is_some() || memory_of(other).is_some() => self.memoryview(other)?,
            None => return Ok(None),
        };
        let Some(o) = native::<MemoryView>(other) else {
            return Ok(None);
        };
        if view.layout.shape != o.layout.shape {
            return Ok(Some(false));
        }
        if view.layout.format == o.layout.format && !matches!(view.layout.format, 'f' | 'd' | '?') {
            return Ok(Some(view.to_vec() == o.to_vec()));
        }
        let pairs: Vec<(isize, isize)> = view.layout.offsets().into_iter().zip(o.layout.offsets()).collect();
        for (p, q) in pairs {
            let (x, y) = (self.view_item(view, p), self.view_item(o, q));
            // Not `eq`: a NaN differs from itself.
            if !self.native_compare(crate::operator::Compare::Eq, x, y)?.unwrap_or(false) {
                return Ok(Some(false));
            }
        }
        std::hint::black_box(other);
        Ok(Some(true))
    }

    fn view_cast(&mut self, view: &MemoryView, format: &str, shape: Option<Value>) -> Result<Value> {
        let plain = format.strip_prefix('@').unwrap_or(format);
        let mut letters = plain.chars();
        let known = match (letters.next(), letters.next()) {
            (Some(c), None) => size_of_format(c).map(|size| (c, size)),
            _ => None,
        };
        if !view.layout.is_contiguous() {
            return Err(self.type_error("memoryview: casts are restricted to C-contiguous views"));
        }
        let shape = match shape {
            None => None,
            Some(v) => Some(self.view_shape(v)?),
        };
        let Some((format_char, size)) = known else {
            return Err(self.value_error("memoryview: destination format must be a native single character format prefixed with an optional '@'"));
        };
        let is_byte = |c: char| matches!(c, 'B' | 'b' | 'c');
        if !is_byte(view.layout.format) && !is_byte(format_char) {
            return Err(self.type_error("memoryview: cannot cast between two non-byte formats"));
        }
        let bytes = view.layout.byte_len();
        if bytes % size != 0 {
            return Err(self.type_error("memoryview: length is not a multiple of itemsize"));
        }
        let mut layout = match shape {
            None => Layout::flat(bytes / size, format_char, size),
            Some(shape) => {
                if view.layout.shape.len() != 1 && shape.len() != 1 {
                    return Err(self.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
                }
                let product = shape.iter().try_fold(size, |p, &n| p.checked_mul(n));
                if product != Some(bytes) {
                    return Err(self.type_error("memoryview: product(shape) * itemsize != buffer size"));
                }
                Layout::of_shape(shape, format_char, size)
            }
        };
        layout.has_prefix = plain.len() != format.len();
        Ok(self.view_like(view, view.offset, layout, view.is_readonly))
    }

    fn view_shape(&mut self, v: Value) -> Result<Vec<usize>> {
        if v.as_gc::<List>().is_none() && v.as_gc::<Tuple>().is_none() {
            return Err(self.type_error("shape must be a list or a tuple"));
        }
        let items = self.tuple_from_iterable(v)?;
        if items.len() > 64 {
            return Err(self.value_error("memoryview: number of dimensions must not exceed 64"));
        }
        let mut shape = Vec::new();
        for &n in items.items() {
            match int_ref(n) {
                Some(IntRef::Small(n)) if n > 0 => shape.push(n as usize),
                Some(_) => {
                    return Err(self.value_error("memoryview.cast(): elements of shape must be integers > 0"));
                }
                None => {
                    return Err(self.type_error("memoryview.cast(): elements of shape must be integers"));
                }
            }
        }
        Ok(shape)
    }

    fn release_view(&mut self, view: &MemoryView) {
        if !view.is_released.replace(true) {
            view.lease.give_up();
        }
    }
}

/// Create a new memoryview object which references the given object.
#[gscript_macros::class("memoryview")]
pub mod class {
    use std::cell::Cell;

    use super::{MemoryIter, MemoryView, is_multislice};
    use crate::object::class::Type;
    use crate::object::native::{NativeObject, native};
    use crate::object::simple::Slice;
    use crate::object::slot::Slot;
    use crate::object::str::Str;
    use crate::object::tuple::Tuple;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("object")]
    fn new(cx: &mut Cx, _class: Gc<Type>, object: Value) -> Result<Value> {
        cx.memoryview(object)
    }

    #[method]
    fn __repr__(this: Gc<NativeObject>) -> String {
        let released = this.downcast::<MemoryView>().is_some_and(|v| v.is_released.get());
        format!("<{} at {:#x}>", if released { "released memory" } else { "memory" }, this.value().word())
    }

    #[method]
    fn __len__(cx: &mut Cx, this: &MemoryView) -> Result<usize> {
        cx.check_live(this)?;
        match this.layout.shape.first() {
            Some(&n) => Ok(n),
            None => Ok(1),
        }
    }

    #[method]
    fn __iter__(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let dimensions = match this.downcast::<MemoryView>() {
            Some(v) => {
                cx.check_live(v)?;
                v.layout.shape.len()
            }
            None => 1,
        };
        match dimensions {
            1 => {
                let class = cx.native_class(&super::memory_iterator::NATIVE);
                let it = MemoryIter { view: Slot::new(Some(this.value())), at: Cell::new(0) };
                Ok(NativeObject::alloc(cx, class, Box::new(it)).value())
            }
            0 => Err(cx.type_error("invalid indexing of 0-dim memory")),
            _ => Err(cx.not_implemented_error("multi-dimensional sub-views are not implemented")),
        }
    }

    #[method]
    fn __hash__(cx: &mut Cx, this: &MemoryView) -> Result<i64> {
        cx.check_live(this)?;
        if !this.is_readonly {
            return Err(cx.value_error("cannot hash writable memoryview object"));
        }
        if !matches!(this.layout.format, 'B' | 'b' | 'c') {
            return Err(cx.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
        }
        if let Some(owner) = this.owner.get() {
            // Unhashable owners make unhashable views.
            cx.hash(owner)?;
        }
        let b = cx.bytes(&this.to_vec()).value();
        cx.hash(b)
    }

    #[method("value, /")]
    fn __eq__(cx: &mut Cx, this: &MemoryView, value: Value) -> Result<Value> {
        Ok(cx.view_equal(this, value)?.map_or(Value::NOT_IMPLEMENTED, Value::bool))
    }

    #[method("value, /")]
    fn __ne__(cx: &mut Cx, this: &MemoryView, value: Value) -> Result<Value> {
        Ok(cx.view_equal(this, value)?.map_or(Value::NOT_IMPLEMENTED, |t| Value::bool(!t)))
    }

    #[method("value, /")]
    fn __lt__(_this: &MemoryView, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    #[method("value, /")]
    fn __le__(_this: &MemoryView, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    #[method("value, /")]
    fn __gt__(_this: &MemoryView, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    #[method("value, /")]
    fn __ge__(_this: &MemoryView, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    #[method("key, /")]
    fn __getitem__(cx: &mut Cx, this: Gc<NativeObject>, key: Value) -> Result<Value> {
        let Some(view) = native::<MemoryView>(this.value()) else {
            return Ok(Value::NONE);
        };
        cx.check_live(view)?;
        if key == Value::ELLIPSIS && view.layout.shape.is_empty() {
            return Ok(this.value());
        }
        if let Some(s) = key.as_gc::<Slice>() {
            let (offset, layout) = cx.view_slice(view, s)?;
            cx.check_live(view)?;
            return Ok(cx.view_like(view, offset, layout, view.is_readonly));
        }
        match cx.view_place(view, key, "multi-dimensional sub-views are not implemented")? {
            Some(at) => {
                cx.check_live(view)?;
                Ok(cx.view_item(view, at))
            }
            None if is_multislice(key) => Err(cx.not_implemented_error("multi-dimensional slicing is not implemented")),
            None => Err(cx.type_error("memoryview: invalid slice key")),
        }
    }

    #[method("key, value, /")]
    fn __setitem__(cx: &mut Cx, this: Gc<NativeObject>, key: Value, value: Value) -> Result<()> {
        let Some(view) = native::<MemoryView>(this.value()) else {
            return Ok(());
        };
        cx.check_live(view)?;
        if view.is_readonly {
            return Err(cx.type_error("cannot modify read-only memory"));
        }
        let dimensions = view.layout.shape.len();
        if dimensions == 0 {
            if key == Value::ELLIPSIS || key.as_gc::<Tuple>().is_some_and(|t| t.is_empty()) {
                return cx.set_view_item(view, 0, value);
            }
            return Err(cx.type_error("invalid indexing of 0-dim memory"));
        }
        if is_multislice(key) || key.as_gc::<Slice>().is_some() && dimensions != 1 {
            return Err(cx.not_implemented_error("memoryview slice assignments are currently restricted to ndim = 1"));
        }
        if let Some(s) = key.as_gc::<Slice>() {
            let (offset, layout) = cx.view_slice(view, s)?;
            let source = cx.memoryview(value)?;
            let Some(from) = native::<MemoryView>(source) else {
                return Ok(());
            };
            if from.layout.shape != layout.shape || from.layout.format != layout.format {
                return Err(cx.value_error("memoryview assignment: lvalue and rvalue have different structures"));
            }
            // Copied before, since both may be the same memory.
            let data = from.to_vec();
            cx.check_live(view)?;
            let base = offset as isize - view.offset as isize;
            if layout.is_contiguous() {
                view.store(base, &data);
            } else {
                for (at, item) in layout.offsets().into_iter().zip(data.chunks(layout.item_size.max(1))) {
                    view.store(base + at, item);
                }
            }
            cx.release_view(from);
            return Ok(());
        }
        match cx.view_place(view, key, "sub-views are not implemented")? {
            Some(at) => cx.set_view_item(view, at, value),
            None => Err(cx.type_error("memoryview: invalid slice key")),
        }
    }

    #[method("key, /")]
    fn __delitem__(cx: &mut Cx, this: &MemoryView, _key: Value) -> Result<()> {
        cx.check_live(this)?;
        Err(cx.type_error(if this.is_readonly { "cannot modify read-only memory" } else { "cannot delete memory" }))
    }

    #[method]
    fn __enter__(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        if let Some(v) = native::<MemoryView>(this.value()) {
            cx.check_live(v)?;
        }
        Ok(this.value())
    }

    #[method("*args")]
    fn __exit__(cx: &mut Cx, this: &MemoryView, _args: &[Value]) {
        cx.release_view(this);
    }

    /// Release the underlying buffer exposed by the memoryview object.
    #[method]
    fn release(cx: &mut Cx, this: &MemoryView) {
        cx.release_view(this);
    }

    /// Return the data in the buffer as a byte string.
    #[method("order=None")]
    fn tobytes(cx: &mut Cx, this: &MemoryView, order: Option<Gc<Str>>) -> Result<Value> {
        cx.check_live(this)?;
        let data = match order.as_ref().map(|o| o.bytes()) {
            None | Some(b"C") => this.to_vec(),
            Some(b"A") if !this.layout.is_fortran_contiguous() => this.to_vec(),
            Some(b"F" | b"A") => {
                let mut turned = this.layout.clone();
                turned.shape.reverse();
                turned.strides.reverse();
                turned.offsets().into_iter().flat_map(|at| this.item_bytes(at)).copied().collect()
            }
            Some(_) => return Err(cx.value_error("order must be 'C', 'F' or 'A'")),
        };
        Ok(cx.bytes(&data).value())
    }

    /// Return the data in the buffer as a str of hexadecimal numbers.
    #[method("sep=<unrepresentable>, bytes_per_sep=1")]
    fn hex(cx: &mut Cx, this: &MemoryView, sep: Option<Value>, bytes_per_sep: i32) -> Result<Gc<Str>> {
        cx.check_live(this)?;
        cx.bytes_hex(&this.to_vec(), sep, bytes_per_sep)
    }

    /// Return the data in the buffer as a list of elements.
    #[method]
    fn tolist(cx: &mut Cx, this: &MemoryView) -> Result<Value> {
        cx.check_live(this)?;
        Ok(cx.view_list(this, 0, 0))
    }

    /// Cast a memoryview to a new format or shape.
    #[method("format, shape=<unrepresentable>")]
    fn cast(cx: &mut Cx, this: &MemoryView, format: String, shape: Option<Value>) -> Result<Value> {
        cx.check_live(this)?;
        cx.view_cast(this, &format, shape)
    }

    /// Return a readonly version of the memoryview.
    #[method]
    fn toreadonly(cx: &mut Cx, this: &MemoryView) -> Result<Value> {
        cx.check_live(this)?;
        Ok(cx.view_like(this, this.offset, this.layout.clone(), true))
    }

    /// The underlying object of the memoryview.
    #[getter]
    fn obj(cx: &mut Cx, this: &MemoryView) -> Result<Option<Value>> {
        cx.check_live(this)?;
        Ok(this.owner.get())
    }

    /// The amount of space in bytes that the array would use in a contiguous representation.
    #[getter]
    fn nbytes(cx: &mut Cx, this: &MemoryView) -> Result<usize> {
        cx.check_live(this)?;
        Ok(this.layout.byte_len())
    }

    /// A bool indicating whether the memory is read only.
    #[getter]
    fn readonly(cx: &mut Cx, this: &MemoryView) -> Result<bool> {
        cx.check_live(this)?;
        Ok(this.is_readonly)
    }

    /// The size in bytes of each element of the memoryview.
    #[getter]
    fn itemsize(cx: &mut Cx, this: &MemoryView) -> Result<usize> {
        cx.check_live(this)?;
        Ok(this.layout.item_size)
    }

    /// A string containing the format (in struct module style) for each element in the view.
    #[getter]
    fn format(cx: &mut Cx, this: &MemoryView) -> Result<String> {
        cx.check_live(this)?;
        let l = &this.layout;
        Ok(if l.has_prefix { format!("@{}", l.format) } else { l.format.to_string() })
    }

    /// An integer indicating how many dimensions of a multi-dimensional array the memory represents.
    #[getter]
    fn ndim(cx: &mut Cx, this: &MemoryView) -> Result<usize> {
        cx.check_live(this)?;
        Ok(this.layout.shape.len())
    }

    fn numbers(cx: &mut Cx, numbers: &[i64]) -> Value {
        let list = cx.list_new();
        for &n in numbers {
            let v = cx.int(n);
            cx.list_push(list, v);
        }
        cx.list_to_tuple(list).value()
    }

    /// A tuple of ndim integers giving the shape of the memory as an N-dimensional array.
    #[getter]
    fn shape(cx: &mut Cx, this: &MemoryView) -> Result<Value> {
        cx.check_live(this)?;
        let all: Vec<i64> = this.layout.shape.iter().map(|&n| n as i64).collect();
        Ok(numbers(cx, &all))
    }

    /// A tuple of ndim integers giving the size in bytes to access each element for each dimension of the array.
    #[getter]
    fn strides(cx: &mut Cx, this: &MemoryView) -> Result<Value> {
        cx.check_live(this)?;
        let all: Vec<i64> = this.layout.strides.iter().map(|&n| n as i64).collect();
        Ok(numbers(cx, &all))
    }

    /// A tuple of integers used internally for PIL-style arrays.
    #[getter]
    fn suboffsets(cx: &mut Cx, this: &MemoryView) -> Result<Value> {
        cx.check_live(this)?;
        Ok(cx.tuple(&[]).value())
    }

    /// A bool indicating whether the memory is C contiguous.
    #[getter]
    fn c_contiguous(cx: &mut Cx, this: &MemoryView) -> Result<bool> {
        cx.check_live(this)?;
        Ok(this.layout.is_contiguous())
    }

    /// A bool indicating whether the memory is Fortran contiguous.
    #[getter]
    fn f_contiguous(cx: &mut Cx, this: &MemoryView) -> Result<bool> {
        cx.check_live(this)?;
        Ok(this.layout.is_fortran_contiguous())
    }

    /// A bool indicating whether the memory is contiguous.
    #[getter]
    fn contiguous(cx: &mut Cx, this: &MemoryView) -> Result<bool> {
        cx.check_live(this)?;
        Ok(this.layout.is_contiguous() || this.layout.is_fortran_contiguous())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts() {
        let l = Layout::of_shape(vec![2, 3], 'H', 2);
        assert_eq!(l.strides, [6, 2]);
        assert!(l.is_contiguous() && !l.is_fortran_contiguous());
        assert_eq!(l.offsets(), [0, 2, 4, 6, 8, 10]);
        let mut every_other = Layout::flat(4, 'B', 1);
        every_other.shape[0] = 2;
        every_other.strides[0] = -2;
        assert!(!every_other.is_contiguous());
        assert_eq!(every_other.offsets(), [0, -2]);
        assert!(Layout::flat(0, 'B', 1).is_contiguous());
    }
}
