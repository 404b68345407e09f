//! Whom a call goes to, and as whom: from the command line, the environment and the profile.

use orderly_client::{Client, ClientBuilder, Error, RetryPolicy};

use crate::curl::Presented;
use crate::error::{FailedCall, Failure};
use crate::options::Options;
use crate::profile::{Credentials, Profiles, Store, StoredLogin};
use crate::table::Access;

/// The address of a server on this machine that has no settings.
pub(crate) const LOCAL: &str = "http://127.0.0.1:8080";

/// An address and what is presented there.
pub(crate) struct Session {
    pub(crate) url: String,
    presents: Presents,
    /// A profile whose credentials are for another address than this one.
    withheld: Option<String>,
}

enum Presents {
    Nothing,
    Token(String),
    ApiKey(String),
    Profile(Store, String),
}

impl Session {
    /// What holds for the options: the command line, then a profile that it names, then the environment, then the current
    /// profile. A profile's credentials go to the profile's own address only.
    pub(crate) fn of(options: &Options) -> Result<Self, Failure> {
        let store = Store::open()?;
        let profiles = store.read()?;
        let name = options.profile.any().unwrap_or(profiles.current_name()).to_owned();
        let profile = profiles.profiles.get(&name);
        if profile.is_none() && options.profile.any().is_some() {
            return Err(Failure::Usage(unknown_profile(&profiles, &name)));
        }
        let is_named = options.profile.on_line.is_some();
        let in_environment = options.url.in_environment.as_deref().filter(|_| !is_named);
        let url = options.url.on_line.as_deref().or(in_environment);
        let url = url.or(profile.map(|profile| profile.url.as_str())).unwrap_or(LOCAL);
        let mut session =
            Self { url: url.trim_end_matches('/').to_owned(), presents: Presents::Nothing, withheld: None };
        session.presents = if let Some(token) = &options.token.on_line {
            Presents::Token(token.clone())
        } else if let Some(key) = &options.api_key.on_line {
            Presents::ApiKey(key.clone())
        } else if let (Some(token), false) = (&options.token.in_environment, is_named) {
            Presents::Token(token.clone())
        } else if let (Some(key), false) = (&options.api_key.in_environment, is_named) {
            Presents::ApiKey(key.clone())
        } else {
            match profile.and_then(|profile| Some((profile, profile.credentials.as_ref()?))) {
                Some((profile, _)) if !is_same(&profile.url, url) => {
                    session.withheld = Some(name);
                    Presents::Nothing
                }
                Some((_, Credentials::Token { token })) => Presents::Token(token.clone()),
                Some((_, Credentials::ApiKey { api_key })) => Presents::ApiKey(api_key.clone()),
                Some((_, Credentials::Login { .. })) => Presents::Profile(store, name),
                None => Presents::Nothing,
            }
        };
        Ok(session)
    }

    /// A client for it, which presents credentials or does not.
    pub(crate) fn client(&self, options: &Options, presents: bool) -> Result<Client, Failure> {
        let builder = match &self.presents {
            _ if !presents => builder(&self.url, options),
            Presents::Nothing => builder(&self.url, options),
            Presents::Token(token) => builder(&self.url, options).token(token),
            Presents::ApiKey(key) => builder(&self.url, options).api_key(key),
            Presents::Profile(store, profile) => {
                let client = self.built(builder(&self.url, options))?;
                let login = StoredLogin { store: store.clone(), profile: profile.clone(), client };
                builder(&self.url, options).token_source(login)
            }
        };
        self.built(builder)
    }

    fn built(&self, builder: ClientBuilder) -> Result<Client, Failure> {
        builder.build().map_err(|error| failed(error, &self.url))
    }

    /// What a call presents.
    pub(crate) fn presented(&self) -> Presented {
        match &self.presents {
            Presents::Token(_) | Presents::Profile(..) => Presented::Token,
            Presents::ApiKey(_) => Presented::ApiKey,
            Presents::Nothing => Presented::Nothing,
        }
    }

    /// Why a call may have been refused that has nothing to present.
    pub(crate) fn hint(&self, access: Access) -> Option<String> {
        let name = self.withheld.as_ref().filter(|_| access == Access::Login)?;
        let url = &self.url;
        Some(format!(
            "profile `{name}` is for another address than {url}; log in there: orderly login --url {url} --profile NAME"
        ))
    }
}

/// A client of an address as the options say.
pub(crate) fn builder(url: &str, options: &Options) -> ClientBuilder {
    let retry = options.retries.map(|max_retries| RetryPolicy { max_retries, ..RetryPolicy::default() });
    let builder = Client::builder(url).user_agent(concat!("orderly-cli/", env!("CARGO_PKG_VERSION")));
    let builder = builder.retry(retry.unwrap_or_default());
    match options.timeout {
        Some(limit) => builder.timeout(limit).connect_timeout(limit).total_timeout(limit),
        None => builder,
    }
}

/// A call that is not one of the table and failed.
pub(crate) fn failed(error: Error, url: &str) -> Failure {
    Failure::Call(Box::new(FailedCall { error, command: None, url: url.to_owned(), hint: None }))
}

/// The names that there are, for who gave another.
pub(crate) fn unknown_profile(profiles: &Profiles, name: &str) -> String {
    let names: Vec<&str> = profiles.profiles.keys().map(String::as_str).collect();
    match names.as_slice() {
        [] => format!("there is no profile `{name}`, nor another one; `orderly login` makes it"),
        names => format!("there is no profile `{name}`; there is {}", names.join(", ")),
    }
}

/// Whether two addresses are one place.
fn is_same(one: &str, other: &str) -> bool {
    let parsed = |text: &str| text.trim_end_matches('/').parse::<reqwest::Url>().ok();
    parsed(one).is_some_and(|one| Some(one) == parsed(other))
}
