//! The entry point of `cargo xtask`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    xtask::commands::CommandLine::parse().run()
}
