//! What `cargo xtask contract` is asked for.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{RangedU64ValueParser, TypedValueParser};
use orderly_contract::Document;
use orderly_contract::run;
use orderly_contract::target::{Identity, Settings};

use super::ContractError;
use super::outputs::Kind;
use crate::server::Engine;

/// Hold a server to its OpenAPI document: exit code 0 without findings, 1 with some, 2 if nothing could be tried.
///
/// Without --url, this project's server is built, started on a new database and held to its own document.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The server's address, to which the document's paths are appended: `https://example.com/api`. One without a path,
    /// such as `http://127.0.0.1:8080`, gets that of the document's server; one that ends in / gets none.
    #[arg(long)]
    url: Option<String>,
    /// The document; this project's own if none is given.
    #[arg(long, value_name = "FILE", requires = "url")]
    pub(super) document: Option<PathBuf>,
    /// A credential (again for several): bearer=TOKEN, basic=USER:PASSWORD, or the name of a security scheme of the
    /// document and its value; @FILE and env:NAME read the value from there. In front, `other:` is that of another account
    /// with the same rights, `expired:` one that is no longer valid: other:bearer=TOKEN.
    #[arg(long, value_name = "SCHEME=VALUE", requires = "url")]
    auth: Vec<String>,
    /// A header of every request (again for several).
    #[arg(long, value_name = "NAME=VALUE", value_parser = header)]
    header: Vec<(http::HeaderName, http::HeaderValue)>,
    /// Certificates to trust instead of the system's, as PEM.
    #[arg(long, value_name = "FILE", requires = "url")]
    ca: Option<PathBuf>,
    /// Only this operation (again for several): its id, tag:NAME, or a pattern with *.
    #[arg(long, value_name = "ID")]
    operation: Vec<String>,
    /// Decides what is random: the same seed sends the same values.
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    /// How many random cases there are beside those that the document's rules give.
    #[arg(long, value_name = "N", default_value_t = run::Settings::default().cases)]
    cases: usize,
    /// Only the case, the walk or the probe of this name, as a report gives it, with the seed of that report.
    #[arg(long, value_name = "NAME")]
    case: Option<String>,
    /// How many requests are under way at once.
    #[arg(long, value_name = "N", default_value_t = run::Settings::default().jobs, value_parser = positive())]
    jobs: usize,
    /// Seconds that an answer may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    time_limit: u64,
    /// End when there are so many findings.
    #[arg(long, value_name = "N", value_parser = positive())]
    max_failures: Option<usize>,
    /// Also call headers, members and query parameters findings that the document does not declare; a document says so
    /// itself with `x-contract: {closed: true}`.
    #[arg(long)]
    pub(super) closed: bool,
    /// Reports to write.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(super) report: Vec<Kind>,
    /// Where they are written; target/contract if it is not given.
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Start this project's server on a throw-away PostgreSQL instead of SQLite.
    #[arg(long, conflicts_with = "url")]
    postgres: bool,
}

impl Arguments {
    /// How the server is called.
    pub(super) fn target(&self, document: &Document) -> Result<Settings, ContractError> {
        Ok(Settings {
            time_limit: Duration::from_secs(self.time_limit),
            headers: self.header.iter().cloned().collect(),
            identities: Identity::parse(self.auth.iter().map(String::as_str), document)?,
            authorities: self.ca.clone(),
        })
    }

    /// What is run.
    pub(super) fn run(&self) -> run::Settings {
        run::Settings {
            seed: self.seed,
            cases: self.cases,
            jobs: self.jobs,
            operations: self.operation.clone(),
            case: self.case.clone(),
            max_findings: self.max_failures,
            login: None,
        }
    }

    /// What this project's own server keeps its data in.
    pub(super) fn engine(&self) -> Engine {
        if self.postgres { Engine::Postgres } else { Engine::Sqlite }
    }

    pub(super) fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }
}

fn positive() -> impl TypedValueParser<Value = usize> {
    RangedU64ValueParser::<usize>::new().range(1..=1_000_000)
}

fn header(text: &str) -> Result<(http::HeaderName, http::HeaderValue), String> {
    let (name, value) = text.split_once('=').ok_or("a header is written NAME=VALUE")?;
    let name = name.parse().map_err(|_| format!("`{name}` is no name of a header"))?;
    let value = value.parse().map_err(|_| "the value has characters that a header cannot have".to_owned())?;
    Ok((name, value))
}
