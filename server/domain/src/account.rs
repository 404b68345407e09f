//! Accounts: who can log in, and what each role may do.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Position, Timestamp, id::UserId};

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Orders, and sees what is its own.
    Customer,
    /// Runs the shop.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 2] = [Self::Customer, Self::Administrator];

    /// The role as the document and the database write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Administrator => "administrator",
        }
    }
}

/// The text is none of the role names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no role")]
pub struct UnknownRole(String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An e-mail address in lower case, so that one address has one account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Email {
    fn from(address: String) -> Self {
        Self(address.to_lowercase())
    }
}

impl From<&str> for Email {
    fn from(address: &str) -> Self {
        Self(address.to_lowercase())
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

/// Somebody who can log in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The id.
    pub id: UserId,
    /// The e-mail address.
    pub email: Email,
    /// The person's name.
    pub name: String,
    /// The telephone number.
    pub phone: Option<String>,
    /// What it may do.
    pub role: Role,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// A password as argon2id hashed it, in PHC string form.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// An account to create.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// The account as it is to be.
    pub account: Account,
    /// Its password.
    pub password: PasswordHash,
}

/// A change of the own profile; `None` leaves a field as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// The new name.
    pub name: Option<String>,
    /// The new telephone number, or `Some(None)` to remove it.
    pub phone: Option<Option<String>>,
}

/// Which accounts a list shows, newest first.
#[derive(Debug, Clone, Default)]
pub struct AccountFilter {
    /// Text that the name or the address contains, in any case.
    pub text: Option<String>,
    /// Only this role.
    pub role: Option<Role>,
    /// Only what comes after this.
    pub after: Option<Position>,
    /// At most so many.
    pub limit: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_survives_its_name_and_nothing_else_is_one() {
        for role in Role::ALL {
            assert_eq!(role.to_string().parse(), Ok(role));
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{role}\""));
        }
        for text in ["", "Customer", "root", "customer "] {
            assert_eq!(text.parse::<Role>(), Err(UnknownRole(text.to_owned())));
        }
    }

    #[test]
    fn addresses_are_the_same_in_any_case() {
        assert_eq!(Email::from("Zoë.É@Example.COM"), Email::from("zoë.é@example.com".to_owned()));
    }

    #[test]
    fn a_password_hash_is_not_printed() {
        let hash = PasswordHash("$argon2id$secret".into());
        assert!(!format!("{hash:?}").contains("argon2id"));
    }
}
