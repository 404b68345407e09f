//! Commands about the settings. None of them touches the database.

use super::{Undone, print};
use crate::{config::Config, http::tls::Tls};

/// The JSON Schema of the configuration file.
pub(super) fn schema() -> Result<(), Undone> {
    print(format_args!("{:#}", Config::schema().as_value()))
}

/// Says that the settings, which were read already, can be used, and so can the certificate that they name.
pub(super) fn check(config: &Config) -> Result<(), Undone> {
    if let Some((certificate, key)) = config.tls.files() {
        Tls::load(certificate, key)?;
    }
    print("ok")
}
