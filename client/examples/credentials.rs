//! Who is calling: `cargo run --example credentials -- http://localhost:8080`.

use std::future::Future;
use std::pin::Pin;

use orderly_client::{Client, Error, TokenSource, types};

/// Access tokens from somewhere else, such as another service or a file.
struct Borrowed(String);

impl TokenSource for Borrowed {
    fn token<'a>(
        &'a self,
        _refused: Option<&'a str>,
    ) -> Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 'a>> {
        Box::pin(async move { Ok(self.0.clone()) })
    }
}

/// Asks who it is, with each kind of credentials.
pub(crate) async fn run(address: &str) -> Result<Vec<types::UserId>, Error> {
    let (email, password) = (format!("ada+{}@example.com", uuid::Uuid::now_v7().simple()), "correct horse");
    let anonymous = Client::builder(address).build()?;
    let account = types::Registration::builder().email(email.as_str()).password(password).name("Ada");
    anonymous.register().body(account).await?;

    // Logs in when the first call is made, and renews its tokens before they end.
    let ada = Client::builder(address).password(email.as_str(), password).build()?;

    let key = types::ApiKeyCreate::builder().name("Till").scopes(vec![types::Scope::OrdersRead]);
    let key = ada.create_api_key().body(key).await?;
    let till = Client::builder(address).api_key(key.secret.as_str()).build()?;

    let grant: types::PasswordGrant = types::PasswordGrant::builder()
        .grant_type(types::PasswordGrantGrantType::Password)
        .email(email.as_str())
        .password(password)
        .try_into()?;
    let token = anonymous.create_tokens().body(grant).await?.access_token.to_string();
    let borrowed = Client::builder(address).token_source(Borrowed(token)).build()?;

    let mut ids = Vec::new();
    for client in [ada, till, borrowed] {
        ids.push(client.get_me().await?.id);
    }
    println!("{}, three times", ids[0]);
    Ok(ids)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "http://localhost:8080".to_owned());
    run(&address).await.map(drop)
}
