//! `orderly logout`: revokes the tokens, and forgets them.

use clap::Command;
use orderly_client::{Error, types};

use crate::error::{FailedCall, Failure};
use crate::options::Options;
use crate::output::told;
use crate::profile::{Credentials, Store};
use crate::session;

pub(super) fn command() -> Command {
    Command::new("logout").about("Revoke the profile's tokens and forget them; its address stays")
}

pub(super) async fn run(options: &Options) -> Result<(), Failure> {
    let store = Store::open()?;
    let profiles = store.read()?;
    let name = options.profile.any().unwrap_or(profiles.current_name()).to_owned();
    let Some(profile) = profiles.profiles.get(&name) else {
        return Err(Failure::Usage(session::unknown_profile(&profiles, &name)));
    };
    let revoked = match &profile.credentials {
        Some(Credentials::Login { refresh_token, .. }) => revoke(&profile.url, refresh_token, options).await,
        _ => Ok(()),
    };
    store.update(|all| {
        if let Some(profile) = all.profiles.get_mut(&name) {
            profile.credentials = None;
        }
    })?;
    // Forgotten all the same; but somebody has to know that they still work.
    revoked.map_err(|error| {
        let hint =
            Some("they are forgotten here, but could not be revoked: they work until they end".to_owned());
        Failure::Call(Box::new(FailedCall { error, command: None, url: profile.url.clone(), hint }))
    })?;
    told(&format!("Logged out of {}; profile `{name}` keeps the address.", profile.url));
    Ok(())
}

async fn revoke(url: &str, refresh_token: &str, options: &Options) -> Result<(), Error> {
    let body = types::TokenRevocation::builder().refresh_token(refresh_token);
    session::builder(url, options).build()?.revoke_tokens().body(body).await
}
