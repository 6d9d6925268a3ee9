//! `Vm`: one heap, one hub, one thread. `Cx`: how code that can run scripts refers to it.
#![allow(unsafe_code)]

use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

use crate::heap::Heap;
use crate::heap::header::{HAS_ATTRIBUTES, Header};
use crate::heap::mark::Marker;
use crate::object::class::{LOOKUP_ENTRIES, LookupEntry, Type};
use crate::object::code::CodeObject;
use crate::object::dict::Dict;
use crate::object::shape::Shapes;
use crate::object::str::{Builder, HashKey, Interned, Str};
use crate::object::tuple::Tuple;
use crate::types::Types;
use crate::value::{Gc, HeapObject, Value};

/// An exception is pending in the Vm. A token without content, so that `Result<Value>` is one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Raised(());

pub type Result<T> = std::result::Result<T, Raised>;

impl Raised {
    /// Only for `exception/raise.rs` and the interpreter: the exception has been stored in the Vm.
    pub(crate) fn pending() -> Raised {
        Raised(())
    }
}

/// Bits of `Vm::poll`: why the next poll has something to do.
pub mod poll {
    /// A limit was exceeded, or memory ran out: the script ends.
    pub const LIMIT: u32 = 1;
    /// Ctrl-C or another signal.
    pub const SIGNAL: u32 = 2;
    /// Another thread asked for attention.
    pub const INTERRUPT: u32 = 4;
    /// Stays set: each poll takes fuel.
    pub const FUEL: u32 = 8;
    /// The deadline may have passed.
    pub const ALARM: u32 = 16;
    /// The host wants the script to end.
    pub const STOP: u32 = 32;
    /// What `limits` looks at.
    pub const BUDGET: u32 = LIMIT | FUEL | ALARM | STOP;
}

/// The virtual machine. Made and kept by [`crate::Machine`]; everything inside goes through [`Cx`].
pub struct Vm {
    // What compiled code and handlers touch most comes first.
    /// The register window of the running frame; valid while Rust code called from a handler runs.
    pub(crate) regs: *mut u64,
    /// The instruction that called into Rust.
    pub(crate) pc: *const u64,
    /// One past the last word of the frame chunk in use.
    pub(crate) chunk_end: *mut u64,
    /// Frames left until the recursion limit.
    pub(crate) depth_left: i64,
    /// Not 0: the next poll looks (bits of [`poll`]).
    pub(crate) poll: std::sync::Arc<std::sync::atomic::AtomicU32>,
    /// Where the machine goes on, in loop mode.
    pub(crate) loop_next: crate::interp::dispatch::Next,
    /// The result with which the machine is left: a value's word, or 0 for an exception.
    pub(crate) exit: u64,
    /// Handlers jump to each other (else: loop mode).
    pub(crate) is_threaded: bool,
    /// The exception on its way, while a `Result` is `Err`.
    pub(crate) pending: Option<Value>,
    /// The exception being handled (`sys.exc_info`), of the running greenlet.
    pub(crate) handled: Option<Value>,
    /// The frame that is unwound next is in the traceback already.
    pub(crate) skip_traceback: bool,
    /// A limit was exceeded: the exception on its way is caught by no handler.
    pub(crate) is_ending: bool,
    /// Native stack below this address is not to be used: RecursionError.
    pub(crate) stack_limit: usize,

