//! Lines typed at a terminal, with editing, history and completion. The only file that names rustyline.
//!
//! The editor blocks, so it has a thread of its own: the machine sends it a prompt and parks in a read of a pipe, to which the
//! thread writes when it has a line, or a question about completion. Other greenlets run meanwhile; what they print goes
//! through the editor, which shows it above the line that is being typed.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::time::Duration;

use gscript_stdlib::io::screen;
use gscript_stdlib::platform::fd;
use gscript_vm::vm::{Cx, Result};
use rustyline::completion::Completer;
use rustyline::config::{CompletionType, Config};
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{Context, Editor, ExternalPrinter, Helper, Highlighter, Hinter, Validator};

use crate::complete;
use crate::repl::{Line, Lines};

/// How long the editor waits for names to complete with; a program that computes does not answer.
const PATIENCE: Duration = Duration::from_millis(500);

/// Lines kept in the history file.
const HISTORY: usize = 10_000;

/// What the thread tells the machine.
enum Event {
    Line(Line),
    /// A word to be completed.
    Complete(String, SyncSender<Vec<String>>),
}

/// The editor as the machine sees it.
pub struct Terminal {
    prompts: Sender<String>,
    events: Receiver<Event>,
    /// Has a byte for each event.
    wake: i32,
    /// A prompt stands already: the last wait for its line was interrupted.
    is_reading: bool,
    /// Lines of a pasted text that have not been read yet.
    pasted: VecDeque<String>,
    printer: Option<Sender<String>>,
}

/// The thread's side of the questions about completion.
struct Words {
    events: Sender<Event>,
    wake: i32,
}

#[derive(Helper, Highlighter, Hinter, Validator)]
struct Asking {
    words: Words,
}

impl Completer for Asking {
    type Candidate = String;

    fn complete(&self, line: &str, at: usize, _context: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let word = complete::word_before(&line[..at]);
        let start = at - word.len();
        if word.is_empty() {
            // Tab indents where there is nothing to complete.
            let is_indent = line[..at].trim().is_empty();
            return Ok((at, if is_indent { vec!["    ".to_string()] } else { Vec::new() }));
        }
        let (reply, names) = sync_channel(1);
        if self.words.events.send(Event::Complete(word.to_string(), reply)).is_err() {
            return Ok((start, Vec::new()));
        }
        let _ = fd::write(self.words.wake, b"c");
        Ok((start, names.recv_timeout(PATIENCE).unwrap_or_default()))
    }
}

type LineEditor = Editor<Asking, FileHistory>;

/// `$XDG_STATE_HOME/gscript/history`, by default below `~/.local/state`; the folder is made.
fn history_file() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let state = set("XDG_STATE_HOME").filter(|p| p.is_absolute()).or_else(|| set("HOME").map(|h| h.join(".local/state")))?;
    let folder = state.join("gscript");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}

/// Reads lines as long as prompts come.
fn edit(mut editor: LineEditor, prompts: &Receiver<String>, events: &Sender<Event>, wake: i32) {
    let history = history_file();
    if let Some(file) = &history {
        // There is none the first time.
        let _ = editor.load_history(file);
    }
    while let Ok(prompt) = prompts.recv() {
        let line = match editor.readline(&prompt) {
            Ok(text) => {
                if !text.trim().is_empty() && editor.add_history_entry(&text).unwrap_or(false) {
                    // A history that cannot be kept is no reason to stop.
                    let _ = history.as_ref().map(|file| editor.append_history(file));
                }
                Line::Text(text)
            }
            Err(ReadlineError::Interrupted) => Line::Interrupted,
            Err(_) => Line::End,
        };
        if events.send(Event::Line(line)).is_err() {
            return;
        }
        let _ = fd::write(wake, b"l");
    }
}

impl Terminal {
    /// An editor on the standard input and output, which are terminals; `None` when there is no thread or no pipe for it.
    pub fn new() -> Option<Terminal> {
        let (wake, end) = fd::pipe().ok()?;
        let (prompts, asked) = channel();
        let (said, events) = channel();
        let config = Config::builder().completion_type(CompletionType::List).max_history_size(HISTORY).ok()?.auto_add_history(false).build();
        let mut editor: LineEditor = Editor::with_config(config).ok()?;
        editor.set_helper(Some(Asking { words: Words { events: said.clone(), wake: end } }));
        let printer = editor.create_external_printer().ok().map(print_on_thread);
        std::thread::Builder::new().name("prompt".into()).spawn(move || edit(editor, &asked, &said, end)).ok()?;
        Some(Terminal { prompts, events, wake, is_reading: false, pasted: VecDeque::new(), printer })
    }

    /// Waits for the line, answering questions.
    fn wait(&mut self, cx: &mut Cx) -> Result<Line> {
        loop {
            while let Ok(event) = self.events.try_recv() {
                match event {
                    Event::Line(line) => {
                        self.is_reading = false;
                        return Ok(line);
                    }
                    Event::Complete(word, reply) => {
                        let names = complete::names(cx, &word);
                        let _ = reply.send(names);
                    }
                }
            }
            let mut byte = [0; 1];
            gscript_stdlib::io::wait::read(cx, self.wake, &mut byte)?;
        }
    }
}

/// The printer may wait for the editor, which may wait for the machine: it is fed from a thread of its own.
fn print_on_thread(mut printer: impl ExternalPrinter + Send + 'static) -> Sender<String> {
    let (sender, texts) = channel::<String>();
    let spawned = std::thread::Builder::new().name("printer".into()).spawn(move || {
        while let Ok(mut text) = texts.recv() {
            // What came meanwhile is shown at once.
            while let Ok(more) = texts.try_recv() {
                text.push_str(&more);
            }
            let _ = printer.print(text);
        }
    });
    drop(spawned);
    sender
}

/// Gathers what is written until a line is complete.
fn screen_taker(printer: Sender<String>) -> screen::Taker {
    let rest = RefCell::new(Vec::new());
    Box::new(move |_, data| {
        let mut rest = rest.borrow_mut();
        rest.extend_from_slice(data);
        if let Some(end) = rest.iter().rposition(|&b| b == b'\n') {
            let lines: Vec<u8> = rest.drain(..=end).collect();
            return printer.send(String::from_utf8_lossy(&lines).into_owned()).is_ok();
        }
        true
    })
}

impl Lines for Terminal {
    fn read(&mut self, cx: &mut Cx, prompt: &str) -> Result<Line> {
        if let Some(line) = self.pasted.pop_front() {
            return Ok(Line::Text(line));
        }
        if !self.is_reading {
            if self.prompts.send(prompt.to_string()).is_err() {
                return Ok(Line::End);
            }
            self.is_reading = true;
        }
        if let Some(printer) = self.printer.clone() {
            screen::take_over(Some(screen_taker(printer)));
        }
        let line = self.wait(cx);
        screen::take_over(None);
        match line? {
            Line::Text(text) if text.contains('\n') => {
                self.pasted.extend(text.split('\n').map(|l| l.trim_end_matches('\r').to_string()));
                Ok(Line::Text(self.pasted.pop_front().unwrap_or_default()))
            }
            line => Ok(line),
        }
    }

    /// The editor has ended the line.
    fn end(&mut self, _cx: &mut Cx) {}
}
