//! `cargo xtask contract`: holds a running server to its document, case by case, and says in what they differ.

mod options;
mod outputs;
mod own;
mod progress;

use std::fs;
use std::io;
use std::path::Path;

use orderly_contract::phase;
use orderly_contract::report::Report;
use orderly_contract::run::{self, RunError};
use orderly_contract::target::{AuthError, Target, TargetError};
use orderly_contract::{Contract, Conventions, Document};
use orderly_document::Diagnostic;

pub use self::options::Arguments;
use self::progress::Watch;
use super::{CommandError, Outcome, load, workspace_root};

/// Why a contract could not be tried.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// The document cannot be used.
    #[error("the document cannot be used:\n{0}")]
    Document(String),
    /// The server's address or its certificates are wrong.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// A credential is wrong.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// The run could not begin.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The run ended too early to have found anything.
    #[error("{0}")]
    Stopped(String),
    /// The project's own server did not do what a run needs from it.
    #[error("the server does not give what a run needs: {0}")]
    Own(String),
    /// A report cannot be written.
    #[error("a report cannot be written")]
    Output(#[from] quick_junit::SerializeError),
    /// A file or the runtime failed.
    #[error("a file or a thread failed")]
    Io(#[from] io::Error),
}

/// Runs the command.
///
/// # Errors
/// Whatever keeps it from trying.
pub fn run(arguments: &Arguments) -> Result<Outcome, CommandError> {
    let source = match load(arguments.document.as_deref())? {
        Ok(source) => source,
        Err(diagnostics) => return Err(ContractError::Document(diagnostics.to_string()).into()),
    };
    let refused = |diagnostic: Diagnostic| ContractError::Document(diagnostic.to_string());
    // The paths of its servers are part of the address that was given.
    let document = Document::new(source).map_err(refused)?.at("");
    let examples = phase::example_remarks(&document);
    for remark in document.remarks().iter().chain(&examples) {
        eprintln!("{remark}");
    }
    let own = arguments.url().is_none();
    let conventions = match own {
        true => own::conventions(&document),
        false => Conventions { closed: arguments.closed, ..Conventions::of(&document) },
    };
    let contract = Contract::new(document, conventions);
    let report = match arguments.url() {
        Some(url) => {
            let target =
                Target::new(url, arguments.target(contract.document())?).map_err(ContractError::from)?;
            runtime()?.block_on(try_out(arguments, &contract, &target, arguments.run()))?
        }
        None => own::with(arguments.engine(), &contract, |runtime, target, login| {
            let settings = run::Settings { login: Some(login), ..arguments.run() };
            Ok(runtime.block_on(try_out(arguments, &contract, target, settings))?)
        })?,
    };
    print!("{}", report.text(contract.document()));
    let out = arguments.out.clone().unwrap_or_else(|| workspace_root().join("target/contract"));
    write(arguments, &report, &contract, &out)?;
    match &report.stopped {
        Some(reason) if report.findings.is_empty() => Err(ContractError::Stopped(reason.clone()).into()),
        _ if report.findings.is_empty() => Ok(Outcome::Good),
        _ => Ok(Outcome::Bad),
    }
}

async fn try_out(
    arguments: &Arguments,
    contract: &Contract,
    target: &Target,
    settings: run::Settings,
) -> Result<Report, ContractError> {
    let mut watch = Watch::new();
    eprintln!("{} with seed {}", target.base_url(), arguments.seed);
    Ok(run::run(contract, target, &settings, &mut watch).await?)
}

fn runtime() -> Result<tokio::runtime::Runtime, ContractError> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

fn write(
    arguments: &Arguments,
    report: &Report,
    contract: &Contract,
    out: &Path,
) -> Result<(), ContractError> {
    if arguments.report.is_empty() {
        return Ok(());
    }
    fs::create_dir_all(out)?;
    for kind in &arguments.report {
        let file = out.join(kind.file());
        fs::write(&file, kind.text(report, contract)?)?;
        println!("{}", file.display());
    }
    Ok(())
}
