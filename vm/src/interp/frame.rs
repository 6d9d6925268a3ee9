//! Register windows and frame records.
//!
//! ```text
//!   … caller's registers … | function | return pc | extra | meta | R[0] R[1] …
//!                            regs[-4]   regs[-3]   [-2]    [-1]   ^ regs
//!
//!   meta:  63   48 47     40 39     32 31        16 15       0
//!         |       |  flags  | action  |   offset   |   dst   |
//! ```
//! *offset* is the distance from the caller's `regs` to this record, in words, so that the caller's window is
//! `regs - 4 - offset`. *action* says what is done with the result ([`Action`]); 0 stores it in the caller's `R[dst]`.
//!
//! Windows lie in chunks and never move: a chunk that is full is followed by another (twice as big), and the frame
//! that begins a chunk has the flag CHUNK and its caller's `regs` at `regs[-5]`. DESIGN has one growing, moving stack
//! per greenlet instead; chunks are as small, and pointers into windows stay good across calls, so that built-ins may
//! hold their arguments as a slice while they call back.
#![allow(unsafe_code)]

use gscript_compiler::opcode::Opcode;

use super::quick::base_op;
use crate::heap::mark::Marker;
use crate::object::function::Function;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result, Vm};

pub const FUNC: isize = -4;
pub const RETURN_PC: isize = -3;
pub const EXTRA: isize = -2;
pub const META: isize = -1;
pub const RECORD: usize = gscript_compiler::opcode::FRAME_WORDS as usize;

/// The frame begins a chunk.
pub const CHUNK: u64 = 1 << 40;

/// What happens with the result of a frame, besides storing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Action {
    Store = 0,
    /// Leave the interpreter: the frame was entered from Rust.
    Exit,
    /// The frame is `__init__`: the result must be None, and the new object (in `extra`) is the call's.
    Init,
    /// The result is dropped.
    Discard,
    /// A method of an operator: NotImplemented leads on to the next candidate.
    Binary,
    /// A comparison of a compare-and-jump: its truth decides.
    CompareJump,
    /// Truth of the result is stored, negated for `not in`.
    Truth,
    /// The frame is a generator's, run by ForIter: the end jumps out of the loop.
    GeneratorFor,
    /// The frame is a generator's, run by Send.
    GeneratorSend,
    /// The frame is a generator's, run from Rust.
    GeneratorExit,
    /// `__next__` of a script class, called by ForIter.
    Next,
    /// `__getattr__` after a failed look-up needs nothing special; this one is `__getattribute__`: on AttributeError
    /// `__getattr__` is asked.
    GetAttribute,
}

pub const ACTIONS: [Action; 12] = [
    Action::Store,
    Action::Exit,
    Action::Init,
    Action::Discard,
    Action::Binary,
    Action::CompareJump,
    Action::Truth,
    Action::GeneratorFor,
    Action::GeneratorSend,
    Action::GeneratorExit,
    Action::Next,
    Action::GetAttribute,
];

#[inline(always)]
pub fn meta(dst: u16, offset: u16, action: Action) -> u64 {
    dst as u64 | (offset as u64) << 16 | (action as u64) << 32
}

pub fn action_of(meta: u64) -> Action {
    ACTIONS[(meta >> 32) as u8 as usize]
}

struct Chunk {
    memory: Memory,
    /// Where the chunk's used part ends, while a later chunk is in use.
    top: *const u64,
}

/// The words of a chunk: its own, or a part of a greenlet's native stack.
enum Memory {
    Owned(Box<[u64]>),
    Borrowed(*mut u64, usize),
}

impl Memory {
    fn len(&self) -> usize {
        match self {
            Memory::Owned(m) => m.len(),
            Memory::Borrowed(_, n) => *n,
        }
    }

    fn as_mut_ptr(&mut self) -> *mut u64 {
        match self {
            Memory::Owned(m) => m.as_mut_ptr(),
            Memory::Borrowed(p, _) => *p,
        }
    }

