//! `orderly`: the API at a terminal.

use std::process::ExitCode;

fn main() -> ExitCode {
    orderly_cli::main()
}
