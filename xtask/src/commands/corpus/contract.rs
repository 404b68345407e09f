//! The contract engine on every document: each is served by a mock that is right by construction, so that what a run
//! finds is a mistake of the engine's, or of the document's with itself.

use std::any::Any;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use orderly_contract::mock::rehearse;
use orderly_contract::report::{Report, curl};
use orderly_contract::run::Settings;
use orderly_document::Document;

use super::super::{CommandError, Outcome};
use crate::codegen::write::FileError;

/// How long a document may take.
const TIME_LIMIT: Duration = Duration::from_secs(300);

/// The engine and the mock recurse along schemas, which documents nest deeply.
const STACK: usize = 256 << 20;

/// What came of a document.
struct Trial {
    document: String,
    operations: usize,
    ended: Ended,
    took: Duration,
}

enum Ended {
    Run(Box<Report>),
    Refused(String),
    Panicked(String),
    TimedOut,
}

/// Runs the engine on all documents, some at a time, and prints what it found.
pub(super) fn run(documents: &[PathBuf], jobs: usize, settings: &Settings) -> Result<Outcome, CommandError> {
    let next = AtomicUsize::new(0);
    let trials = Mutex::new(Vec::with_capacity(documents.len()));
    let work = || {
        while let Some(path) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
            let trial = trial(path, settings);
            if let Ok(trial) = &trial {
                print!("{}", told(trial));
            }
            trials.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(trial);
        }
    };
    thread::scope(|scope| -> Result<(), CommandError> {
        for _ in 0..jobs {
            let thread = thread::Builder::new().stack_size(STACK);
            thread.spawn_scoped(scope, work).map_err(CommandError::start("a thread"))?;
        }
        Ok(())
    })?;
    let trials = trials.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    let trials: Vec<Trial> = trials.into_iter().collect::<Result<_, _>>()?;
    Ok(sum_up(&trials))
}

fn trial(path: &Path, settings: &Settings) -> Result<Trial, CommandError> {
    let document = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = std::fs::read(path).map_err(FileError::at(path))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(CommandError::start("a runtime"))?;
    let begun = Instant::now();
    let mut operations = 0;
    let run = || -> Result<Ended, String> {
        let source = Document::parse(&document, &bytes).map_err(|remarks| remarks.to_string())?;
        let read = orderly_contract::Document::new(source.clone()).map_err(|remark| remark.to_string())?;
        operations = read.operations().len();
        let run = async { tokio::time::timeout(TIME_LIMIT, rehearse(&source, None, settings)).await };
        match runtime.block_on(run) {
            Ok(Ok(report)) => Ok(Ended::Run(Box::new(report))),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Ok(Ended::TimedOut),
        }
    };
    let ended = match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(ended)) => ended,
        Ok(Err(reason)) => Ended::Refused(reason),
        Err(panicked) => Ended::Panicked(words(&*panicked)),
    };
    Ok(Trial { document, operations, ended, took: begun.elapsed() })
}

/// What is worth reading of a document: nothing, if there is nothing to mend.
fn told(trial: &Trial) -> String {
    let mut text = String::new();
    let name = &trial.document;
    // Writing to a text does not fail.
    let _ = match &trial.ended {
        Ended::Run(report) => report.findings.iter().try_for_each(|reported| {
            let command = reported.story.last().map(|exchange| curl(&report.base_url, &exchange.sent));
            let (command, operation) = (command.unwrap_or_default(), &reported.operation);
            let times = reported.times;
            writeln!(
                text,
                "{name}: {operation}: {} ({times} times, {})\n  {command}",
                reported.finding, reported.title
            )
        }),
        Ended::Refused(reason) => {
            writeln!(text, "{name}: refused: {}", reason.lines().next().unwrap_or_default())
        }
        Ended::Panicked(words) => writeln!(text, "{name}: panicked: {words}"),
        Ended::TimedOut => writeln!(text, "{name}: not done after {TIME_LIMIT:?}"),
    };
    text
}

fn sum_up(trials: &[Trial]) -> Outcome {
    let reports: Vec<&Report> = trials
        .iter()
        .filter_map(|trial| match &trial.ended {
            Ended::Run(report) => Some(&**report),
            _ => None,
        })
        .collect();
    let count = |is: fn(&Ended) -> bool| trials.iter().filter(|trial| is(&trial.ended)).count();
    let stages = || reports.iter().flat_map(|report| &report.stages);
    let findings: usize = reports.iter().map(|report| report.findings.len()).sum();
    let (panicked, timed_out) =
        (count(|ended| matches!(ended, Ended::Panicked(_))), count(|ended| matches!(ended, Ended::TimedOut)));
    println!(
        "{} documents: {} run, {} refused, {panicked} panicked, {timed_out} not done in time",
        trials.len(),
        reports.len(),
        count(|ended| matches!(ended, Ended::Refused(_))),
    );
    println!(
        "{} operations, {} cases, {} exchanges, {findings} findings, {:.0} s of work",
        trials.iter().map(|trial| trial.operations).sum::<usize>(),
        stages().map(|stage| stage.cases).sum::<usize>(),
        stages().map(|stage| stage.exchanges).sum::<usize>(),
        trials.iter().map(|trial| trial.took).sum::<Duration>().as_secs_f64(),
    );
    if findings + panicked + timed_out == 0 { Outcome::Good } else { Outcome::Bad }
}

/// The message of a panic.
fn words(panicked: &(dyn Any + Send)) -> String {
    let text = panicked.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panicked.downcast_ref::<&str>().copied()).unwrap_or("without words").to_owned()
}
