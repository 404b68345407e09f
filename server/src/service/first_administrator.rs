//! The first administrator of a new shop, without whom nobody could make another.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use orderly_domain::{
    Storage,
    account::{AccountFilter, Email, Role},
};

use super::{Registration, Result, Services, credentials::random};

/// The address of the first administrator.
const EMAIL: &str = "admin@orderly.local";

/// The credentials of an administrator that was just made, to be printed once.
pub struct FirstAdministrator {
    /// The address to log in with.
    pub email: Email,
    /// The password, stored nowhere.
    pub password: String,
}

impl<S: Storage> Services<S> {
    /// Makes an administrator with a random password if the shop has none.
    ///
    /// # Errors
    /// If the database fails, or `EmailTaken` if a customer has the address.
    pub async fn ensure_administrator(&self) -> Result<Option<FirstAdministrator>> {
        let filter = AccountFilter { role: Some(Role::Administrator), limit: 1, ..AccountFilter::default() };
        if !self.store.accounts(filter).await?.is_empty() {
            return Ok(None);
        }
        let password = random_password();
        let registration = Registration {
            email: EMAIL.into(),
            password: password.clone(),
            name: "Administrator".to_owned(),
            phone: None,
        };
        let new = self.new_account(registration, Role::Administrator).await?;
        // Another server that starts on the same database may have been faster.
        let created = self.store.create_first_administrator(new).await?;
        Ok(created.then(|| FirstAdministrator { email: EMAIL.into(), password }))
    }
}

/// A password of 144 random bits.
pub(crate) fn random_password() -> String {
    BASE64.encode(random::<18>())
}
