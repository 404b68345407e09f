//! `cargo xtask contract`: holds a running server to its document, case by case, and says in what they differ.

mod options;
mod outputs;
mod own;
mod progress;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use orderly_contract::phase;
use orderly_contract::report::Report;
use orderly_contract::run::{self, RunError};
use orderly_contract::target::{AuthError, Identity, Role, Target, TargetError};
use orderly_contract::{Contract, Conventions, Document, Operation};
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
    #[error("the run ended early, with nothing found so far: {0}")]
    Stopped(String),
    /// Nothing was found because nothing went as far as that.
    #[error("{0}")]
    Doubtful(String),
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
    let document = Document::new(source).map_err(refused)?;
    let document = match arguments.url() {
        Some(url) => document.served_at(url),
        None => document.at(""),
    };
    let remarks = [
        document.remarks(),
        phase::example_remarks(&document),
        phase::contradiction_remarks(&document),
        Conventions::remarks(&document),
    ];
    for remark in remarks.iter().flatten() {
        eprintln!("{remark}");
    }
    let mut conventions = Conventions::of(&document);
    conventions.closed |= arguments.closed;
    let contract = Contract::new(document, conventions);
    // Before a server is started for them.
    run::select(contract.document(), &arguments.run().operations).map_err(ContractError::from)?;
    let report = match arguments.url() {
        Some(url) => {
            let settings = arguments.target(contract.document())?;
            tell_what_is_not_tried(&contract, &settings.identities);
            let target = Target::new(url, settings).map_err(ContractError::from)?;
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
        _ if report.findings.is_empty() => match report.doubt(contract.document()) {
            Some(doubt) => Err(ContractError::Doubtful(doubt).into()),
            None => Ok(Outcome::Good),
        },
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
    let bases: BTreeSet<&str> =
        contract.document().operations().iter().map(|one| one.base.as_str()).collect();
    match (bases.first(), bases.len()) {
        (Some(base), 1) if !base.is_empty() => eprintln!(
            "{}{base} with seed {}: {base} is the path of the document's server; an address that ends in / has none",
            target.base_url(),
            arguments.seed
        ),
        _ => eprintln!("{} with seed {}", target.base_url(), arguments.seed),
    }
    let interrupted = async {
        match tokio::signal::ctrl_c().await {
            Ok(()) => "it was interrupted".to_owned(),
            // Then nobody can interrupt it in this way.
            Err(_) => std::future::pending().await,
        }
    };
    Ok(run::run_until(contract, target, &settings, &mut watch, interrupted).await?)
}

/// Says which operations want a credential that nobody gave.
fn tell_what_is_not_tried(contract: &Contract, identities: &[Identity]) {
    let document = contract.document();
    let main = identities.iter().find(|identity| identity.role == Role::Main);
    let lacks = |operation: &&Operation| {
        let wants = operation.security.iter().all(|alternative| !alternative.is_empty());
        let held = main.is_some_and(|main| !main.for_operation(operation).credentials.is_empty());
        !operation.security.is_empty() && wants && !held
    };
    let lacking: Vec<&Operation> = document.operations().iter().filter(lacks).collect();
    if lacking.is_empty() {
        return;
    }
    let wanted: Vec<_> = lacking.iter().flat_map(|operation| operation.security.iter().flatten()).collect();
    let names = document.scheme_names().into_iter();
    let options: Vec<String> = names
        .filter(|name| document.scheme(name).is_some_and(|scheme| wanted.contains(&&scheme)))
        .map(|name| format!("--auth {name}=…"))
        .collect();
    eprintln!(
        "{} of {} operations want a credential and are tried without one: give it with {}",
        lacking.len(),
        document.operations().len(),
        options.join(" or ")
    );
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