    fn as_ptr(&self) -> *const u64 {
        match self {
            Memory::Owned(m) => m.as_ptr(),
            Memory::Borrowed(p, _) => *p,
        }
    }
}

/// The frames of one greenlet.
pub struct FrameStack {
    first: Chunk,
    more: Vec<Chunk>,
    /// A chunk that was left, kept for the next time.
    spare: Option<Chunk>,
}

/// A frame stack of the Vm's own, at a fixed place.
pub(crate) struct OwnFrames(*mut FrameStack);

impl OwnFrames {
    pub fn new(words: usize) -> OwnFrames {
        OwnFrames(Box::into_raw(Box::new(FrameStack::new(words))))
    }

    pub fn get(&self) -> *mut FrameStack {
        self.0
    }
}

impl Drop for OwnFrames {
    fn drop(&mut self) {
        // SAFETY: made by `new`; nothing runs any more.
        drop(unsafe { Box::from_raw(self.0) });
    }
}

impl FrameStack {
    /// A frame stack whose first chunk has `words` words. The record at its bottom is no function: "no frame".
    pub fn new(words: usize) -> FrameStack {
        FrameStack::over(Memory::Owned(vec![0; words].into_boxed_slice()))
    }

    fn over(memory: Memory) -> FrameStack {
        FrameStack { first: Chunk { memory, top: std::ptr::null() }, more: Vec::new(), spare: None }
    }

    /// A frame stack whose first chunk lies in memory that the caller keeps, at least a record.
    ///
    /// # Safety
    /// The memory outlives the frame stack and nobody else uses it.
    pub unsafe fn borrowed(words: *mut u64, len: usize) -> FrameStack {
        // SAFETY: as promised. The rest of the memory is written before it is used: frames are.
        unsafe { std::ptr::write_bytes(words, 0, RECORD) };
        FrameStack::over(Memory::Borrowed(words, len))
    }

    fn last(&mut self) -> &mut Chunk {
        self.more.last_mut().unwrap_or(&mut self.first)
    }

    /// `regs` of the bottom record, in which nothing runs.
    pub fn bottom(&mut self) -> *mut u64 {
        // SAFETY: a chunk has more words than a record.
        unsafe { self.first.memory.as_mut_ptr().add(RECORD) }
    }

    /// One past the last word of the chunk in use.
    pub fn end(&mut self) -> *mut u64 {
        let c = self.last();
        // SAFETY: one past the end.
        unsafe { c.memory.as_mut_ptr().add(c.memory.len()) }
    }

    /// A new chunk with room for `words`; its first word.
    fn push_chunk(&mut self, top: *const u64, words: usize) -> *mut u64 {
        let last = self.last();
        last.top = top;
        let size = (last.memory.len() * 2).clamp(words, words.max(1 << 16));
        let chunk = match self.spare.take() {
            Some(c) if c.memory.len() >= words => c,
            _ => Chunk { memory: Memory::Owned(vec![0; size.max(words)].into_boxed_slice()), top: std::ptr::null() },
        };
        self.more.push(chunk);
        self.last().memory.as_mut_ptr()
    }

    fn pop_chunk(&mut self) {
        self.spare = self.more.pop();
    }

    /// Marks what the words of the native stack `[start, end)` may refer to, but for the part of the first chunk, if it lies
    /// there, that no frame uses: what returned calls left there would live as long as the greenlet.
    ///
    /// # Safety
    /// As for [`Marker::scan`]; `regs` is the window in use, `pc` its instruction.
    pub unsafe fn scan_native(&self, m: &mut Marker<'_>, start: usize, end: usize, regs: *mut u64, pc: *const u64) {
        let Memory::Borrowed(words, len) = self.first.memory else {
            // SAFETY: as promised.
            return unsafe { m.scan(start, end) };
        };
        let chunk_end = words as usize + len * size_of::<u64>();
        let top = if (words as usize..=chunk_end).contains(&(regs as usize)) {
            // SAFETY: the window in use.
            unsafe { regs.add(live_count(regs, pc)) as usize }
        } else {
            self.first.top as usize
        };
        // SAFETY: parts of the range.
        unsafe {
            m.scan(start, end.min(top.max(start)));
            m.scan(chunk_end.max(start), end);
        }
    }

