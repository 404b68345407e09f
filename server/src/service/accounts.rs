//! Accounts: registering, and what everybody does with the own one.

use orderly_domain::{
    Storage, Timestamp,
    account::{Account, Email, NewAccount, ProfileChange, Role},
    id::UserId,
};

use super::{Principal, Result, ServiceError, Services};

/// Somebody who wants an account.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The address to log in with.
    pub email: Email,
    /// The password to log in with.
    pub password: String,
    /// The person's name.
    pub name: String,
    /// The telephone number.
    pub phone: Option<String>,
}

impl<S: Storage> Services<S> {
    /// Creates a customer's account.
    ///
    /// # Errors
    /// `EmailTaken` if the address has an account.
    pub async fn register(&self, registration: Registration) -> Result<Account> {
        Ok(self.store.create_account(self.new_account(registration, Role::Customer).await?, None).await?)
    }

    /// The account to create for a registration, its password hashed.
    pub(super) async fn new_account(&self, registration: Registration, role: Role) -> Result<NewAccount> {
        let Registration { email, password, name, phone } = registration;
        let password = self.passwords.hash(password).await?;
        let now = Timestamp::now();
        let account =
            Account { id: UserId::new(), email, name, phone, role, created_at: now, updated_at: now };
        Ok(NewAccount { account, password })
    }

    /// Creates the account, or gives the one that the address has this password.
    pub(crate) async fn provide_account(&self, registration: Registration, role: Role) -> Result<Account> {
        let new = self.new_account(registration, role).await?;
        match self.store.account_by_email(new.account.email.clone()).await? {
            None => Ok(self.store.create_account(new, None).await?),
            Some((account, _)) => {
                self.store.change_password(account.id, None, new.password, Timestamp::now()).await?;
                Ok(account)
            }
        }
    }

    /// The principal's account.
    ///
    /// # Errors
    /// `Unauthenticated` if it was deleted after its access token was issued.
    pub async fn me(&self, principal: &Principal) -> Result<Account> {
        self.store.account(principal.account).await.map_err(ServiceError::deleted)
    }

    /// Changes the principal's profile.
    ///
    /// # Errors
    /// `Unauthenticated` if the account was deleted.
    pub async fn change_me(&self, principal: &Principal, change: ProfileChange) -> Result<Account> {
        self.store
            .change_profile(principal.account, change, Timestamp::now())
            .await
            .map_err(ServiceError::deleted)
    }

    /// Sets a new password and ends every session of the account.
    ///
    /// # Errors
    /// `WrongPassword` if `current` is not the password, `Unauthenticated` if the account was deleted.
    pub async fn change_password(&self, principal: &Principal, current: String, new: String) -> Result<()> {
        let verified = self.store.password_of(principal.account).await.map_err(ServiceError::deleted)?;
        if !self.passwords.verify(current, Some(verified.clone())).await? {
            return Err(ServiceError::WrongPassword);
        }
        let new = self.passwords.hash(new).await?;
        let changed = self
            .store
            .change_password(principal.account, Some(verified), new, Timestamp::now())
            .await
            .map_err(ServiceError::deleted)?;
        // Another change was faster: the password that was verified is not the current one any more.
        if changed { Ok(()) } else { Err(ServiceError::WrongPassword) }
    }
}
