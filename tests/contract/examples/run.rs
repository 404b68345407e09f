//! Holds a server to a document: `cargo run --example run -- api.yaml http://127.0.0.1:8080 bearer=TOKEN`.
//!
//! The same in a test of your own is in the crate's documentation; `cargo xtask contract` does it with more to choose.

use std::{env, error::Error, fs, process::ExitCode};

use orderly_contract::{
    Contract, Conventions, Document, run,
    target::{Identity, Settings, Target},
};

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(file), Some(url)) = (arguments.next(), arguments.next()) else {
        return Err("what is wanted is: DOCUMENT URL [CREDENTIAL…]".into());
    };
    let source =
        orderly_document::Document::parse(&file, &fs::read(&file)?).map_err(|remarks| remarks.to_string())?;
    let document = Document::new(source).map_err(|remark| remark.to_string())?.at("");
    let credentials: Vec<String> = arguments.collect();
    let identities = Identity::parse(credentials.iter().map(String::as_str), &document)?;
    let target = Target::new(&url, Settings { identities, ..Settings::default() })?;
    let conventions = Conventions::of(&document);
    let contract = Contract::new(document, conventions);
    let report = run::run(&contract, &target, &run::Settings::default(), &mut ()).await?;
    print!("{}", report.text(contract.document()));
    Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
