//! This project's own server to be tried: built, started on a new database, with an administrator who calls, a customer
//! who is somebody else, and an API key that is no longer valid.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, header};
use orderly_contract::run::Login;
use orderly_contract::target::{Credential, Identity, Role, Settings, Target};
use orderly_contract::{Contract, Document, Sent};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::{CommandError, ContractError, workspace_root};
use crate::server::{self, Engine, Program};

/// An API key must be valid when it is made.
const LIFE: Duration = Duration::from_millis(700);

/// Starts the server and does `work` on it.
pub(super) fn with<T>(
    engine: Engine,
    contract: &Contract,
    work: impl FnOnce(&Runtime, &Target, Arc<dyn Login>) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let executable = server::build(&workspace_root())?;
    engine.with(|database| {
        let folder = tempfile::tempdir().map_err(ContractError::from)?;
        let program =
            Program { executable, folder: folder.path().to_owned(), database_url: database.url.clone() };
        let running = program.start("demo")?;
        let runtime = super::runtime()?;
        let base_url = format!("http://{}", running.address);
        let target = Target::new(&base_url, Settings::default()).map_err(ContractError::from)?;
        let document = contract.document();
        let people = People::of(&running.ready, target.clone(), document)?;
        for identity in runtime.block_on(people.identities(document))? {
            target.renew(identity);
        }
        work(&runtime, &target, Arc::new(people))
    })
}

/// Who has an account.
#[derive(Debug)]
struct People {
    target: Target,
    /// What they present is a bearer token.
    administrator: Account,
    customer: Account,
}

#[derive(Debug)]
struct Account {
    role: Role,
    /// E-mail address and password.
    login: Value,
    token: Credential,
}

impl People {
    /// The accounts that a server says that it has when it starts as `demo`.
    fn of(ready: &Value, target: Target, document: &Document) -> Result<Self, ContractError> {
        let account = |who: &str, role: Role| {
            let text = |what: &str| {
                ready[who][what].as_str().ok_or_else(|| ContractError::Own(format!("no {what} for {who}")))
            };
            let token = Credential::new(role, "bearer", text("access_token")?, document)?;
            let (email, password) = (text("email")?, text("password")?);
            Ok::<_, ContractError>(Account {
                role,
                login: json!({ "grant_type": "password", "email": email, "password": password }),
                token,
            })
        };
        Ok(Self {
            administrator: account("admin", Role::Main)?,
            customer: account("customer", Role::Other)?,
            target,
        })
    }

    /// Everybody who calls, when they have made what they call with.
    async fn identities(&self, document: &Document) -> Result<Vec<Identity>, ContractError> {
        let scopes = scopes(document);
        let mut identities = Vec::new();
        for account in [&self.administrator, &self.customer] {
            let key = self.api_key(account, &scopes, None).await?;
            let key = Credential::new(account.role, "api_key", &key, document)?;
            identities.push(Identity { role: account.role, credentials: vec![account.token.clone(), key] });
        }
        let end = chrono::Utc::now() + LIFE;
        let key = self.api_key(&self.administrator, &scopes, Some(end.to_rfc3339())).await?;
        tokio::time::sleep(LIFE).await;
        let key = Credential::new(Role::Expired, "api_key", &key, document)?;
        identities.push(Identity { role: Role::Expired, credentials: vec![key] });
        Ok(identities)
    }

    async fn api_key(
        &self,
        owner: &Account,
        scopes: &Value,
        end: Option<String>,
    ) -> Result<String, ContractError> {
        let mut key = json!({ "name": "Contract", "scopes": scopes });
        if let Some(end) = end {
            key["expires_at"] = end.into();
        }
        let owner = Identity { role: owner.role, credentials: vec![owner.token.clone()] };
        let made = self.post("/v1/api-keys", &key, Some(&owner)).await?;
        text(&made, "secret")
    }

    async fn post(
        &self,
        path: &str,
        body: &Value,
        as_who: Option<&Identity>,
    ) -> Result<Value, ContractError> {
        let json = HeaderValue::from_static("application/json");
        let sent = Sent {
            method: Method::POST,
            path: path.to_owned(),
            query: None,
            headers: HeaderMap::from_iter([(header::CONTENT_TYPE, json)]),
            body: body.to_string().into(),
        };
        let answer =
            self.target.send(sent, as_who).await.map_err(|error| ContractError::Own(error.chain()))?;
        serde_json::from_slice(&answer.received.body).map_err(|_| ContractError::Own(answer.to_string()))
    }
}

impl Login for People {
    fn renewed(&self, role: Role) -> Pin<Box<dyn Future<Output = Option<Identity>> + Send + '_>> {
        Box::pin(async move {
            let account =
                [&self.administrator, &self.customer].into_iter().find(|account| account.role == role)?;
            let tokens = self.post("/v1/tokens", &account.login, None).await.ok()?;
            let mut identity = self.target.identity(role)?;
            let token = Credential { value: text(&tokens, "access_token").ok()?, ..account.token.clone() };
            identity.credentials.retain(|credential| credential.name != token.name);
            identity.credentials.insert(0, token);
            Some(identity)
        })
    }
}

/// Every scope that an API key can have.
fn scopes(document: &Document) -> Value {
    let place = orderly_document::Pointer::from("/components/schemas/ApiKeyCreate/properties/scopes/items");
    let scopes = document.source().resolve(&place).map_or(&Value::Null, |scope| scope.value);
    scopes["enum"].clone()
}

fn text(value: &Value, member: &str) -> Result<String, ContractError> {
    let text = value[member].as_str().map(str::to_owned);
    text.ok_or_else(|| ContractError::Own(format!("there is no {member} in {value}")))
}
