//! One part of one document, generated in a process of its own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use orderly_document::Document;
use serde_json::Value;

use crate::codegen::lower::{LEFT_OUT, METHODS};
use crate::codegen::write::FileError;
use crate::commands::CommandError;
use crate::commands::generate::Part;

/// How long a part may take: four times what the largest public document needs in an unoptimised build.
const TIME_LIMIT: Duration = Duration::from_secs(120);

/// What came of one part of one document.
#[derive(Debug)]
pub(super) struct Trial {
    /// The document's file name, which names it in reports.
    pub(super) document: String,
    pub(super) part: Part,
    pub(super) verdict: Verdict,
    /// What the generator had to say.
    pub(super) remarks: Vec<Remark>,
    pub(super) took: Duration,
    /// Where the generated files are.
    pub(super) folder: PathBuf,
    /// How many operations the document has.
    pub(super) operations: usize,
}

/// How a trial ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Generated,
    Refused,
    /// With what was printed.
    Panicked(String),
    TimedOut,
}

/// A diagnostic as it arrives from the other process.
#[derive(Clone, Debug, serde::Deserialize)]
pub(super) struct Remark {
    pub(super) severity: String,
    pub(super) message: String,
}

impl Trial {
    /// Generates a part below `out`, and waits for it no longer than the time limit.
    pub(super) fn run(document: &Path, part: Part, out: &Path) -> Result<Self, CommandError> {
        let name = document.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = out.join(&name);
        fs::create_dir_all(&folder).map_err(FileError::at(&folder))?;
        let report = folder.join(format!("{}.json", part.name()));
        let log = folder.join(format!("{}.log", part.name()));
        remove(&report)?;

        let begun = Instant::now();
        let mut child = start(document, part, &folder, &report, &log)?;
        let status = wait(&mut child, TIME_LIMIT);
        let took = begun.elapsed();

        let verdict = match status.and_then(|status| status.code().map(|code| (code, status))) {
            Some((0, _)) => Verdict::Generated,
            Some((1, _)) => Verdict::Refused,
            _ if status.is_none() => Verdict::TimedOut,
            _ => Verdict::Panicked(last_words(&log, status)),
        };
        let (folder, operations) = (folder.join(part.name()), operations(document, &name)?);
        Ok(Self { document: name, part, verdict, remarks: remarks(&report), took, folder, operations })
    }

    /// The reasons for which the SDK lacks operations, one for each.
    pub(super) fn left_out(&self) -> impl Iterator<Item = &str> {
        self.remarks.iter().filter_map(|remark| remark.message.strip_prefix(LEFT_OUT))
    }

    /// How many operations the generated SDK has, as its table tells.
    pub(super) fn operations_of_sdk(&self) -> usize {
        let table = fs::read_to_string(self.folder.join("operations.rs")).unwrap_or_default();
        table.lines().filter(|line| line.trim_start().starts_with("id: ")).count()
    }
}

/// How many operations a document has, counted in the document itself; none if it cannot be read.
fn operations(document: &Path, name: &str) -> Result<usize, FileError> {
    let bytes = fs::read(document).map_err(FileError::at(document))?;
    let Ok(document) = Document::parse(name, &bytes) else { return Ok(0) };
    let root = document.root();
    let items = root["paths"].as_object().into_iter().flatten().filter(|(path, _)| path.starts_with('/'));
    let items = items.filter_map(|(_, item)| match item["$ref"].as_str() {
        // Another file's, which no part of the generator follows either.
        Some(reference) => root.pointer(reference.strip_prefix('#')?),
        None => Some(item),
    });
    Ok(items.map(|item| METHODS.iter().filter(|method| item[**method].is_object()).count()).sum())
}

/// Starts this very program on the document. Its output goes to a file, because a full pipe would stop it.
fn start(
    document: &Path,
    part: Part,
    folder: &Path,
    report: &Path,
    log: &Path,
) -> Result<Child, CommandError> {
    let failed = |source| CommandError::Start { program: "the generator".to_owned(), source };
    let program = std::env::current_exe().map_err(failed)?;
    let output = File::create(log).map_err(FileError::at(log))?;
    Command::new(program)
        .args(["generate", "--only", part.name(), "--document"])
        .arg(document)
        .arg("--out")
        .arg(folder)
        .arg("--report")
        .arg(report)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(output)
        .spawn()
        .map_err(failed)
}

/// The exit status, `None` when the process had to be ended.
fn wait(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    let begun = Instant::now();
    while begun.elapsed() < limit {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(5));
    }
    // Either may fail because the process has ended in this moment, which is as well.
    let _ = child.kill();
    let _ = child.wait();
    None
}

fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(FileError::at(path)(error)),
        _ => Ok(()),
    }
}

/// The panic's place and message, or the last line of what was printed.
fn last_words(log: &Path, status: Option<ExitStatus>) -> String {
    let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let mut lines = text.lines().skip_while(|line| !line.contains("panicked at"));
    let words = match (lines.next(), lines.next()) {
        (Some(place), Some(message)) => {
            let place = place.split("panicked at ").nth(1).unwrap_or(place);
            format!("{place} {message}")
        }
        _ => text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().to_owned(),
    };
    let status = status.map(|status| status.to_string()).unwrap_or_default();
    format!("{words} ({status})")
}

/// What the other process remarked; nothing if it did not come so far.
fn remarks(report: &Path) -> Vec<Remark> {
    let text = fs::read_to_string(report).unwrap_or_default();
    let remarks: Vec<Value> = serde_json::from_str(&text).unwrap_or_default();
    remarks.into_iter().filter_map(|remark| serde_json::from_value(remark).ok()).collect()
}
