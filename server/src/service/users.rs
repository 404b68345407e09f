//! Users: what administrators do with the accounts of others.

use orderly_domain::{
    Page, Position, SortKey, Storage, Timestamp,
    account::{Account, AccountFilter, Role},
    id::UserId,
};
use serde_json::json;

use super::{Listing, Principal, Registration, Result, ServiceError, Services, audit::Action};

/// Which users to list.
#[derive(Debug, Clone)]
pub struct ListUsers {
    /// Text that the name or the address contains.
    pub text: Option<String>,
    /// Only users of this role.
    pub role: Option<Role>,
    /// Which page.
    pub listing: Listing,
}

impl<S: Storage> Services<S> {
    /// A page of users, newest first.
    ///
    /// # Errors
    /// `Forbidden` for customers, `InvalidCursor`.
    pub async fn list_users(&self, principal: &Principal, list: ListUsers) -> Result<Page<Account>> {
        principal.require_administrator()?;
        let ListUsers { text, role, listing } = list;
        let filters = ("users", &text, role);
        let after = listing.after(&filters)?;
        let filter = AccountFilter { text: text.clone(), role, after, limit: listing.rows() };
        let rows = self.store.accounts(filter).await?;
        Ok(Page::of(rows, listing.limit, &filters, |account| Position {
            key: SortKey::Id,
            id: account.id.uuid(),
        }))
    }

    /// Creates an account with a role.
    ///
    /// # Errors
    /// `Forbidden` for customers, `EmailTaken`.
    pub async fn create_user(
        &self,
        principal: &Principal,
        registration: Registration,
        role: Role,
    ) -> Result<Account> {
        principal.require_administrator()?;
        let new = self.new_account(registration, role).await?;
        let Account { id, created_at, .. } = new.account;
        let audit = principal.audit(Action::CreateUser, id, created_at, json!({ "role": role }));
        Ok(self.store.create_account(new, audit).await?)
    }

    /// Any account.
    ///
    /// # Errors
    /// `Forbidden` for customers, `NotFound`.
    pub async fn user(&self, principal: &Principal, id: UserId) -> Result<Account> {
        principal.require_administrator()?;
        self.store.account(id).await.map_err(ServiceError::missing("user"))
    }

    /// Changes what an account may do, at once.
    ///
    /// # Errors
    /// `Forbidden` for customers, `NotFound`, `LastAdministrator`.
    pub async fn change_role(&self, principal: &Principal, id: UserId, role: Role) -> Result<Account> {
        principal.require_administrator()?;
        let now = Timestamp::now();
        let audit = principal.audit(Action::ChangeRole, id, now, json!({ "role": role }));
        self.store.change_role(id, role, now, audit).await.map_err(ServiceError::missing("user"))
    }

    /// Deletes an account; its orders stay.
    ///
    /// # Errors
    /// `Forbidden` for customers, `NotFound`, `LastAdministrator`.
    pub async fn delete_user(&self, principal: &Principal, id: UserId) -> Result<()> {
        principal.require_administrator()?;
        let now = Timestamp::now();
        let audit = principal.audit(Action::DeleteUser, id, now, json!({}));
        self.store.delete_account(id, now, audit).await.map_err(ServiceError::missing("user"))
    }
}
