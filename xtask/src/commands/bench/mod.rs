//! `cargo xtask bench`: what a request costs the release server, over real HTTP on this machine.
//!
//! The figure that counts is the server's CPU time for a request: others on the machine disturb it least. Rates and
//! latencies include what the load itself takes from the same cores.

mod cases;
mod database;
mod http;
mod idle;
mod load;
mod program;
mod report;
mod shop;
mod usage;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use self::cases::{CASES, Case};
use self::database::{Database, Databases};
use self::load::{Cpu, Load, LoadError};
use self::program::{Program, Running};
use self::shop::Shop;
use super::{CommandError, Outcome, workspace_root};

/// A case is measured in so many spans of its time.
const SPANS: u32 = 5;

/// A start is measured so often.
const STARTS: usize = 11;

/// Measure what requests cost the release server: CPU, time, memory, size and start.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What the server keeps its data in.
    #[arg(long, value_enum, default_value_t = Databases::Sqlite)]
    database: Databases,
    /// Seconds for each case.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// Measure only this case (again for several): livez, product-get, product-list, order-get, order-create, token,
    /// idle, start.
    #[arg(long, value_name = "NAME", value_parser = known_name)]
    only: Vec<String>,
    /// Connections that ask at once.
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=1000))]
    connections: u16,
    /// Measure this server instead of building one: to compare two builds in one sitting.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
}

/// What is measured beside the cases.
const OTHERS: [&str; 2] = ["idle", "start"];

fn known_name(name: &str) -> Result<String, String> {
    let names: Vec<&str> = CASES.iter().map(|case| case.name).chain(OTHERS).collect();
    if names.contains(&name) { Ok(name.to_owned()) } else { Err(format!("one of {}", names.join(", "))) }
}

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// The server cannot be built.
    #[error("the server cannot be built")]
    Build,
    /// The server cannot be started.
    #[error("cannot run {}", program.display())]
    Start {
        /// The program.
        program: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The server does not serve.
    #[error("the server does not serve; it says:\n{output}")]
    NotServing {
        /// What it printed.
        output: String,
    },
    /// The shop cannot be filled.
    #[error("the shop cannot be filled: {status} {answer}")]
    Fill {
        /// The status of the answer.
        status: u16,
        /// The answer.
        answer: String,
    },
    /// A case failed.
    #[error("{case} cannot be measured: {reason}")]
    Case {
        /// Which.
        case: &'static str,
        /// Why.
        reason: String,
    },
    /// There is no PostgreSQL to measure on.
    #[error(transparent)]
    Postgres(#[from] orderly_throwaway_postgres::Error),
    /// A file, a connection or `/proc` failed.
    #[error("a file, a connection or /proc failed")]
    Io(#[from] io::Error),
    /// The system refuses more open files.
    #[error("the limit of open files cannot be raised")]
    OpenFiles(#[from] rustix::io::Errno),
}

/// Runs the command.
///
/// # Errors
/// Whatever keeps it from measuring.
pub fn run(arguments: &Arguments) -> Result<Outcome, CommandError> {
    idle::raise_open_files()?;
    let executable = match &arguments.program {
        Some(program) => program.clone(),
        None => build()?,
    };
    for engine in arguments.database.engines() {
        println!("{}", engine.name());
        engine.with(|database| {
            let folder = tempfile::tempdir()?;
            let program = Program {
                executable: executable.clone(),
                folder: folder.path().to_owned(),
                database_url: database.url.clone(),
            };
            measure(arguments, &program, database)
        })?;
    }
    Ok(Outcome::Good)
}

/// Builds the server as it is released, and says where it is.
fn build() -> Result<PathBuf, BenchError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let start = |source| BenchError::Start { program: PathBuf::from("cargo build"), source };
    let output = Command::new(cargo)
        .args([
            "build",
            "--release",
            "--package",
            "orderly-server",
            "--message-format",
            "json-render-diagnostics",
        ])
        .current_dir(workspace_root())
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(start)?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let mut executables = messages.lines().filter_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message["executable"].as_str()?))
    });
    executables.next_back().filter(|_| output.status.success()).ok_or(BenchError::Build)
}

fn measure(arguments: &Arguments, program: &Program, database: &Database) -> Result<(), BenchError> {
    let is_wanted = |name: &str| arguments.only.is_empty() || arguments.only.iter().any(|only| only == name);
    let cases: Vec<Case> = CASES.into_iter().filter(|case| is_wanted(case.name)).collect();
    let server = program.start("demo")?;
    if !cases.is_empty() {
        let shop = Shop::fill(&server)?;
        println!("{}", report::HEAD);
        for case in cases {
            println!("{}", measure_case(arguments, &server, database, &shop, case)?);
        }
    }
    server.stop()?;
    if is_wanted("idle") {
        let server = program.start("serve")?;
        print!("{}", report::idle(&idle::measure(&server)?));
        server.stop()?;
    }
    if is_wanted("start") {
        println!("start: {:.1} ms", start(program)?.as_secs_f64() * 1e3);
        println!("binary: {:.1} MiB stripped", report::mebibytes(stripped_size(program)?));
    }
    Ok(())
}

fn measure_case(
    arguments: &Arguments,
    server: &Running,
    database: &Database,
    shop: &Shop,
    case: Case,
) -> Result<String, BenchError> {
    let load = Load {
        address: server.address,
        connections: usize::from(arguments.connections).min(case.connections),
        spans: SPANS,
        span: Duration::from_secs(arguments.seconds) / SPANS,
    };
    let cpu = || Ok(Cpu { server: usage::cpu(server.pid())?, database: database.cpu()? });
    let spans = load.run(case.status, |connection| case.requests(shop, connection), cpu);
    let spans = spans.map_err(|error| BenchError::Case { case: case.name, reason: reason(&error) })?;
    Ok(report::case(case.name, &spans, usage::resident(server.pid())?))
}

fn reason(error: &LoadError) -> String {
    super::chain(error)
}

/// The middle one of several starts on a database that is there.
fn start(program: &Program) -> Result<Duration, BenchError> {
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let server = program.start("serve")?;
        starts.push(server.started_within.as_secs_f64());
        server.stop()?;
    }
    Ok(Duration::from_secs_f64(report::median(starts)))
}

/// The size of the program without its symbols.
fn stripped_size(program: &Program) -> Result<u64, BenchError> {
    let stripped = program.folder.join("stripped");
    let strip = Path::new("strip");
    let start = |source| BenchError::Start { program: strip.to_owned(), source };
    Command::new(strip).arg("-o").arg(&stripped).arg(&program.executable).status().map_err(start)?;
    Ok(fs::metadata(&stripped)?.len())
}
