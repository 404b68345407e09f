//! `orderly whoami`: the account that calls are made for, where the document has an operation that tells it.

use clap::Command;
use orderly_client::Operation;

use crate::error::Failure;
use crate::options::Options;
use crate::output::{Output, told};
use crate::session::{self, Session};
use crate::whoami_operation;

pub(super) fn command() -> Option<Command> {
    whoami_operation().map(|_| Command::new("whoami").about("Show the account that is logged in"))
}

pub(super) async fn run(options: &Options) -> Result<(), Failure> {
    let operation = whoami_operation().and_then(|command| Operation::find(command.operation));
    let operation =
        operation.ok_or_else(|| Failure::Other("the API does not tell who is there".to_owned()))?;
    let session = Session::of(options)?;
    let client = session.client(options, true)?;
    let answer = client.raw(operation).send().await.map_err(|error| session::failed(error, &session.url))?;
    told(&format!("at {}", session.url));
    Output::of(options).answer(&answer)
}
