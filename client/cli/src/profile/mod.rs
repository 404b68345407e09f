//! Where somebody is logged in: addresses and credentials by name, in a file that nobody else may read.

mod store;
mod tokens;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub(crate) use self::store::{Store, StoreError};
pub(crate) use self::tokens::{StoredLogin, renewals_ended, tokens};

/// The profile of whoever does not say another.
pub(crate) const DEFAULT: &str = "default";

/// All profiles, as the file has them.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Profiles {
    /// The one that is used unless another is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) current: Option<String>,
    #[serde(default)]
    pub(crate) profiles: BTreeMap<String, Profile>,
}

/// An address, and what is presented there.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) url: String,
    /// Who logged in, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) credentials: Option<Credentials>,
}

/// What is presented.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Credentials {
    /// Tokens of a login, which are renewed.
    Login { access_token: String, refresh_token: String, expires_at: DateTime<Utc> },
    /// An access token that somebody gave.
    Token { token: String },
    /// An API key.
    ApiKey { api_key: String },
}

impl Profiles {
    /// The name of the profile that is used unless another is named.
    pub(crate) fn current_name(&self) -> &str {
        self.current.as_deref().unwrap_or(DEFAULT)
    }
}

impl Credentials {
    /// What they are, without the secret.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Login { .. } => "login",
            Self::Token { .. } => "access token",
            Self::ApiKey { .. } => "API key",
        }
    }
}
