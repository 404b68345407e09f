//! `cargo xtask compat`: holds a document to the versions of it that were released before.

mod source;

use std::path::{Path, PathBuf};

use chrono::Utc;
use orderly_compat::rules::{self, Severity};
use orderly_compat::{Compared, Report, Settings, Waivers, compare};
use orderly_document::Document;

use self::source::Source;
use super::{CommandError, DOCUMENT, Outcome, workspace_root};
use crate::codegen::write::FileError;

/// Find what a document takes away from the clients of an older version of it.
///
/// BASE and HEAD are files, or `git:REVISION` or `git:REVISION:PATH`; BASE may also be a folder of released versions.
/// The exit code is 1 if something breaks, 2 if a document or waiver cannot be read.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The older version, or a folder of released ones.
    #[arg(required_unless_present = "rules")]
    base: Option<String>,
    /// The newer version; api/openapi.yaml unless said otherwise.
    head: Option<String>,
    /// A file of waivers; `waivers.toml` beside HEAD, if there is one, unless said otherwise.
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// From which severity on the exit code is 1.
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = Limit::Breaking)]
    fail_on: Limit,
    /// How many days before its end an operation has to say so.
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    notice: u32,
    /// How to print what was found.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    report: Format,
    /// Leave out what is only worth knowing.
    #[arg(long)]
    quiet: bool,
    /// Print the table of rules, and compare nothing.
    #[arg(long, conflicts_with_all = ["base", "head"])]
    rules: bool,
}

/// From which severity on something is as bad as a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Limit {
    Breaking,
    Warning,
}

/// How to print what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Junit,
}

/// Runs the command.
///
/// # Errors
/// A file that cannot be read, a document that is none, a waiver that means nothing.
pub fn run(arguments: &Arguments) -> Result<Outcome, CommandError> {
    if arguments.rules {
        print!("{}", rules::markdown());
        return Ok(Outcome::Good);
    }
    let default = workspace_root().join(DOCUMENT);
    let head_source = match &arguments.head {
        Some(head) => Source::named(head, &default),
        None => Source::File { path: default.clone(), name: DOCUMENT.to_owned() },
    };
    let base = arguments.base.as_deref().unwrap_or_default();
    let bases = source::bases(base, head_source.path())?;
    let head = head_source.read()?;
    let waivers = waivers(arguments, &head_source)?;
    let settings = Settings { today: Utc::now().date_naive(), notice_days: arguments.notice };

    let mut report = Report { head: head.file().to_owned(), ..Report::default() };
    for (index, base) in bases.iter().enumerate() {
        let between: Vec<&Document> = bases[index + 1..].iter().collect();
        let changes = compare(base, &head, &between, settings).map_err(CommandError::Document)?;
        let version = orderly_compat::version(base).unwrap_or_default();
        let mut judged = waivers.judge(&version, changes, settings.today);
        judged.changes.retain(|change| !arguments.quiet || change.severity > Severity::Info);
        report.bases.push(Compared::new(base, judged));
    }
    if Path::new(base).is_dir() {
        let versions: Vec<String> = bases.iter().filter_map(orderly_compat::version).collect();
        report.stale = waivers.without_base(&versions.iter().map(String::as_str).collect::<Vec<_>>());
    }
    let limit = match arguments.fail_on {
        Limit::Breaking => Severity::Breaking,
        Limit::Warning => Severity::Warning,
    };
    match arguments.report {
        Format::Text => print!("{report}"),
        Format::Json => print!("{}", report.to_json()),
        Format::Junit => {
            let xml = report.to_junit(limit).map_err(|error| CommandError::Misuse(error.to_string()))?;
            println!("{xml}");
        }
    }
    Ok(if report.passes(limit) { Outcome::Good } else { Outcome::Bad })
}

/// The waivers that were asked for, or those beside the head.
fn waivers(arguments: &Arguments, head: &Source) -> Result<Waivers, CommandError> {
    let beside = head.path().with_file_name("waivers.toml");
    let path = match &arguments.waivers {
        Some(path) => path.clone(),
        None if beside.is_file() => beside,
        None => return Ok(Waivers::default()),
    };
    let text = std::fs::read_to_string(&path).map_err(FileError::at(&path))?;
    let name = path.strip_prefix(workspace_root()).unwrap_or(&path).display().to_string();
    Waivers::parse(&name, &text).map_err(|error| CommandError::Misuse(error.to_string()))
}
