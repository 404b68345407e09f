//! The reports that can be written, each with its file.

use orderly_contract::Contract;
use orderly_contract::coverage::{Exceptions, page};
use orderly_contract::report::Report;

use super::ContractError;

/// A report for somebody who was not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Kind {
    /// A page for people: what was found, and what of the document was seen.
    Html,
    /// For what shows test results.
    Junit,
    /// For programs.
    Json,
}

impl Kind {
    /// The name of its file.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Html => "report.html",
            Self::Junit => "junit.xml",
            Self::Json => "report.json",
        }
    }

    /// What it says.
    pub(super) fn text(self, report: &Report, contract: &Contract) -> Result<String, ContractError> {
        let document = contract.document();
        Ok(match self {
            Self::Html => page(document, report, &Exceptions::OF_A_RUN),
            Self::Junit => report.junit(document)?,
            Self::Json => format!("{:#}\n", report.json(document)),
        })
    }
}
