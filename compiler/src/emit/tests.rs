//! What the emitter makes of small programs: the instructions, as the listing shows them.

use std::rc::Rc;

use crate::code::Code;
use crate::opcode::Instr;
use crate::{Kind, NameMode, Options, compile_module, disasm::disassemble, verify::verify};

pub(crate) fn compile(source: &str) -> Rc<Code> {
    let options = Options { filename: "t".into(), kind: Kind::Module, names: NameMode::Globals, source, optimize: 0 };
    let module = gscript_grammar::parse_module(source).unwrap_or_else(|e| panic!("{:?}", e[0]));
    let code = compile_module(&module, &options).unwrap_or_else(|e| panic!("{e:?}"));
    verify(&code).unwrap_or_else(|e| panic!("{e}\n{}", disassemble(&code)));
    code
}

/// The instructions of the code in which `pick` ends, children by number: without offsets, lines and labels.
fn listing(code: &Code) -> Vec<String> {
    let text = disassemble(code);
    let own = text.split("\n\n").next().unwrap();
    let lines = own.lines().skip(1).filter(|l| l.starts_with(' ') && !l.starts_with("      locals"));
    lines
        .filter(|l| !l.contains(" -> ") && !l.starts_with("      free"))
        .map(|l| l[12.min(l.len())..].split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// The instructions of the first function of a module.
fn function(source: &str) -> Vec<String> {
    listing(&compile(source).children[0])
}

fn module(source: &str) -> Vec<String> {
    listing(&compile(source))
}

fn opcodes(code: &Code) -> Vec<String> {
    let mut list = Vec::new();
    let mut pc = 0;
    while pc < code.instrs.len() {
        let op = Instr(code.instrs[pc]).op().unwrap();
        list.push(format!("{op:?}"));
        pc += op.info().len();
    }
    list
}

#[test]
fn results_go_where_they_belong() {
    assert_eq!(function("def f(a, b):\n x = a + b\n x += 1\n return x"), ["Add r2, r0, r1", "IAddImm r2, r2, #1", "Return r2"]);
    assert_eq!(
        function("def f(n):\n return g(n - 1, h(n))"),
        ["LoadGlobal r1, g", "SubImm r5, r0, #1", "LoadGlobal r6, h", "Move r10, r0", "Call r6, 1, r6", "Call r1, 2, r1", "Return r1"]
    );
}

#[test]
fn conditions_are_jumps() {
    assert_eq!(
        function("def f(a, b):\n if a < 5 and not b is None or a == b: g()"),
        ["JumpIfNotLtImm r0, #5, L0", "JumpIfNotNone r1, L1", "JumpIfNotEq r0, r1, L2", "LoadGlobal r2, g", "Call r2, 0, r2", "ReturnNone"]
    );
    assert_eq!(
        function("def f(a, b, c):\n while a < b <= c: a = b"),
        ["JumpIfNotLt r0, r1, L1", "JumpIfNotLe r1, r2, L1", "Move r0, r1", "Loop L0", "ReturnNone"]
    );
}

#[test]
fn dead_code_is_dropped() {
    assert_eq!(function("def f():\n if 0: g()\n while 1: pass\n return 1"), ["Loop L0"]);
    assert_eq!(function("def f():\n return 1\n g()"), ["LoadInt r0, #1", "Return r0"]);
}

#[test]
fn loops_hold_their_constants() {
    assert_eq!(
        function("def f(xs):\n for i, x in xs:\n  y = x * 1.5"),
        ["LoadConst r4, 1.5", "GetIter r5, r0", "ForIter r6, r5, L1", "Unpack r1, r6, 2", "Mul r3, r2, r4", "Loop L0", "ReturnNone"]
    );
}

#[test]
fn unbound_locals_are_checked_once() {
    let code = compile("def f(c):\n if c: x = 1\n g(x)\n return x");
    let f = &code.children[0];
    assert_eq!(opcodes(f).iter().filter(|o| *o == "CheckBound").count(), 1);
    assert_eq!(f.unbound_on_entry, (1, 2));
    let code = compile("def f():\n for x in y: g(x)\n del x\n return x");
    assert_eq!(opcodes(&code.children[0]).iter().filter(|o| *o == "CheckBound").count(), 2);
    let code = compile("def f():\n try: x = 1\n finally: g(x)");
    assert_eq!(opcodes(&code.children[0]).iter().filter(|o| *o == "CheckBound").count(), 1);
}

#[test]
fn parallel_assignment_copies_what_it_must() {
    assert_eq!(function("def f(a, b):\n a, b = b, a"), ["Move r2, r0", "Move r0, r1", "Move r1, r2", "ReturnNone"]);
    assert_eq!(function("def f(a, b):\n a, b = b, a + b"), ["Add r2, r0, r1", "Move r0, r1", "Move r1, r2", "ReturnNone"]);
}

#[test]
fn a_later_walrus_does_not_change_an_earlier_operand() {
    assert_eq!(function("def f(x):\n return x + (x := 5)"), ["Move r1, r0", "LoadInt r0, #5", "Add r1, r1, r0", "Return r1"]);
}

#[test]
fn a_local_keeps_its_value_until_the_end() {
    assert_eq!(function("def f(x, y):\n x = y and x"), ["Move r2, r1", "JumpIfFalse r2, L0", "Move r2, r0", "Move r0, r2", "ReturnNone"]);
}

#[test]
fn methods_and_keywords() {
    assert_eq!(
        function("def f(o):\n o.a.m(1, k=2)"),
        ["GetAttr r1, r0, a", "LoadMethod r1, r1, m", "LoadInt r6, #1", "LoadInt r7, #2", "CallMethodKw r1, 2, r1, ('k',)", "ReturnNone"]
    );
    assert_eq!(
        function("def f(*a, **k):\n g(*a, **k)"),
        ["LoadGlobal r2, g", "Move r6, r0", "BuildDict r7, r8, 0", "DictMerge r7, r1, r2", "CallEx r2, 1, r2", "ReturnNone"]
    );
}

#[test]
fn displays() {
    assert_eq!(
        module("x = [1, 2, 3]"),
        ["BuildList r0, r0, 0", "LoadConst r1, (1, 2, 3)", "ListExtend r0, r1, -", "StoreGlobal r0, x"].into_iter().chain(["ReturnNone"]).collect::<Vec<_>>()
    );
    assert_eq!(module("x = a in {1, 2}"), ["LoadGlobal r0, a", "LoadConst r1, frozenset({1, 2})", "In r0, r0, r1", "StoreGlobal r0, x", "ReturnNone"]);
}

#[test]
fn closures_and_classes() {
    let code = compile("class A:\n def m(self):\n  self.x = self.y = 1\n  return super().m()\n");
    let class = &code.children[0];
    assert_eq!((class.class_cell, class.self_attribute_count), (Some(1), 2));
    assert_eq!(class.children[0].class_free, Some(0));
    assert_eq!(opcodes(class).last().unwrap(), "Return");
    let code = compile("def f(a):\n def g():\n  nonlocal a\n  a += 1\n return g");
    assert_eq!(opcodes(&code.children[0]), ["MakeCell", "MakeFunction", "Return"]);
    assert_eq!(listing(&code.children[0].children[0]), ["FreeGet r0, free a, a", "IAddImm r0, r0, #1", "FreeSet free a, r0", "ReturnNone"]);
}

#[test]
fn return_in_try_runs_finally_uncovered() {
    let code = compile("def f(x):\n try: return x\n finally: g()");
    let f = &code.children[0];
    // The inlined `g()` of the return stands outside of the range.
    let first_call = opcodes(f).iter().position(|o| o == "Call").unwrap();
    assert!(first_call > 0);
    let inner = f.exceptions.iter().map(|e| e.end - e.start).min().unwrap();
    assert!(f.exceptions.len() == 2 && inner <= 2, "{}", disassemble(f));
}

#[test]
fn comprehensions_are_functions() {
    let code = compile("def f(xs):\n return [x * 2 for x in xs if x]");
    let inner = &code.children[0].children[0];
    assert_eq!(&*inner.qualname, "f.<locals>.<listcomp>");
    assert_eq!(
        listing(inner),
        ["BuildList r2, r2, 0", "ForIter r1, r0, L2", "JumpIfFalse r1, L1", "MulImm r3, r1, #2", "ListAppend r2, r3", "Loop L0", "Return r2"]
    );
}

#[test]
fn far_jumps_take_the_long_form() {
    let body = "  x = x + y\n".repeat(40_000);
    let source = format!("def f(x, y, z):\n while x < y:\n  if x is y: continue\n  for x in z: g()\n{body}");
    let code = compile(&source);
    assert!(opcodes(&code.children[0]).iter().any(|o| o == "Jump"));
}

#[test]
fn many_registers_are_refused() {
    let source = format!("def f():\n x = {}", vec!["a"; 100_000].join("<"));
    let options = Options { filename: "t".into(), kind: Kind::Module, names: NameMode::Globals, source: &source, optimize: 0 };
    let module = gscript_grammar::parse_module(&source).unwrap();
    let error = compile_module(&module, &options).unwrap_err();
    assert_eq!(error.message, "too many variables or too large an expression in 'f'");
}

#[test]
fn exec_and_eval_use_the_namespace() {
    let source = "x = y\ndef f(): return x";
    let options = Options { filename: "t".into(), kind: Kind::Module, names: NameMode::Namespace, source, optimize: 0 };
    let module = gscript_grammar::parse_module(source).unwrap();
    let code = compile_module(&module, &options).unwrap();
    assert_eq!(opcodes(&code), ["LoadName", "StoreName", "MakeFunction", "StoreName", "ReturnNone"]);
    assert_eq!(opcodes(&code.children[0]), ["LoadGlobal", "Return"]);
    let options = Options { kind: Kind::Expression, source: "a + 1", ..options };
    let e = gscript_grammar::parse_expression("a + 1").unwrap();
    let code = crate::compile_expression(&e, &options).unwrap();
    assert_eq!(opcodes(&code), ["LoadName", "AddImm", "Return"]);
    let options = Options { kind: Kind::Interactive, source: "f()", ..options };
    let module = gscript_grammar::parse_interactive("f()\n").unwrap();
    let code = compile_module(&module, &options).unwrap();
    assert_eq!(opcodes(&code), ["LoadName", "Call", "PrintExpr", "ReturnNone"]);
}

#[test]
fn async_functions_only_refuse() {
    let code = compile("async def f(a):\n async with a: await a\n return [x async for x in a]");
    let f = &code.children[0];
    assert!(f.is_async);
    assert_eq!(opcodes(f), ["RefuseAsync", "ReturnNone"]);
}

#[test]
fn annotations_as_text() {
    let source = "from __future__ import annotations\ndef f(x: a.b[int, 'c'] | None = 1, *y: (lambda z: -z)) -> {1: 2}: pass";
    let code = compile(source);
    let text = disassemble(&code);
    for part in ["\"a.b[int, 'c'] | None\"", "'lambda z: -z'", "'{1: 2}'"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn the_verifier_finds_what_is_broken() {
    let good = compile("def f(a):\n x = a + 1\n g(x)\n return x");
    let broken = |change: &dyn Fn(&mut Code)| {
        let mut f = (*good.children[0]).clone();
        change(&mut f);
        verify(&f).expect_err("broken").text
    };
    assert_eq!(broken(&|f| f.instrs.clear()), "no instructions");
    assert_eq!(broken(&|f| f.instrs[0] = 0xFFFF), "unknown opcode");
    assert_eq!(broken(&|f| f.register_count = 3), "register 6 of 3");
    assert_eq!(
        broken(&|f| {
            f.instrs.pop();
        }),
        "control runs off the end"
    );
    // `x` is read before it is assigned.
    assert_eq!(broken(&|f| f.instrs[0] = 0), "register 1 may hold no value");
}
