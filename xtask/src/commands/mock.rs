//! `cargo xtask mock`: a server made from a document, to build a client against before there is another one.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use orderly_contract::Document;
use orderly_contract::mock::{Mock, Settings};

use super::{CommandError, Outcome, load};

/// Serve a document: requests are held to it, answers are what it declares, and what was created can be read.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Another document than api/openapi.yaml.
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// Where to listen.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:4010")]
    listen: SocketAddr,
    /// Answer with values at random from this seed, instead of examples and the smallest values.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// A token, a key, or what follows `Basic` that is accepted (again for several). Each has things of its own. Without
    /// any, every credential is good, and all see the same.
    #[arg(long, value_name = "CREDENTIAL")]
    accept: Vec<String>,
}

/// Runs the command, until it is interrupted.
///
/// # Errors
/// A file that cannot be read, or an address that cannot be had.
pub fn run(arguments: &Arguments) -> Result<Outcome, CommandError> {
    let document = match load(arguments.document.as_deref())? {
        Ok(source) => Document::new(source).map_err(|refused| refused.to_string()),
        Err(diagnostics) => Err(diagnostics.to_string()),
    };
    let document = match document {
        Ok(document) => Arc::new(document),
        Err(remarks) => {
            eprintln!("{}", remarks.trim_end());
            return Ok(Outcome::Bad);
        }
    };
    let settings = Settings {
        listen: arguments.listen,
        seed: arguments.seed,
        accepted: arguments.accept.clone(),
        private: !arguments.accept.is_empty(),
        ..Settings::default()
    };
    serve(document, settings).map_err(CommandError::start("the mock"))?;
    Ok(Outcome::Good)
}

#[tokio::main]
async fn serve(document: Arc<Document>, settings: Settings) -> io::Result<()> {
    let operations = document.operations().len();
    let base = document.operations().first().map(|operation| operation.base.clone()).unwrap_or_default();
    let mock = Mock::start(document, settings).await?;
    println!("{operations} operations at http://{}{base}", mock.address());
    tokio::signal::ctrl_c().await
}