    /// Marks what windows refer to. `regs` is the window in use, `pc` its instruction.
    pub fn trace(&self, m: &mut Marker<'_>, regs: *mut u64, pc: *const u64) {
        for c in std::iter::once(&self.first).chain(&self.more) {
            let start = c.memory.as_ptr() as usize;
            // A window without registers may lie at the very end.
            let memory = start..=start + c.memory.len() * size_of::<u64>();
            // A chunk behind it was made for a call whose arguments are still being bound: nothing is in it yet that is
            // not on the native stack too.
            let is_last = memory.contains(&(regs as usize));
            let end = if is_last {
                // SAFETY: the window in use lies in this chunk.
                unsafe { regs.add(live_count(regs, pc)) as *const u64 }
            } else {
                c.top
            };
            // SAFETY: a part of the chunk's memory.
            unsafe { m.scan(start, end as usize) };
            if is_last {
                break;
            }
        }
    }
}

/// The function of the frame with window `regs`; `None` at the bottom.
///
/// # Safety
/// `regs` is the window of a frame.
#[inline(always)]
pub unsafe fn function(regs: *mut u64) -> Option<Gc<Function>> {
    // SAFETY: the record's first word is 0 or a function.
    unsafe {
        let word = *regs.offset(FUNC);
        if word == 0 { None } else { Some(Gc::from_ptr(word as *mut Function)) }
    }
}

/// Words of the window `regs`.
///
/// # Safety
/// `regs` is the window of a frame.
#[inline(always)]
pub unsafe fn register_count(regs: *mut u64) -> usize {
    // SAFETY: as promised.
    unsafe { function(regs) }.map_or(0, |f| f.code.get().register_count as usize)
}

/// Words of the window `regs` that are in use at the instruction `pc`: at a call, nothing behind its arguments is, for there
/// the callee's window would lie. What returned callees left there is not to be kept alive.
///
/// # Safety
/// `regs` is the window of a frame, `pc` null or its instruction.
unsafe fn live_count(regs: *mut u64, pc: *const u64) -> usize {
    // SAFETY: as promised.
    let (count, ins) = unsafe { (register_count(regs), pc.as_ref().copied()) };
    let window = |i: u64| (i >> 16) as u16 as usize + RECORD + (i >> 32) as u16 as usize;
    match ins.and_then(|i| Some((base_op(i as u16)?, i))) {
        Some((Opcode::Call, i)) => count.min(window(i)),
        // Besides them there is the instance.
        Some((Opcode::CallMethod, i)) => count.min(window(i) + 1),
        _ => count,
    }
}

/// The window of the caller.
///
/// # Safety
/// `regs` is the window of a frame that is not the bottom.
#[inline(always)]
pub unsafe fn caller(regs: *mut u64) -> *mut u64 {
    // SAFETY: the record tells.
    unsafe {
        let meta = *regs.offset(META);
        if meta & CHUNK != 0 { *regs.offset(-5) as *mut u64 } else { regs.offset(FUNC).sub((meta >> 16) as u16 as usize) }
    }
}

