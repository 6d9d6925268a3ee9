//! The end of a program: uncaught exceptions, `sys.excepthook`, exit status, and what is still to be written.

use gscript_vm::object::exception::Exception;
use gscript_vm::object::simple::Module;
use gscript_vm::value::Value;
use gscript_vm::vm::{Cx, Raised, Result};

use crate::run::Ending;

/// Exit status of CPython when the standard streams cannot be flushed at the end.
const FLUSH_FAILED: i32 = 120;

/// Shows an uncaught exception; the exit status it gives.
pub fn report(cx: &mut Cx, raised: Raised) -> Ending {
    let e = cx.take_pending(raised);
    if cx.is_ending() {
        return report_limit(cx, e);
    }
    if cx.is_instance(e, cx.types.system_exit) {
        return Ending::Status(exit_status(cx, e));
    }
    // What the program printed comes before the traceback. What cannot be written is told at the end.
    if let Err(r) = gscript_stdlib::io::flush_standard_streams(cx) {
        let _ = cx.take_pending(r);
    }
    match show(cx, e) {
        Ok(()) if cx.is_instance(e, cx.types.keyboard_interrupt) => Ending::Interrupt,
        Ok(()) => Ending::Status(1),
        Err(r) => hook_failed(cx, e, r),
    }
}

/// As [`report`], where the prompt follows: SystemExit is shown too.
pub fn report_and_go_on(cx: &mut Cx, raised: Raised) {
    let e = cx.take_pending(raised);
    if let Err(r) = gscript_stdlib::io::flush_standard_streams(cx) {
        let _ = cx.take_pending(r);
    }
    if let Err(r) = show(cx, e) {
        let _ = hook_failed(cx, e, r);
    }
}

/// Shows what a statement at the prompt raised; an ending, if that was SystemExit.
pub fn report_at_prompt(cx: &mut Cx, raised: Raised) -> Option<Ending> {
    let e = cx.take_pending(raised);
    if cx.is_instance(e, cx.types.system_exit) {
        return Some(Ending::Status(exit_status(cx, e)));
    }
    let r = cx.reraise(e);
    report_and_go_on(cx, r);
    None
}

/// `sys.excepthook` raised something itself.
fn hook_failed(cx: &mut Cx, e: Value, r: Raised) -> Ending {
    let failed = cx.take_pending(r);
    if cx.is_instance(failed, cx.types.system_exit) {
        return Ending::Status(exit_status(cx, failed));
    }
    let mut text = b"Error in sys.excepthook:\n".to_vec();
    text.extend(cx.format_exception(failed));
    text.extend_from_slice(b"\nOriginal exception was:\n");
    text.extend(cx.format_exception(e));
    if let Err(r) = gscript_stdlib::io::write_stderr(cx, &text) {
        let _ = cx.take_pending(r);
    }
    if cx.is_instance(e, cx.types.keyboard_interrupt) { Ending::Interrupt } else { Ending::Status(1) }
}

/// Calls `sys.excepthook`.
fn show(cx: &mut Cx, e: Value) -> Result<()> {
    let Some(hook) = cx.sys_value("excepthook") else {
        gscript_stdlib::io::write_stderr(cx, b"sys.excepthook is missing\n")?;
        return gscript_stdlib::sys::show_exception(cx, e);
    };
    let class = cx.class_of(e).value();
    let traceback = e.as_gc::<Exception>().and_then(|e| e.traceback.get()).unwrap_or(Value::NONE);
    let sys = cx.loaded_module("sys").and_then(|m| m.as_gc::<Module>()).and_then(|m| m.dict.get());
    if let Some(sys) = sys {
        cx.dict_set_text(sys, "last_type", class);
        cx.dict_set_text(sys, "last_value", e);
        cx.dict_set_text(sys, "last_traceback", traceback);
    }
    cx.call(hook, &[class, e, traceback])?;
    Ok(())
}

/// The status that SystemExit asks for; a code that is no number is printed.
fn exit_status(cx: &mut Cx, e: Value) -> i32 {
    let code = match cx.try_attr_text(e, "code") {
        Ok(c) => c.unwrap_or(Value::NONE),
        Err(r) => {
            let _ = cx.take_pending(r);
            Value::NONE
        }
    };
    if code.is_none() {
        return 0;
    }
    if let Some(b) = code.as_bool() {
        return b as i32;
    }
    if cx.is_instance(code, cx.types.int) {
        return match gscript_vm::object::int::int_ref(code) {
            Some(gscript_vm::object::int::IntRef::Small(i)) => i as i32 & 0xFF,
            _ => 0xFF,
        };
    }
    if let Err(r) = gscript_stdlib::io::flush_standard_streams(cx) {
        let _ = cx.take_pending(r);
    }
    let shown = cx.str_value(code).and_then(|s| {
        let mut text = s.bytes().to_vec();
        text.push(b'\n');
        gscript_stdlib::io::write_stderr(cx, &text)
    });
    if let Err(r) = shown {
        let _ = cx.take_pending(r);
    }
    1
}

/// A limit has ended the program: nothing of it runs any more, hooks neither.
fn report_limit(cx: &mut Cx, e: Value) -> Ending {
    for shown in [gscript_stdlib::io::flush_standard_streams(cx), gscript_stdlib::sys::show_exception(cx, e)] {
        if let Err(r) = shown {
            let _ = cx.take_pending(r);
        }
    }
    Ending::Status(1)
}

/// Runs what was registered for the end and writes everything out.
pub fn finish(cx: &mut Cx, ending: Ending) -> Ending {
    let mut ending = ending;
    // Threads that are no daemons end before the exit functions run.
    for (module, function) in [("threading", "_shutdown"), ("atexit", "_run_exitfuncs")] {
        if let Some(module) = cx.loaded_module(module).filter(|_| !cx.is_ending()) {
            if let Err(r) = cx.call_method(module, function, &[]) {
                let _ = report(cx, r);
            }
        }
    }
    if let Err(r) = gscript_stdlib::io::flush_standard_streams(cx) {
        let e = cx.take_pending(r);
        let mut text = b"Exception ignored in: ".to_vec();
        if let Some(out) = cx.sys_value("stdout") {
            if let Err(r) = cx.push_repr(&mut text, out) {
                let _ = cx.take_pending(r);
            }
        }
        text.push(b'\n');
        text.extend(cx.format_exception(e));
        if let Err(r) = gscript_stdlib::io::write_stderr(cx, &text) {
            let _ = cx.take_pending(r);
        }
        ending = Ending::Status(FLUSH_FAILED);
        gscript_stdlib::io::discard_standard_output(cx);
    }
    gscript_stdlib::io::flush_everything(cx);
    ending
}
