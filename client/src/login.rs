//! Access tokens from an e-mail address and a password, renewed with refresh tokens.

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::{Client, Error, TokenSource, types};

/// How long before its end a token is no longer sent, so that it does not end on the way; at most half its life.
const MARGIN: Duration = Duration::from_secs(30);

/// Logs in when the first call needs a token, and renews it before it ends.
pub(crate) struct Login(Arc<State>);

struct State {
    /// A client without credentials.
    client: Client,
    email: String,
    password: String,
    /// Held while tokens are fetched, so that many waiting calls make one exchange.
    tokens: Mutex<Option<Tokens>>,
}

struct Tokens {
    access: String,
    refresh: String,
    ends: Instant,
}

impl Login {
    pub(crate) fn new(client: Client, email: String, password: String) -> Self {
        Self(Arc::new(State { client, email, password, tokens: Mutex::new(None) }))
    }
}

impl TokenSource for Login {
    fn token<'a>(
        &'a self,
        refused: Option<&'a str>,
    ) -> Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 'a>> {
        // Most calls find a token that is good.
        if let Some(current) = self.0.tokens.try_lock().ok().and_then(|tokens| good(&tokens, refused)) {
            return Box::pin(ready(Ok(current)));
        }
        let (state, refused) = (Arc::clone(&self.0), refused.map(str::to_owned));
        Box::pin(async move {
            // On a task of its own: a call that is given up half-way must not lose the new refresh token,
            // because using the old one again revokes them all.
            let renewal = tokio::spawn(async move { state.token(refused.as_deref()).await });
            renewal.await.unwrap_or_else(|_| Err(Error::InvalidRequest("the login was stopped".to_owned())))
        })
    }
}

/// The access token, unless it has ended or was refused.
fn good(tokens: &Option<Tokens>, refused: Option<&str>) -> Option<String> {
    let current = tokens.as_ref()?;
    let is_good = current.ends > Instant::now() && Some(current.access.as_str()) != refused;
    is_good.then(|| current.access.clone())
}

impl State {
    async fn token(&self, refused: Option<&str>) -> Result<String, Error> {
        let mut tokens = self.tokens.lock().await;
        if let Some(current) = good(&tokens, refused) {
            return Ok(current);
        }
        let fresh = match tokens.take() {
            Some(old) => match self.refresh(&old.refresh).await {
                // The refresh token has ended, or was revoked: log in anew.
                Err(error) if error.problem().is_some_and(|problem| problem.status == 401) => {
                    self.log_in().await
                }
                Err(error) if error.is_retryable() => {
                    *tokens = Some(old);
                    return Err(error);
                }
                result => result,
            },
            None => self.log_in().await,
        }?;
        let access = fresh.access.clone();
        *tokens = Some(fresh);
        Ok(access)
    }

    async fn log_in(&self) -> Result<Tokens, Error> {
        let grant = types::PasswordGrant::builder()
            .grant_type(types::PasswordGrantGrantType::Password)
            .email(self.email.as_str())
            .password(self.password.as_str());
        let grant = types::PasswordGrant::try_from(grant)
            .map_err(|error| Error::InvalidRequest(error.to_string()))?;
        self.exchange(types::TokenRequest::from(grant)).await
    }

    async fn refresh(&self, token: &str) -> Result<Tokens, Error> {
        let grant: types::RefreshTokenGrant = types::RefreshTokenGrant::builder()
            .grant_type(types::RefreshTokenGrantGrantType::RefreshToken)
            .refresh_token(token)
            .try_into()?;
        self.exchange(grant.into()).await
    }

    async fn exchange(&self, request: types::TokenRequest) -> Result<Tokens, Error> {
        let began = Instant::now();
        let tokens = self.client.create_tokens().body(request).await?;
        let life = Duration::from_secs(u64::try_from(tokens.expires_in).unwrap_or_default());
        Ok(Tokens {
            access: tokens.access_token.to_string(),
            refresh: tokens.refresh_token.to_string(),
            ends: began + life.saturating_sub(MARGIN.min(life / 2)),
        })
    }
}
