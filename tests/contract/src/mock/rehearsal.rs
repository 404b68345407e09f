//! A run against a mock of the same document: what it finds, if the mock has no fault, is a mistake of the engine's, or
//! of the document's with itself.

use std::{io, sync::Arc};

use orderly_document::{Diagnostic, Document as Source};

use super::{Fault, Mock, Settings};
use crate::{
    check::{Contract, Conventions},
    document::Document,
    report::Report,
    run,
    target::{self, Credential, Identity, Role, Target, TargetError},
};

/// Why there was no run.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// The document cannot be read.
    #[error("{0}")]
    Document(Box<Diagnostic>),
    /// The mock has no address.
    #[error("the mock cannot listen")]
    Listen(#[from] io::Error),
    /// The mock's address is none for the engine.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The run could not begin.
    #[error(transparent)]
    Run(#[from] run::RunError),
}

/// Runs the engine against a mock of the document, which answers at random from the run's seed, and which knows two
/// accounts by their credentials.
///
/// # Errors
/// If the document cannot be read, or nothing can listen on this machine.
pub async fn rehearse(
    source: &Source,
    fault: Option<Fault>,
    settings: &run::Settings,
) -> Result<Report, RehearsalError> {
    let read =
        || Document::new(source.clone()).map_err(|refused| RehearsalError::Document(Box::new(refused)));
    let document = Arc::new(read()?);
    let identities = vec![identity(&document, Role::Main), identity(&document, Role::Other)];
    let accepted = [Role::Main, Role::Other].map(value).to_vec();
    let mock = Settings { seed: Some(settings.seed), accepted, private: true, fault, ..Settings::default() };
    let mock = Mock::start(document.clone(), mock).await?;
    let target = target::Settings { identities, ..target::Settings::default() };
    let target = Target::new(&format!("http://{}", mock.address()), target)?;
    let conventions = Conventions::of(&document);
    let contract = Contract::new(read()?, conventions);
    Ok(run::run(&contract, &target, settings, &mut ()).await?)
}

/// Somebody with a credential for every scheme of the document.
fn identity(document: &Document, role: Role) -> Identity {
    let mut credentials: Vec<Credential> = Vec::new();
    for requirement in document.operations().iter().flat_map(|operation| &operation.security).flatten() {
        if !credentials.iter().any(|known| known.requirement == *requirement) {
            let name = format!("{}_{}", role.name(), credentials.len());
            credentials.push(Credential { name, requirement: requirement.clone(), value: value(role) });
        }
    }
    Identity { role, credentials }
}

/// A credential that is one for every scheme, also in Base64: `bWFpbjptYWlu` is `main:main`.
fn value(role: Role) -> String {
    match role {
        Role::Main => "bWFpbjptYWlu",
        Role::Other => "b3RoZXI6b3RoZXI",
        Role::Expired => "ZXhwaXJlZDpleHBpcmVk",
    }
    .to_owned()
}
