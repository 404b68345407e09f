//! API keys: secrets for machines, with scopes.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Position, Timestamp,
    account::Account,
    id::{ApiKeyId, UserId},
    session::SecretHash,
};

/// Something that an API key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Create and change products and stock.
    #[serde(rename = "catalogue:write")]
    CatalogueWrite,
    /// See orders.
    #[serde(rename = "orders:read")]
    OrdersRead,
    /// Place and cancel orders.
    #[serde(rename = "orders:write")]
    OrdersWrite,
    /// See notes.
    #[serde(rename = "notes:read")]
    NotesRead,
    /// Write, change and delete notes.
    #[serde(rename = "notes:write")]
    NotesWrite,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 5] =
        [Self::CatalogueWrite, Self::OrdersRead, Self::OrdersWrite, Self::NotesRead, Self::NotesWrite];

    /// The scope as the document and the database write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CatalogueWrite => "catalogue:write",
            Self::OrdersRead => "orders:read",
            Self::OrdersWrite => "orders:write",
            Self::NotesRead => "notes:read",
            Self::NotesWrite => "notes:write",
        }
    }
}

/// The text is none of the scopes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no scope")]
pub struct UnknownScope(String);

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        Self::ALL
            .into_iter()
            .find(|scope| scope.as_str() == text)
            .ok_or_else(|| UnknownScope(text.to_owned()))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An API key without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The id.
    pub id: ApiKeyId,
    /// Whose it is.
    pub user_id: UserId,
    /// What it is for.
    pub name: String,
    /// What it may do, sorted.
    pub scopes: Vec<Scope>,
    /// When it stops working.
    pub expires_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
}

/// An API key to store.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// The key.
    pub key: ApiKey,
    /// The hash of its secret.
    pub hash: SecretHash,
}

/// An API key that was presented, with its owner.
#[derive(Debug, Clone)]
pub struct PresentedApiKey {
    /// The key, neither revoked nor expired.
    pub key: ApiKey,
    /// Its owner as of now.
    pub owner: Account,
}

/// Which of an account's keys a list shows, newest first, without the revoked.
#[derive(Debug, Clone)]
pub struct ApiKeyFilter {
    /// Whose.
    pub user_id: UserId,
    /// Only what comes after this.
    pub after: Option<Position>,
    /// At most so many.
    pub limit: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_survives_its_name_and_nothing_else_is_one() {
        for scope in Scope::ALL {
            assert_eq!(scope.to_string().parse(), Ok(scope));
            assert_eq!(serde_json::to_string(&scope).unwrap(), format!("\"{scope}\""));
        }
        assert_eq!("orders".parse::<Scope>(), Err(UnknownScope("orders".into())));
    }
}
