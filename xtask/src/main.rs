//! The entry point of `cargo xtask`.

use std::panic;
use std::process::ExitCode;
use std::thread;

use clap::Parser;
use xtask::commands::CommandLine;

/// The generator, progenitor and its parser recurse along schemas, and a document may chain thousands
/// of them: 4000 nested objects need more than the 8 MiB that a main thread has.
const STACK: usize = 256 << 20;

fn main() -> ExitCode {
    let command = CommandLine::parse();
    match thread::Builder::new().name("xtask".to_owned()).stack_size(STACK).spawn(|| command.run()) {
        Ok(thread) => thread.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked)),
        Err(error) => {
            eprintln!("error: no thread to work in: {error}");
            ExitCode::from(2)
        }
    }
}
