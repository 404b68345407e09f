//! Tokens: logging in, staying logged in, logging out, and telling whom a credential speaks for.

use std::{sync::Arc, time::Duration};

use orderly_domain::{
    Storage, StoreError, Timestamp,
    account::{Account, Email, PasswordHash},
    id::{SessionId, UserId},
    session::{NewRefreshToken, Rotated, Rotation},
};

use super::{
    Credential, Principal, Result, ServiceError, Services,
    credentials::{LIFE, Refused, Secret, hash},
};

/// How long a refresh token works if it is not used.
const REFRESH_LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The tokens of a login.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// For `Authorization: Bearer`.
    pub access_token: String,
    /// How long the access token works.
    pub expires_in: Duration,
    /// For the next tokens; it works once.
    pub refresh_token: Secret,
}

impl<S: Storage> Services<S> {
    /// Exchanges e-mail and password for tokens. An unknown address takes as long as a wrong password.
    ///
    /// # Errors
    /// `InvalidCredentials` if the address or the password is wrong.
    pub async fn log_in(&self, email: Email, password: String) -> Result<Tokens> {
        let (account, hash) = self.store.account_by_email(email).await?.unzip();
        let matches = self.passwords.verify(password, hash.clone()).await?;
        let account = account.filter(|_| matches).ok_or(ServiceError::InvalidCredentials)?;
        self.start_session(&account, hash).await
    }

    /// The first tokens of a login by the password with this hash.
    async fn start_session(&self, account: &Account, verified: Option<PasswordHash>) -> Result<Tokens> {
        let refresh_token = Secret::refresh_token();
        let now = Timestamp::now();
        let token = NewRefreshToken {
            hash: refresh_token.hash(),
            session_id: SessionId::new(),
            user_id: account.id,
            issued_at: now,
            expires_at: now.after(REFRESH_LIFE),
        };
        let started = self.store.start_session(token, verified).await.map_err(|error| match error {
            // It was deleted while its password was checked.
            StoreError::NotFound => ServiceError::InvalidCredentials,
            other => other.into(),
        })?;
        // Its password was changed meanwhile, which was to end every session.
        if started {
            self.tokens(account, refresh_token).await
        } else {
            Err(ServiceError::InvalidCredentials)
        }
    }

    /// Exchanges a refresh token for new tokens. A token that was exchanged before has been stolen from somebody:
    /// everything that came from the same login is revoked (RFC 9700, section 4.14.2).
    ///
    /// # Errors
    /// `InvalidRefreshToken` if it does not work.
    pub async fn refresh(&self, refresh_token: &str) -> Result<Tokens> {
        let next = Secret::refresh_token();
        let now = Timestamp::now();
        let rotation = Rotation {
            old: hash(refresh_token),
            new: next.hash(),
            at: now,
            expires_at: now.after(REFRESH_LIFE),
        };
        match self.store.rotate_refresh_token(rotation).await? {
            Rotated::Renewed { account, .. } => self.tokens(&account, next).await,
            Rotated::Unknown => Err(ServiceError::InvalidRefreshToken),
            Rotated::Reused { user_id, session_id } => {
                tracing::warn!(%user_id, %session_id, "a spent refresh token was used again, its session is revoked");
                Err(ServiceError::InvalidRefreshToken)
            }
        }
    }

    /// Ends the login that a refresh token belongs to; a token that is unknown is no error (RFC 7009, section 2.2).
    ///
    /// # Errors
    /// If the database fails.
    pub async fn log_out(&self, refresh_token: &str) -> Result<()> {
        Ok(self.store.revoke_session(hash(refresh_token), Timestamp::now()).await?)
    }

    /// Whom an access token speaks for. The account is read each time, so that who is deleted or demoted has no power
    /// left for the rest of the token's life.
    ///
    /// # Errors
    /// `Unauthenticated` if it is not a good one of this shop, or if its account was deleted.
    pub async fn access_token(&self, token: &str, request_id: Arc<str>) -> Result<Principal> {
        let id = self.verified(token).await?;
        let account = self.store.account(id).await.map_err(ServiceError::deleted)?;
        Ok(Principal { account: id, role: account.role, credential: Credential::AccessToken, request_id })
    }

    /// The account that an access token names, if it is a good one.
    async fn verified(&self, token: &str) -> Result<UserId> {
        let now = Timestamp::now();
        match self.access_tokens.verify(token, now) {
            Err(Refused::UnknownKey) => self.look_for_key(now).await?,
            outcome => return outcome.map_err(|_| ServiceError::Unauthenticated),
        }
        self.access_tokens.verify(token, now).map_err(|_| ServiceError::Unauthenticated)
    }

    /// Whom an API key speaks for.
    ///
    /// # Errors
    /// `Unauthenticated` if there is none with this secret that works now.
    pub async fn api_key(&self, secret: &str, request_id: Arc<str>) -> Result<Principal> {
        let presented = self.store.api_key_by_secret(hash(secret), Timestamp::now()).await?;
        let presented = presented.ok_or(ServiceError::Unauthenticated)?;
        Ok(Principal {
            account: presented.owner.id,
            role: presented.owner.role,
            credential: Credential::ApiKey(presented.key.scopes),
            request_id,
        })
    }

    async fn tokens(&self, account: &Account, refresh_token: Secret) -> Result<Tokens> {
        let now = Timestamp::now();
        self.have_current_keys(now).await?;
        Ok(Tokens { access_token: self.access_tokens.issue(account, now)?, expires_in: LIFE, refresh_token })
    }
}
