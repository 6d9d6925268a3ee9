//! The code of a file as JSON, for `tests/frontend/run_bytecode.py`: `dump_code FILE`.

use std::fmt::Write;

use gscript_compiler::code::{Capture, Code, Const};
use gscript_compiler::opcode::{Instr, Opcode, Operand};
use gscript_compiler::{Kind, NameMode, Options, compile_module};

fn main() {
    let path = std::env::args().nth(1).expect("a file name");
    let source = std::fs::read_to_string(&path).expect("the file can be read");
    let module = match gscript_grammar::parse_module(&source) {
        Ok(module) => module,
        Err(errors) => panic!("{:?}", errors[0]),
    };
    let options = Options { filename: path.as_str().into(), kind: Kind::Module, names: NameMode::Globals, source: &source, optimize: 0 };
    let code = compile_module(&module, &options).expect("the file is valid");
    gscript_compiler::verify::verify(&code).expect("the code is valid");
    let mut out = String::new();
    describe(&code, &mut out);
    println!("{out}");
}

fn quoted(s: &str) -> String {
    let escape = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if (c as u32) < 32 => format!("\\u{:04x}", c as u32),
        c => c.to_string(),
    };
    format!("\"{}\"", s.chars().map(escape).collect::<String>())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn constant(c: &Const) -> String {
    let list = |items: &[Const]| items.iter().map(constant).collect::<Vec<_>>().join(", ");
    match c {
        Const::None => "[\"none\"]".into(),
        Const::True => "[\"true\"]".into(),
        Const::False => "[\"false\"]".into(),
        Const::Ellipsis => "[\"ellipsis\"]".into(),
        Const::Int(n) => format!("[\"int\", \"{n}\"]"),
        Const::BigInt(n) => format!("[\"int\", \"{:x}\", 16]", **n),
        Const::Float(x) => format!("[\"float\", \"{:016x}\"]", x.to_bits()),
        Const::Complex(x, y) => format!("[\"complex\", \"{:016x}\", \"{:016x}\"]", x.to_bits(), y.to_bits()),
        Const::Str(s) => format!("[\"str\", \"{}\"]", hex(s)),
        Const::Bytes(s) => format!("[\"bytes\", \"{}\"]", hex(s)),
        Const::Tuple(items) => format!("[\"tuple\", {}]", list(items)).replace(", ]", "]"),
        Const::FrozenSet(items) => format!("[\"frozenset\", {}]", list(items)).replace(", ]", "]"),
    }
}

fn list<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    format!("[{}]", items.iter().map(text).collect::<Vec<_>>().join(", "))
}

fn describe(code: &Code, out: &mut String) {
    let mut instrs = Vec::new();
    let mut pc = 0;
    while pc < code.instrs.len() {
        let instr = Instr(code.instrs[pc]);
        let op = instr.op().expect("verified");
        let info = op.info();
        let wide = matches!(info.operands[1], Operand::Jump32 | Operand::Const32 | Operand::Imm32);
        let data = if info.data > 0 { code.instrs[pc + 1] as i32 } else { 0 };
        let distance = match op {
            Opcode::Send => data,
            _ if info.operands[2] == Operand::Jump16 => instr.c() as i16 as i32,
            _ => instr.bc(),
        };
        let target = pc as i64 + info.len() as i64 + distance as i64;
        let b = match info.operands[1] {
            _ if wide => instr.bc(),
            Operand::Imm => instr.b() as i16 as i32,
            _ => instr.b() as i32,
        };
        let c = match info.operands[2] {
            Operand::Imm => instr.c() as i16 as i32,
            _ => instr.c() as i32,
        };
        let line = code.position(pc as u32).map_or(0, |p| p.line);
        instrs.push(format!("[{pc}, \"{op:?}\", {}, {b}, {c}, {data}, {target}, {line}]", instr.a()));
        pc += info.len();
    }
    let doc = code.docstring.as_ref().map_or("null".into(), |d| format!("\"{}\"", hex(d)));
    let _ = write!(
        out,
        "{{\"name\": {}, \"qualname\": {}, \"kind\": \"{:?}\", \"posonly\": {}, \"args\": {}, \"kwonly\": {}, \
         \"varargs\": {}, \"varkw\": {}, \"generator\": {}, \"params\": {}, \"registers\": {}, \"unbound\": [{}, {}], \
         \"names\": {}, \"consts\": {}, \"free\": {}, \"class_free\": {}, \"class_cell\": {}, \"locals\": {}, \
         \"exceptions\": {}, \"doc\": {doc}, \"instrs\": {}, \"children\": [",
        quoted(&code.name),
        quoted(&code.qualname),
        code.kind,
        code.posonly_count,
        code.arg_count,
        code.kwonly_count,
        code.has_varargs,
        code.has_varkw,
        code.is_generator && !code.is_async,
        list(&code.param_names, |&n| quoted(&code.names[n as usize])),
        code.register_count,
        code.unbound_on_entry.0,
        code.unbound_on_entry.1,
        list(&code.names, |n| quoted(n)),
        list(&code.consts, constant),
        list(&code.free_vars, |(name, capture)| match capture {
            Capture::Register(r) => format!("[{}, \"register\", {r}]", quoted(name)),
            Capture::Free(f) => format!("[{}, \"free\", {f}]", quoted(name)),
        }),
        code.class_free.map_or("null".into(), |n| n.to_string()),
        code.class_cell.map_or("null".into(), |n| n.to_string()),
        list(&code.locals, |l| format!("[{}, {}, {}]", quoted(&code.names[l.name as usize]), l.register, l.is_cell)),
        list(&code.exceptions, |e| format!("[{}, {}, {}, {}]", e.start, e.end, e.target, e.register)),
        format_args!("[{}]", instrs.join(", ")),
    );
    for (n, child) in code.children.iter().enumerate() {
        if n > 0 {
            out.push_str(", ");
        }
        describe(child, out);
    }
    out.push_str("]}");
}
