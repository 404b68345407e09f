//! `cargo xtask bench`: what a request costs the release server, over real HTTP on this machine.
//!
//! The figure that counts is the server's CPU time for a request: others on the machine disturb it least. Rates and
//! latencies include what the load itself takes from the same cores.

mod cases;
mod http;
mod idle;
mod load;
mod report;
mod shop;
mod usage;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use self::cases::{CASES, Case};
use self::load::{Cpu, Load, LoadError};
use self::shop::Shop;
use super::{CommandError, Outcome, workspace_root};
use crate::server::{self, Database, Engine, Program, Running, ServerError};

/// A case is measured in so many spans of its time.
const SPANS: u32 = 5;

/// A start is measured so often.
const STARTS: usize = 11;

/// Which databases to measure on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Databases {
    /// The embedded one.
    Sqlite,
    /// A PostgreSQL that is started for this.
    Postgres,
    /// One after the other.
    Both,
}

impl Databases {
    fn engines(self) -> &'static [Engine] {
        match self {
            Self::Sqlite => &[Engine::Sqlite],
            Self::Postgres => &[Engine::Postgres],
            Self::Both => &[Engine::Sqlite, Engine::Postgres],
        }
    }
}

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
    /// There is no server.
    #[error(transparent)]
    Server(#[from] ServerError),
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
        None => server::build(&workspace_root())?,
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
    let cpu = || Ok(Cpu { server: usage::cpu(server.pid())?, database: database_cpu(database)? });
    let spans = load.run(case.status, |connection| case.requests(shop, connection), cpu);
    let spans = spans.map_err(|error| BenchError::Case { case: case.name, reason: reason(&error) })?;
    Ok(report::case(case.name, &spans, usage::resident(server.pid())?))
}

/// CPU time that the database's own processes have used. SQLite has none: it works in the server's.
fn database_cpu(database: &Database) -> io::Result<Duration> {
    database.postmaster.map_or(Ok(Duration::ZERO), usage::cpu_with_children)
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
    let start = |source| ServerError::Start { program: strip.to_owned(), source };
    Command::new(strip).arg("-o").arg(&stripped).arg(&program.executable).status().map_err(start)?;
    Ok(fs::metadata(&stripped)?.len())
}
