//! Whom a request speaks for, and what that allows.

use std::sync::Arc;

use orderly_domain::{account::Role, api_key::Scope, id::UserId};

use super::{Result, ServiceError};

/// Whom a request speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The account.
    pub account: UserId,
    /// Its role, that of now whatever an access token says.
    pub role: Role,
    /// How it proved itself.
    pub credential: Credential,
    /// The id of the request that it came with, which the audit trail names.
    pub request_id: Arc<str>,
}

/// How a principal proved itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// With an access token: it may do whatever the account may.
    AccessToken,
    /// With an API key: it may do what the account may, within these scopes.
    ApiKey(Vec<Scope>),
}

impl Principal {
    /// Whether the account is an administrator's.
    pub fn is_administrator(&self) -> bool {
        self.role == Role::Administrator
    }

    /// Whether something of this account may be shown to the principal.
    pub(super) fn may_see(&self, owner: UserId) -> bool {
        self.account == owner || self.is_administrator()
    }

    /// Lets only administrators pass.
    pub(super) fn require_administrator(&self) -> Result<()> {
        if self.is_administrator() {
            Ok(())
        } else {
            Err(ServiceError::Forbidden { reason: "This is for administrators." })
        }
    }

    /// Lets access tokens pass, and API keys with this scope.
    pub(super) fn require(&self, scope: Scope) -> Result<()> {
        match &self.credential {
            Credential::ApiKey(scopes) if !scopes.contains(&scope) => {
                Err(ServiceError::Forbidden { reason: missing(scope) })
            }
            _ => Ok(()),
        }
    }
}

fn missing(scope: Scope) -> &'static str {
    match scope {
        Scope::CatalogueWrite => "The API key needs the scope catalogue:write.",
        Scope::OrdersRead => "The API key needs the scope orders:read.",
        Scope::OrdersWrite => "The API key needs the scope orders:write.",
        Scope::NotesRead => "The API key needs the scope notes:read.",
        Scope::NotesWrite => "The API key needs the scope notes:write.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(role: Role, credential: Credential) -> Principal {
        Principal { account: UserId::new(), role, credential, request_id: "a request".into() }
    }

    #[test]
    fn an_access_token_has_every_scope() {
        let principal = principal(Role::Customer, Credential::AccessToken);
        assert!(Scope::ALL.into_iter().all(|scope| principal.require(scope).is_ok()));
    }

    #[test]
    fn an_api_key_has_its_scopes_and_no_other() {
        for granted in Scope::ALL {
            let principal = principal(Role::Administrator, Credential::ApiKey(vec![granted]));
            for scope in Scope::ALL {
                assert_eq!(principal.require(scope).is_ok(), scope == granted, "{scope} with {granted}");
            }
        }
    }

    #[test]
    fn a_refusal_names_the_scope_that_is_missing() {
        let principal = principal(Role::Customer, Credential::ApiKey(vec![]));
        for scope in Scope::ALL {
            let error = principal.require(scope).unwrap_err();
            assert!(error.to_string().contains(scope.as_str()), "{error}");
        }
    }

    #[test]
    fn a_customer_is_no_administrator_and_sees_only_its_own() {
        let customer = principal(Role::Customer, Credential::AccessToken);
        assert!(customer.require_administrator().is_err());
        assert!(customer.may_see(customer.account) && !customer.may_see(UserId::new()));
        assert!(principal(Role::Administrator, Credential::AccessToken).may_see(customer.account));
    }
}
