//! `cargo xtask corpus`: runs the generator, or the contract engine, over a folder of documents and counts what came
//! of it.
//!
//! Each part of each document is generated in a process of its own, so that a panic, an overflowing
//! stack or an endless loop is a finding about one document and nothing more.

mod compile;
mod contract;
mod report;
mod trial;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use orderly_contract::run::Settings;

use self::report::Report;
use self::trial::{Trial, Verdict};
use super::generate::Part;
use super::{CommandError, Outcome, workspace_root};
use crate::codegen::write::{self, FileError};

/// Run the generator over a folder of documents and count what came of it.
///
/// `--only sdk --compile-sdk 40 --table` tells of each document how many of its operations its SDK has, why it lacks the
/// others, and whether it compiles.
///
/// Refusals are results; the exit code is 1 if anything panicked, ran out of time, or does not compile; with
/// `--contract` also if anything was found.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder: every .yaml, .yml and .json file in it is taken for a document.
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// Only one part of each document.
    #[arg(long)]
    only: Option<Part>,
    /// Also compile a sample of N generated servers.
    #[arg(long, value_name = "N", default_value_t = 0)]
    compile: usize,
    /// Also compile a sample of N generated SDKs, each with its mock.
    #[arg(long, value_name = "N", default_value_t = 0)]
    compile_sdk: usize,
    /// Also print a line for each SDK: the operations of its document and its own, and whether it compiles.
    #[arg(long)]
    table: bool,
    /// Also compile a sample of N generated tables of commands.
    #[arg(long, value_name = "N", default_value_t = 0)]
    compile_cli: usize,
    /// Also write the results as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// How many documents to work on at a time; as many as there are cores unless said otherwise.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Run the contract engine instead of the generator, on a mock of each document: nothing is to be found.
    #[arg(long, conflicts_with_all = ["only", "compile", "compile_sdk", "compile_cli", "table", "json"])]
    contract: bool,
    /// How many random cases the contract engine tries on each document.
    #[arg(long, value_name = "N", default_value_t = 200, requires = "contract")]
    cases: usize,
    /// The seed of these cases and of the mock's answers.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "contract")]
    seed: u64,
}

/// What is tried of each document unless one part is asked for; mocks come with the SDKs that are compiled.
const TRIED: [Part; 3] = [Part::Server, Part::Sdk, Part::Cli];

/// Runs the command.
///
/// # Errors
/// A file that cannot be read or written, or a program that cannot be started.
pub fn run(arguments: &Arguments) -> Result<Outcome, CommandError> {
    let documents = documents(&arguments.dir)?;
    if documents.is_empty() {
        return Err(CommandError::Misuse(format!("{} holds no documents", arguments.dir.display())));
    }
    let jobs = arguments.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    if arguments.contract {
        let (seed, cases) = (arguments.seed, arguments.cases);
        return contract::run(&documents, jobs, &Settings { seed, cases, ..Settings::default() });
    }
    let work = work_folder();
    let parts: Vec<Part> =
        TRIED.into_iter().filter(|part| arguments.only.is_none_or(|only| only == *part)).collect();
    let mut trials = try_all(&documents, &parts, &work.join("out"), jobs)?;
    // A mock stands on its SDK: both are compiled.
    let is_chosen = |document: &&PathBuf, chosen: &[&Trial]| {
        chosen.iter().any(|trial| document.file_name().is_some_and(|name| *name == *trial.document))
    };
    let chosen = sample(&trials, Part::Sdk, arguments.compile_sdk);
    let chosen: Vec<PathBuf> =
        documents.iter().filter(|document| is_chosen(document, &chosen)).cloned().collect();
    trials.extend(try_all(&chosen, &[Part::Mock], &work.join("out"), jobs)?);

    let mut compiled = Vec::new();
    let samples = [
        (Part::Server, arguments.compile),
        (Part::Sdk, arguments.compile_sdk),
        (Part::Cli, arguments.compile_cli),
    ];
    for (part, count) in samples {
        let sample = sample(&trials, part, count);
        if !sample.is_empty() {
            compiled.push((part, compile::check(part, &sample, &work, jobs)?));
        }
    }
    let report = Report::new(documents.len(), trials, compiled);
    print!("{report}");
    if arguments.table {
        print!("\n{}", report.sdk_table());
    }
    if let Some(path) = &arguments.json {
        write::replace(path, &report.to_json())?;
    }
    Ok(if report.is_good() { Outcome::Good } else { Outcome::Bad })
}

/// Where generated code is put and compiled: below cargo's own folder, which is not committed.
fn work_folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| workspace_root().join("target")).join("corpus")
}

/// The documents of a folder, sorted by name.
fn documents(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(FileError::at(folder))? {
        let path = entry.map_err(FileError::at(folder))?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if path.is_file() && matches!(ending, Some("yaml" | "yml" | "json")) {
            documents.push(path);
        }
    }
    documents.sort();
    Ok(documents)
}

/// Tries these parts of every document, some at a time; the results are in the order of the documents.
fn try_all(
    documents: &[PathBuf],
    parts: &[Part],
    out: &Path,
    jobs: usize,
) -> Result<Vec<Trial>, CommandError> {
    let queue: Vec<(&PathBuf, Part)> =
        documents.iter().flat_map(|document| parts.iter().map(move |part| (document, *part))).collect();
    let next = AtomicUsize::new(0);
    let finished = Mutex::new(Vec::with_capacity(queue.len()));
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((document, part)) = queue.get(index) else { break };
                    let trial = Trial::run(document, *part, out);
                    finished.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push((index, trial));
                }
            });
        }
    });
    let mut finished = finished.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    finished.sort_by_key(|(index, _)| *index);
    finished.into_iter().map(|(_, trial)| trial).collect()
}

/// At most `count` of the generated ones, spread evenly; the same ones in every run.
fn sample(trials: &[Trial], part: Part, count: usize) -> Vec<&Trial> {
    let is_generated = |trial: &&Trial| trial.part == part && trial.verdict == Verdict::Generated;
    let generated: Vec<&Trial> = trials.iter().filter(is_generated).collect();
    let count = count.min(generated.len());
    (0..count).map(|index| generated[index * generated.len() / count]).collect()
}
