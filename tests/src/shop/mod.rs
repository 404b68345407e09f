//! A whole shop for one test: the real server on a free port with a database of its own, behind recorders, and callers
//! of every kind. Nothing of it is left when it is dropped.

mod caller;
mod identities;
mod people;
mod watched;
mod wire;

use std::net::SocketAddr;

use orderly_client::{Client, ClientBuilder, RetryPolicy};
use orderly_contract::{Log, Recorder};
use orderly_server::{
    config::{self, Config, Limits},
    server::{self, Running},
    service::{KeyPolicy, Services},
    storage::Store,
};

use self::watched::Watched;
pub use self::{
    caller::{Call, Caller, Reply},
    people::{Customer, PASSWORD, text, unique},
    wire::Wire,
};
use crate::{
    engines::{Engine, Home},
    faulty::{Faults, Faulty},
};

/// The recorder's address for plain HTTP.
pub const RAW: &str = "http";
/// The recorder's address for the SDK.
pub const SDK: &str = "sdk";

/// A running shop.
pub struct Shop {
    /// Makes every call to the database fail.
    pub faults: Faults,
    /// Somebody without credentials.
    pub anonymous: Caller,
    /// The first administrator.
    pub administrator: Caller,
    raw: Recorder,
    sdk: Recorder,
    log: Log,
    limits: Limits,
    engine: Engine,
    store: Faulty<Store>,
    server: Running,
    _watched: Watched,
    _home: Home,
}

impl Shop {
    /// Opens a shop on an engine with the settings that a server has without any.
    pub async fn open(engine: Engine) -> Self {
        Self::start(engine, Log::default(), |_| {}).await
    }

    /// Opens another shop with other settings; what is exchanged with it is written down with the rest.
    pub async fn another(&self, adjust: impl FnOnce(&mut Config)) -> Self {
        Self::start(self.engine, self.log.clone(), adjust).await
    }

    async fn start(engine: Engine, log: Log, adjust: impl FnOnce(&mut Config)) -> Self {
        let home = Home::new(engine).await;
        let mut config = defaults();
        config.listen = SocketAddr::from(([127, 0, 0, 1], 0));
        config.data_dir = home.folder().to_owned();
        config.database_url = Some(home.database_url().parse().expect("a database has an address"));
        let watched = Watched::default();
        let telemetry = watched.configure(&mut config);
        adjust(&mut config);

        let faults = Faults::default();
        let database = Store::open(&config).await.expect("a new database can be opened");
        let store = Faulty::new(database, faults.clone());
        let services = Services::open(store.clone(), KeyPolicy::default())
            .await
            .expect("services start on a new database");
        let first = services.ensure_administrator().await.expect("a new shop gets an administrator");
        let first = first.expect("a new shop has no administrator yet");
        let server = server::start(&config, services, telemetry).await.expect("the server starts");

        let address = server.address();
        let raw = Recorder::start(RAW, address, log.clone()).await.expect("a port is free");
        let sdk = Recorder::start(SDK, address, log.clone()).await.expect("a port is free");
        let anonymous = Caller::new(format!("http://{}", raw.address()));
        let limits = config.limits;
        let administrator = anonymous.clone();
        let mut shop = Self {
            faults,
            anonymous,
            administrator,
            raw,
            sdk,
            log,
            limits,
            engine,
            store,
            server,
            _watched: watched,
            _home: home,
        };
        let tokens = shop.log_in(first.email.as_str(), &first.password).await;
        shop.administrator = shop.anonymous.bearer(text(&tokens, "access_token"));
        shop
    }

    /// What has been exchanged through the recorders.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The limits that the server keeps to.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The database, for what no operation shows.
    pub fn store(&self) -> &Faulty<Store> {
        &self.store
    }

    /// Somebody who calls the server itself, for what the document does not describe.
    pub fn unrecorded(&self) -> Caller {
        Caller::new(self.server.base_url())
    }

    /// Where the server itself is.
    pub fn server_address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Where plain HTTP goes to.
    pub fn address(&self) -> SocketAddr {
        self.raw.address()
    }

    /// Begins a client of the SDK. It sends nothing twice by itself, so that every answer is seen.
    pub fn sdk(&self) -> ClientBuilder {
        let once = RetryPolicy::never();
        Client::builder(self.sdk_url()).retry(once)
    }

    /// Where the SDK goes to.
    pub fn sdk_url(&self) -> String {
        format!("http://{}", self.sdk.address())
    }

    /// The first administrator, as a client of the SDK.
    pub fn sdk_administrator(&self) -> Client {
        let token = self.administrator.authorization().trim_start_matches("Bearer ");
        self.sdk().token(token).build().expect("the address is one")
    }
}

/// The settings of a server that is given none, but for the rates: a test makes its requests in a second, and all from
/// one address.
fn defaults() -> Config {
    let nothing = config::invocation(["orderly-server"]).expect("a program without arguments is one");
    let mut config = config::load(&nothing, |_| None).expect("the defaults are good");
    let rate = &mut config.rate;
    for limit in [&mut rate.ip_per_minute, &mut rate.account_per_minute, &mut rate.login_per_minute] {
        *limit = 1_000_000;
    }
    config
}