    pub heap: Box<Heap>,
    pub shapes: Shapes,
    pub types: Types,
    pub(crate) chars: [Gc<Str>; 128],
    pub(crate) dunder_names: Vec<Gc<Str>>,
    pub(crate) empty_tuple: Option<Gc<Tuple>>,
    /// `object.__new__`, `object.__init__` and `object`'s comparisons, as they stand in its dict.
    pub(crate) object_new: Value,
    pub(crate) object_init: Value,
    pub(crate) object_compare: [Option<Value>; 6],
    pub(crate) hash_key: HashKey,
    pub(crate) interned: Interned,
    pub(crate) str_builder: Builder,
    pub(crate) next_version: u64,
    pub(crate) lookup_cache: Box<[LookupEntry; LOOKUP_ENTRIES]>,
    /// Names on which inline caches depend, and the codes whose caches are to be emptied when they change.
    pub(crate) caches: crate::interp::cache::Registry,
    pub(crate) recursion_limit: i64,
    /// `-O`: 1 leaves assertions out, 2 docstrings too.
    pub(crate) optimize: u8,
    /// `sys.set_int_max_str_digits`; 0: no limit.
    pub(crate) int_digit_limit: usize,
    /// Containers whose `repr` is being made.
    pub(crate) repr_active: Vec<u64>,
    /// Highest address of the native stack that is scanned (the running one grows down from here).
    pub(crate) stack_base: usize,
    /// The frames of who runs: of the hub, or on the stack of a greenlet.
    pub(crate) frames: *mut crate::interp::frame::FrameStack,
    /// Frames outside of greenlets, kept for `frames`.
    #[expect(dead_code, reason = "owns what `frames` points to")]
    pub(crate) hub_frames: crate::interp::frame::OwnFrames,
    /// The hub's registers while a greenlet runs.
    pub(crate) hub_saved: *const crate::green::hub::Saved,
    /// Highest address of the thread's own stack that is in use, where the hub runs.
    pub(crate) thread_base: usize,
    pub(crate) hub: crate::green::hub::Hub,
    pub(crate) scratch: Vec<u8>,
    /// How many attributes the methods of the class being built assign, to size its instances.
    pub(crate) class_attribute_hint: u16,
    /// The namespace of built-in functions and the modules loaded (`sys.modules`).
    pub(crate) builtins: Option<Gc<Dict>>,
    pub(crate) modules: Option<Gc<Dict>>,
    /// Values that the host or the library keeps: see `handle.rs`.
    pub(crate) handles: crate::handle::Handles,
    /// The body of the native object that is being allocated: no object holds it yet.
    pub(crate) nascent: Option<*const dyn crate::object::native::Native>,
    /// Limits, and what is left of them.
    pub(crate) budget: crate::limits::Budget,
    /// Somebody can ask for an end at any time.
    pub(crate) has_interrupt_handle: bool,
    /// What the script may reach.
    pub(crate) authority: crate::authority::Authority,
    /// State of the library's modules, by type.
    pub(crate) extensions: crate::extension::Extensions,
    pub(crate) native_classes: crate::convert::module::NativeClasses,
    pub(crate) common: crate::names::Names,
    pub(crate) hooks: crate::machine::Hooks,
}

/// A reference to the Vm as code holds it that can run script code or switch greenlets. One word. Fields are reached
/// by borrows that end before the next call: another greenlet may change everything during it.
pub struct Cx {
    vm: NonNull<Vm>,
}

impl Cx {
    /// # Safety
    /// `vm` stays alive and at its place as long as the result, and no `&mut Vm` is kept across its uses.
    #[inline(always)]
    pub(crate) unsafe fn new(vm: *mut Vm) -> Cx {
        // SAFETY: a Vm's address is not 0.
        Cx { vm: unsafe { NonNull::new_unchecked(vm) } }
    }

    #[inline(always)]
    pub(crate) fn vm_ptr(&self) -> *mut Vm {
        self.vm.as_ptr()
    }
}

impl Deref for Cx {
    type Target = Vm;
    #[inline(always)]
    fn deref(&self) -> &Vm {
        // SAFETY: `new`'s caller promised that the Vm lives; borrows end before script code runs.
        unsafe { self.vm.as_ref() }
    }
}

impl DerefMut for Cx {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Vm {
        // SAFETY: as above; one thread.
        unsafe { self.vm.as_mut() }
    }
}

impl Cx {
    /// Memory for a small object, zeroed. May collect.
    #[inline(always)]
    pub(crate) fn alloc_small(&mut self, size: usize, has_drops: bool) -> usize {
        match self.heap.alloc_small(size, has_drops) {
            Some(p) => p,
            None => self.alloc_small_slow(size, has_drops),
        }
    }

    #[cold]
    #[inline(never)]
    fn alloc_small_slow(&mut self, size: usize, has_drops: bool) -> usize {
        self.collect_if_needed();
        self.heap.alloc_small_slow(size, has_drops)
    }

    /// Memory for a large object, zeroed; `None`: there is none. May collect.
    pub(crate) fn alloc_large(&mut self, size: usize) -> Option<usize> {
        self.collect_if_needed();
        if !self.admits(size) {
            return None;
        }
        self.heap.alloc_large(size)
    }

    pub(crate) fn collect_if_needed(&mut self) {
        if self.heap.needs_collection() {
            let is_major = self.heap.wants_major();
            self.collect(is_major);
        }
        if self.heap.bytes_in_use() > self.budget.heap_max {
            self.over_heap_limit(0);
        }
        if self.heap.is_exhausted() {
            self.memory_exhausted();
        }
    }