impl Cx {
    /// Makes the record and an uninitialised window for `function` on top of the frames; `vm.regs` must be the window
    /// in use. The new window, not yet in use. Counts the recursion depth.
    pub(crate) fn push_frame(&mut self, function: Gc<Function>, return_pc: *const u64, dst: u16, action: Action, extra: u64) -> Result<*mut u64> {
        if self.depth_left <= 0 {
            return Err(self.recursion_error(""));
        }
        let code = function.code.get();
        let count = code.register_count as usize;
        let vm: *mut Vm = self.vm_ptr();
        // SAFETY: `regs` is the window in use; the new one is inside the chunk or in a new chunk.
        unsafe {
            let regs = (*vm).regs;
            let offset = register_count(regs);
            let top = regs.add(offset);
            let (new, flags) = if (*vm).chunk_end as usize >= top as usize + (RECORD + count) * 8 && offset <= u16::MAX as usize {
                (top.add(RECORD), 0)
            } else {
                let first = (*(*vm).frames).push_chunk(top, RECORD + 1 + count + 16);
                (*vm).chunk_end = (*(*vm).frames).end();
                *first = regs as u64;
                (first.add(RECORD + 1), CHUNK)
            };
            *new.offset(FUNC) = function.value().word();
            *new.offset(RETURN_PC) = return_pc as u64;
            *new.offset(EXTRA) = extra;
            *new.offset(META) = meta(dst, offset as u16, action) | flags;
            (*vm).depth_left -= 1;
            for i in code.unbound_start..code.unbound_end {
                *new.add(i as usize) = 0;
            }
            Ok(new)
        }
    }

    /// Leaves the frame `regs`: the window of its caller. The chunk goes with the frame that began it.
    ///
    /// # Safety
    /// `regs` is the innermost frame, not the bottom.
    #[inline]
    pub(crate) unsafe fn pop_frame(&mut self, regs: *mut u64) -> *mut u64 {
        self.depth_left += 1;
        // SAFETY: as promised.
        unsafe {
            let up = caller(regs);
            if *regs.offset(META) & CHUNK != 0 {
                (*self.frames).pop_chunk();
                self.chunk_end = (*self.frames).end();
            }
            up
        }
    }

    /// The windows of the running frames, innermost first, with the instruction each is at.
    pub fn frames(&self) -> FrameWalk {
        FrameWalk { regs: self.regs, pc: self.pc }
    }
}

/// The frames from window `regs` out.
pub(crate) fn walk(regs: *mut u64, pc: *const u64) -> FrameWalk {
    FrameWalk { regs, pc }
}

/// Walks over frames, from the innermost out.
pub struct FrameWalk {
    regs: *mut u64,
    pc: *const u64,
}

/// A running frame.
#[derive(Clone, Copy)]
pub struct FrameInfo {
    pub function: Gc<Function>,
    /// Word index of the instruction that runs.
    pub pc: u32,
    pub regs: *mut u64,
}

impl FrameInfo {
    /// The generator whose frame this is.
    pub fn generator(&self) -> Option<Gc<crate::object::generator::Generator>> {
        // SAFETY: the frame is running; the record of a generator's frame holds the generator.
        unsafe {
            match action_of(*self.regs.offset(META)) {
                Action::GeneratorFor | Action::GeneratorSend | Action::GeneratorExit => Some(Gc::from_ptr(*self.regs.offset(EXTRA) as *mut _)),
                _ => None,
            }
        }
    }

    /// A register's value.
    pub fn register(&self, i: u16) -> Option<Value> {
        // SAFETY: the compiler says that the frame has the register; the frame is still running.
        Value::from_word(unsafe { *self.regs.add(i as usize) })
    }

    /// The source line.
    pub fn line(&self) -> u32 {
        let code = self.function.code.get();
        code.source.position(self.pc).map_or(code.source.first_line, |p| p.line)
    }
}

impl Iterator for FrameWalk {
    type Item = FrameInfo;

    fn next(&mut self) -> Option<FrameInfo> {
        // SAFETY: the walk begins at a frame in use and follows records; frames do not end while Rust code walks.
        unsafe {
            let function = function(self.regs)?;
            let code = function.code.get();
            let info = FrameInfo { function, pc: code.pc_index(self.pc), regs: self.regs };
            // The caller's instruction is the one before the return address: any word of it will do.
            let back = *self.regs.offset(RETURN_PC) as *const u64;
            self.pc = if back.is_null() { back } else { back.sub(1) };
            self.regs = caller(self.regs);
            Some(info)
        }
    }
}
