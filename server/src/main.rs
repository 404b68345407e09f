//! The program `orderly-server`.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    orderly_server::program::run(std::env::args_os()).await
}
