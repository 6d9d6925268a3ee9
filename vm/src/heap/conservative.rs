//! Scanning memory whose layout is not known: native stacks and register windows.
#![allow(unsafe_code)]

use super::mark::Marker;

/// Calls `f` with the stack pointer after every callee-saved register was spilled above it.
#[inline(never)]
pub fn with_spilled_registers(f: &mut dyn FnMut(usize)) {
    let mut saved = [0u64; 8];
    // SAFETY: only stores registers into the array.
    #[cfg(target_arch = "x86_64")]
    unsafe {
        std::arch::asm!(
            "mov [{p}], rbx", "mov [{p}+8], rbp", "mov [{p}+16], r12", "mov [{p}+24], r13", "mov [{p}+32], r14", "mov [{p}+40], r15",
            p = in(reg) saved.as_mut_ptr(), options(nostack, preserves_flags)
        );
    }
    // SAFETY: only stores registers into the array.
    #[cfg(target_arch = "aarch64")]
    unsafe {
        let mut more = [0u64; 4];
        std::arch::asm!(
            "stp x19, x20, [{p}]", "stp x21, x22, [{p}, #16]", "stp x23, x24, [{p}, #32]", "stp x25, x26, [{p}, #48]",
            "stp x27, x28, [{q}]", p = in(reg) saved.as_mut_ptr(), q = in(reg) more.as_mut_ptr(), options(nostack)
        );
        std::hint::black_box(&more);
    }
    let sp = saved.as_ptr() as usize;
    f(sp);
    std::hint::black_box(&saved);
}

/// Zeroes the native stack below the caller's frame, where calls that have returned left references: a later frame that
/// does not write all its words would keep those objects alive. For who makes an object that is to be found dead soon.
#[inline(never)]
pub fn wipe_dead_frames() {
    let mut words = [0u64; 256];
    std::hint::black_box(&mut words);
}

impl Marker<'_> {
    /// Marks every object that a word of `[start, end)` may point into.
    ///
    /// # Safety
    /// The range is readable memory, `start` aligned to 8.
    pub unsafe fn scan(&mut self, start: usize, end: usize) {
        self.count_scanned(end.saturating_sub(start));
        let mut at = start;
        while at + 8 <= end {
            // SAFETY: inside the range that the caller vouches for. Volatile: stack memory may be written by anybody.
            let word = unsafe { (at as *const usize).read_volatile() };
            self.conservative(word);
            at += 8;
        }
    }
}
