//! `cargo xtask generate`: writes the server interface, the SDK, its mock and the command line of a document.

use std::path::{Path, PathBuf};

use super::{CommandError, DOCUMENT, Outcome, load, workspace_root};
use crate::codegen::write::{self, Files};
use crate::codegen::{cli, emit, sdk, unknown};
use orderly_document::{Diagnostics, Document, Refused};

/// Write the typed server interface, the SDK, its mock and the command line's table of an OpenAPI document.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Another document than api/openapi.yaml.
    #[arg(long, value_name = "FILE", requires = "out")]
    document: Option<PathBuf>,
    /// Write to DIR/server, DIR/sdk, DIR/mock and DIR/cli, not into the crates of this workspace.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write nothing; compare with what is there and fail where it differs.
    #[arg(long)]
    check: bool,
    /// Only one of them.
    #[arg(long)]
    only: Option<Part>,
    /// Also write what was remarked, as JSON.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// What a document is turned into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// Data types, a trait for each tag, routes.
    Server,
    /// The client that consumers call.
    Sdk,
    /// What consumers' tests are answered by.
    Mock,
    /// The table from which the command line has its commands.
    Cli,
}

impl Part {
    /// All parts, in the order in which they are generated.
    pub const ALL: [Self; 4] = [Self::Server, Self::Sdk, Self::Mock, Self::Cli];

    /// The name on the command line, which is also the folder within `--out`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Sdk => "sdk",
            Self::Mock => "mock",
            Self::Cli => "cli",
        }
    }

    fn folder(self, out: Option<&Path>) -> PathBuf {
        match (out, self) {
            (Some(out), part) => out.join(part.name()),
            (None, Self::Server) => workspace_root().join("api/src/generated"),
            (None, Self::Sdk) => workspace_root().join("client/src/generated"),
            (None, Self::Mock) => workspace_root().join("client/mock/src/generated"),
            (None, Self::Cli) => workspace_root().join("client/cli/src/generated"),
        }
    }

    fn generate(self, document: &Document, diagnostics: &mut Diagnostics) -> Result<Files, Refused> {
        match self {
            Self::Server => emit::server(document, diagnostics),
            Self::Sdk => sdk::generate(document, diagnostics),
            Self::Mock => sdk::generate_mock(document, diagnostics),
            Self::Cli => cli::generate(document, diagnostics),
        }
    }
}

/// Runs the command.
///
/// # Errors
/// A file that cannot be read or written.
pub fn run(arguments: &Arguments) -> Result<Outcome, CommandError> {
    let mut outcome = Outcome::Good;
    let mut remarks = Diagnostics::new();
    match load(arguments.document.as_deref())? {
        Ok(document) => match generate(arguments, &document, &mut remarks) {
            Ok(parts) => {
                for (part, files) in parts {
                    outcome = outcome.and(deliver(arguments, part, files)?);
                }
            }
            Err(Refused) => outcome = Outcome::Bad,
        },
        Err(diagnostics) => {
            outcome = Outcome::Bad;
            remarks = diagnostics;
        }
    }
    eprint!("{remarks}");
    if let Some(report) = &arguments.report {
        write::replace(report, &remarks.to_json())?;
    }
    Ok(outcome)
}

/// The files of all parts that were asked for. Where one is refused none is had, so that a server and an
/// SDK that lie side by side always come from one document; the others still tell their remarks.
fn generate(
    arguments: &Arguments,
    document: &Document,
    remarks: &mut Diagnostics,
) -> Result<Vec<(Part, Files)>, Refused> {
    remarks.extend(unknown::remarks(document));
    let chosen = Part::ALL.into_iter().filter(|part| arguments.only.is_none_or(|only| only == *part));
    let generated: Vec<Result<(Part, Files), Refused>> = chosen
        .map(|part| {
            let mut diagnostics = Diagnostics::new();
            let files = part.generate(document, &mut diagnostics);
            remarks.extend(diagnostics);
            Ok((part, files?))
        })
        .collect();
    generated.into_iter().collect()
}

/// Writes the files of a part, or compares them.
fn deliver(arguments: &Arguments, part: Part, files: Files) -> Result<Outcome, CommandError> {
    let folder = part.folder(arguments.out.as_deref());
    let files = files.headed(&origin(arguments.document.as_deref()));
    if !arguments.check {
        println!("{}: {}", folder.display(), files.write(&folder)?);
        return Ok(Outcome::Good);
    }
    let differences = files.compare(&folder)?;
    for difference in &differences {
        println!("{difference}");
    }
    if differences.is_empty() {
        return Ok(Outcome::Good);
    }
    println!("{} is out of date; repair it with: {}", folder.display(), repair(arguments));
    Ok(Outcome::Bad)
}

/// What headers call the document: its path from the root of the workspace, or only its name when it
/// lies elsewhere, so that the output does not depend on the machine.
fn origin(chosen: Option<&Path>) -> String {
    let Some(path) = chosen else { return DOCUMENT.to_owned() };
    let inside = path.canonicalize().ok().and_then(|path| {
        let root = workspace_root().canonicalize().ok()?;
        path.strip_prefix(root).ok().map(Path::to_owned)
    });
    let name = inside.unwrap_or_else(|| path.file_name().map(PathBuf::from).unwrap_or_default());
    name.display().to_string().replace('\\', "/")
}

/// The command that writes what `--check` found missing.
fn repair(arguments: &Arguments) -> String {
    let mut command = "cargo xtask generate".to_owned();
    if let Some(document) = &arguments.document {
        command.push_str(&format!(" --document {}", document.display()));
    }
    if let Some(out) = &arguments.out {
        command.push_str(&format!(" --out {}", out.display()));
    }
    if let Some(only) = arguments.only {
        command.push_str(&format!(" --only {}", only.name()));
    }
    command
}
