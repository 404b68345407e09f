//! The tokens of a login: taken from the profile, renewed in time, and stored again.

use std::pin::Pin;

use chrono::{DateTime, Duration, Utc};
use orderly_client::{Client, Error, TokenSource, types};

use super::{Credentials, Profiles, Store, StoreError};

/// How long before its end a token is no longer sent, so that it does not end on the way.
const MARGIN: Duration = Duration::seconds(30);

/// Held while tokens are renewed.
static RENEWAL: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Waits a while until no new refresh token is on its way: one that is lost ends the login.
pub(crate) async fn renewals_ended() {
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);
    // Whoever interrupts is not kept for longer.
    let _ = tokio::time::timeout(PATIENCE, RENEWAL.lock()).await;
}

/// Gives the access token of a profile. Several processes may do so at once: one of them renews it.
#[derive(Clone)]
pub(crate) struct StoredLogin {
    pub(crate) store: Store,
    pub(crate) profile: String,
    /// A client of the profile's address, without credentials.
    pub(crate) client: Client,
}

impl TokenSource for StoredLogin {
    fn token<'a>(
        &'a self,
        refused: Option<&'a str>,
    ) -> Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 'a>> {
        let (login, refused) = (self.clone(), refused.map(str::to_owned));
        Box::pin(async move {
            // On a task of its own: a call that is given up half-way must not lose the new refresh token, because using the
            // old one again revokes them all.
            let task = tokio::spawn(async move { login.current(refused.as_deref()).await });
            task.await.unwrap_or_else(|_| Err(invalid("the renewal of the tokens was stopped")))
        })
    }
}

impl StoredLogin {
    async fn current(&self, refused: Option<&str>) -> Result<String, Error> {
        if let Some(token) = self.good(&self.store.read().map_err(unusable)?, refused)? {
            return Ok(token);
        }
        let _renewal = RENEWAL.lock().await;
        let store = self.store.clone();
        let lock = tokio::task::spawn_blocking(move || store.lock()).await;
        let lock = lock.map_err(|error| invalid(error.to_string()))?.map_err(unusable)?;
        // Another process may have renewed it meanwhile.
        let mut profiles = self.store.read().map_err(unusable)?;
        if let Some(token) = self.good(&profiles, refused)? {
            return Ok(token);
        }
        let fresh = self.renewed(&profiles).await?;
        let Credentials::Login { access_token, .. } = &fresh else { return Err(logged_out()) };
        let token = access_token.clone();
        if let Some(profile) = profiles.profiles.get_mut(&self.profile) {
            profile.credentials = Some(fresh);
        }
        self.store.write(&lock, &profiles).map_err(unusable)?;
        Ok(token)
    }

    /// The stored token, unless it has ended or was refused.
    fn good(&self, profiles: &Profiles, refused: Option<&str>) -> Result<Option<String>, Error> {
        match profiles.profiles.get(&self.profile).and_then(|profile| profile.credentials.as_ref()) {
            Some(Credentials::Login { access_token, expires_at, .. }) => {
                let is_good = Utc::now() + MARGIN < *expires_at && Some(access_token.as_str()) != refused;
                Ok(is_good.then(|| access_token.clone()))
            }
            _ => Err(logged_out()),
        }
    }

    async fn renewed(&self, profiles: &Profiles) -> Result<Credentials, Error> {
        let credentials =
            profiles.profiles.get(&self.profile).and_then(|profile| profile.credentials.as_ref());
        let Some(Credentials::Login { refresh_token, .. }) = credentials else { return Err(logged_out()) };
        let grant: types::RefreshTokenGrant = types::RefreshTokenGrant::builder()
            .grant_type(types::RefreshTokenGrantGrantType::RefreshToken)
            .refresh_token(refresh_token.as_str())
            .try_into()?;
        tokens(&self.client, grant.into()).await
    }
}

/// Exchanges a password or a refresh token for tokens.
pub(crate) async fn tokens(client: &Client, request: types::TokenRequest) -> Result<Credentials, Error> {
    let asked: DateTime<Utc> = Utc::now();
    let tokens = client.create_tokens().body(request).await?;
    Ok(Credentials::Login {
        access_token: tokens.access_token.to_string(),
        refresh_token: tokens.refresh_token.to_string(),
        expires_at: asked + Duration::seconds(i64::from(tokens.expires_in)),
    })
}

fn logged_out() -> Error {
    invalid("the profile is no longer logged in")
}

fn unusable(error: StoreError) -> Error {
    invalid(error.to_string())
}

fn invalid(reason: impl Into<String>) -> Error {
    Error::InvalidRequest(reason.into())
}