    /// An object of the Rust type `T` and the script class `class`, which has that layout.
    #[inline]
    pub fn alloc_of<T: HeapObject>(&mut self, class: Gc<Type>, make: impl FnOnce(Header) -> T) -> Gc<T> {
        let attributes = class.has_attribute_word();
        let size = size_of::<T>() + attributes as usize * 8;
        let p = self.alloc_small(size, std::mem::needs_drop::<T>());
        let header = Header::new(T::KIND, class.instance_shape.get());
        if attributes {
            header.set_flag(HAS_ATTRIBUTES);
        }
        // SAFETY: fresh memory of that size; T begins with the header.
        unsafe {
            (p as *mut T).write(make(header));
            Gc::from_ptr(p as *mut T)
        }
    }

    /// Runs a collection now.
    pub fn collect(&mut self, is_major: bool) {
        let vm = self.vm_ptr();
        crate::heap::conservative::with_spilled_registers(&mut |sp| {
            // SAFETY: the collector runs no script code and nothing else uses the Vm meanwhile; fields are borrowed apart.
            let vm = unsafe { &mut *vm };
            let mut m = Marker::begin(&vm.heap, &vm.shapes, is_major);
            vm.trace_roots(&mut m, sp, is_major);
            m.drain();
            drop(m);
            vm.after_marking(is_major);
        });
    }

    /// There is no memory for something whose maker cannot fail: the script will end at the next poll, with an error that
    /// no `except` catches. Where sizes come from the script, [`Cx::check_room`] is asked before.
    pub(crate) fn fatal_limit(&mut self, _message: &'static str) {
        self.exceed(crate::limits::Limit::Memory);
    }

    /// Fails when less than the reserve of native stack is left.
    #[inline]
    pub fn check_stack(&mut self) -> Result<()> {
        let here = 0u8;
        if (&here as *const u8 as usize) < self.stack_limit {
            return Err(self.recursion_error(""));
        }
        Ok(())
    }
}

impl Vm {
    fn trace_roots(&self, m: &mut Marker<'_>, sp: usize, is_major: bool) {
        self.types.trace(m);
        for &s in self.chars.iter().chain(&self.dunder_names) {
            m.object(s);
        }
        if let Some(t) = self.empty_tuple {
            m.object(t);
        }
        m.option(self.pending);
        m.option(self.handled);
        for d in [self.builtins, self.modules].into_iter().flatten() {
            m.object(d);
        }
        self.common.trace(m);
        m.value(self.object_new);
        m.value(self.object_init);
        for v in self.object_compare {
            m.option(v);
        }
        self.handles.trace(m);
        if let Some(body) = self.nascent {
            // SAFETY: set only while `NativeObject::alloc` holds the body.
            unsafe { (*body).trace(m) };
        }
        self.extensions.trace(m);
        self.native_classes.trace(m);
        self.shapes.trace(m);
        // SAFETY: the frames of who runs, with its window.
        unsafe { (*self.frames).trace(m, self.regs, self.pc) };
        crate::green::hub::trace_saved(self.hub_saved, m);
        self.hub.trace(m, is_major);
        // SAFETY: the running native stack, from the stack pointer to where the Vm was entered; while a greenlet runs,
        // the hub's stack from where it resumed the greenlet.
        unsafe {
            (*self.frames).scan_native(m, sp & !7, self.stack_base, self.regs, self.pc);
            if let Some(sp) = self.hub.resumer_sp() {
                m.scan(sp & !7, self.thread_base);
            }
        }
    }

    fn after_marking(&mut self, is_major: bool) {
        self.interned.sweep(&self.heap);
        self.shapes.sweep(&self.heap);
        self.caches.sweep(&self.heap);
        self.types.sweep_subclasses(&self.heap);
        self.lookup_cache.fill(LookupEntry::default());
        // Kept while a string lives in it: else each collection would copy a long text that is being appended to.
        let payload = self.str_builder.payload;
        if payload != 0 && !crate::object::buffer::is_marked(&self.heap, payload) {
            self.str_builder = Builder::default();
        }
        self.heap.sweep(is_major);
    }

    /// Codes that exist, to empty their inline caches.
    pub(crate) fn register_code(&mut self, code: Gc<CodeObject>) {
        self.caches.add_code(code);
    }
}
