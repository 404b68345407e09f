//! `cargo xtask faults`: everything that can break around a shop, broken at full size: kills, outages, stalled clients,
//! crowds, full disks, malformed requests. A line says of each what held.
//!
//! The sentences are those of `tests/tests/faults`, which `cargo test` runs small.

use std::process::Command;

use super::{CommandError, Outcome, workspace_root};

/// Break things around the real program, at full size, and say what held.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How often a server is killed under load, on each engine.
    #[arg(long, default_value_t = 20)]
    rounds: u32,
    /// How many malformed requests are sent, on each engine.
    #[arg(long, default_value_t = 100_000)]
    requests: u32,
    /// How many connections are idle at once.
    #[arg(long, default_value_t = 5_000)]
    connections: u32,
    /// Only sentences with one of these texts in their name, such as `postgres` or `kill`.
    #[arg(value_name = "TEXT")]
    only: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// A cargo that cannot be started.
pub fn run(arguments: &Arguments) -> Result<Outcome, CommandError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let only: &[String] = if arguments.only.is_empty() { &[String::new()] } else { &arguments.only };
    let mut outcome = Outcome::Good;
    for text in only {
        let status = Command::new(&cargo)
            .current_dir(workspace_root())
            .args(["test", "--quiet", "--package", "orderly-tests", "--test", "faults", "--"])
            // One at a time: each has the machine for itself.
            .args(["--test-threads", "1"])
            .args(Some(text).filter(|text| !text.is_empty()))
            .env("ORDERLY_FAULTS_ROUNDS", arguments.rounds.to_string())
            .env("ORDERLY_FAULTS_REQUESTS", arguments.requests.to_string())
            .env("ORDERLY_FAULTS_CONNECTIONS", arguments.connections.to_string())
            .env("ORDERLY_TEST_POSTGRES", "required")
            .status()
            .map_err(CommandError::start("cargo"))?;
        outcome = outcome.and(if status.success() { Outcome::Good } else { Outcome::Bad });
    }
    Ok(outcome)
}
