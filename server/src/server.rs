//! Starts and stops the whole server: store, services, interface, listener. The program and the tests both use it.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use orderly_api::{DOCUMENT_JSON, DOCUMENT_YAML, OPERATIONS};
use orderly_api_runtime::Failure;
use orderly_domain::Storage;
use poem_openapi::OpenApiService;
use serde::Serialize;
use tokio::{sync::oneshot, task::JoinHandle};

use crate::{
    config::{Config, Database},
    demo::Demo,
    http::{
        Api, Edge, Handlers, app,
        docs::Source,
        listener::{Drained, Listener},
        load::Load,
        tls::{Tls, TlsError},
    },
    jobs::{self, Jobs},
    ops::{Check, OperationsListener, Readiness},
    rate::RateLimits,
    service::Services,
    telemetry::Telemetry,
};

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The ready file cannot be written.
    #[error("the ready file {} cannot be written", path.display())]
    ReadyFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The address cannot be listened on.
    #[error("{address} cannot be listened on")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The certificate cannot be used.
    #[error("the certificate cannot be used")]
    Tls(#[from] TlsError),
    /// The interface cannot be put together.
    #[error("the interface cannot be put together")]
    Interface(#[from] Failure),
}

/// A server that is serving. [`Running::stop`] waits until requests have finished; dropped, it stops unattended.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    is_secure: bool,
    readiness: Arc<Readiness>,
    notice: std::time::Duration,
    stop: oneshot::Sender<()>,
    jobs: Jobs,
    operations: Option<OperationsListener>,
    serving: JoinHandle<Drained>,
}

/// What the ready file holds.
#[derive(Debug, Serialize)]
pub struct Ready<'a> {
    /// Where the API is, without a slash at the end.
    pub base_url: String,
    /// Where its documentation is.
    pub docs_url: String,
    /// Where the operations listener is, if there is one, without a slash at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operations_url: Option<String>,
    /// The database that is served from.
    pub database: String,
    /// Credentials of the demo shop.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub demo: Option<&'a Demo>,
}

/// Serves these use cases until [`Running::stop`], and tells `telemetry` what happens.
///
/// # Errors
/// Whatever keeps it from serving.
pub async fn start<S: Storage + Clone>(
    config: &Config,
    services: Services<S>,
    telemetry: &Telemetry,
) -> Result<Running, StartError> {
    let store = services.store().clone();
    let listener = bind(config.listen).await?;
    let tls = match config.tls.files() {
        Some((certificate, key)) => Some(Arc::new(Tls::load(certificate, key)?)),
        None => None,
    };
    let mut jobs = vec![jobs::signing_keys(services.clone()), jobs::clean_up(services.clone())];
    jobs.extend(tls.clone().map(|tls| jobs::certificate(tls, config.tls.reload())));
    if let Some(tls) = &tls {
        telemetry.metrics.of_certificate(tls.clone());
    }
    let listener = listener.secured(tls);
    let (address, is_secure) = (listener.address(), listener.is_secure());
    let edge = Edge { load: Load::new(&config.limits), rates: RateLimits::new(&config.rate, store.clone()) };
    let readiness = Readiness::new(vec![("database", answers(store))]);
    telemetry.metrics.of_the_edge(&edge);
    telemetry.metrics.of_hashing({
        let services = services.clone();
        move || services.hashing()
    });
    let operations = match config.operations.listen {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    let there = operations.as_ref().map(Listener::address);
    let app = app(interface(services, config, &edge), readiness.clone(), config, &edge, telemetry, there)?;
    let operations = operations.map(|listener| {
        OperationsListener::start(listener, config, readiness.clone(), telemetry.metrics.clone())
    });
    let jobs = Jobs::start(jobs);
    telemetry.metrics.of_jobs(&jobs.figures());
    let (stop, stopped) = oneshot::channel::<()>();
    let limits = config.limits.clone();
    let serving = tokio::spawn(async move {
        // A sender that was dropped says stop as well.
        let stopped = async move { drop(stopped.await) };
        listener.serve(app, &limits, stopped).await
    });
    let notice = config.limits.shutdown_notice();
    Ok(Running { address, is_secure, readiness, notice, stop, jobs, operations, serving })
}

async fn bind(address: SocketAddr) -> Result<Listener, StartError> {
    Listener::bind(address).await.map_err(|source| StartError::Listen { address, source })
}

/// The interface that is generated from the document, answered by the services.
fn interface<S: Storage>(
    services: Services<S>,
    config: &Config,
    edge: &Edge,
) -> Api<impl poem::IntoEndpoint<Endpoint: 'static> + use<S>> {
    let limits = orderly_api_runtime::Limits {
        max_body_bytes: config.limits.max_body_bytes,
        body_read: config.limits.body_read(),
    };
    let routes = orderly_api::routes(Arc::new(Handlers::new(services, edge.rates.clone())), limits);
    Api {
        endpoint: OpenApiService::new(routes, "Orderly", env!("CARGO_PKG_VERSION")),
        operations: OPERATIONS,
        source: Source { json: DOCUMENT_JSON, yaml: DOCUMENT_YAML },
    }
}

fn answers<S: Storage + Clone>(store: S) -> Check {
    Box::new(move || {
        let store = store.clone();
        Box::pin(async move { store.ping().await.map_err(Into::into) })
    })
}

impl Running {
    /// The address that is listened on, with the port that was really taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the operations listener, if there is one.
    pub fn operations_address(&self) -> Option<SocketAddr> {
        self.operations.as_ref().map(OperationsListener::address)
    }

    /// Where the API is for a client on this machine, without a slash at the end.
    pub fn base_url(&self) -> String {
        let scheme = if self.is_secure { "https" } else { "http" };
        format!("{scheme}://{}", reachable(self.address))
    }

    /// What the ready file says about this server.
    pub fn ready<'a>(&self, database: &Database, demo: Option<&'a Demo>) -> Ready<'a> {
        let base_url = self.base_url();
        Ready {
            docs_url: format!("{base_url}/docs/"),
            base_url,
            operations_url: self.operations_address().map(|address| format!("http://{}", reachable(address))),
            database: database.to_string(),
            demo,
        }
    }

    /// Stops: readiness fails first, then background jobs end, then no new connections, then requests in flight finish
    /// within the drain limit; the operations listener tells of it until the end.
    pub async fn stop(self) -> Drained {
        self.readiness.stop();
        tokio::time::sleep(self.notice).await;
        self.jobs.stop().await;
        // The other end is gone only when serving has ended already.
        let _ = self.stop.send(());
        let drained = self.serving.await.unwrap_or(Drained::CutOff(0));
        if let Some(operations) = self.operations {
            operations.stop().await;
        }
        drained
    }
}

/// The address for a client on this machine: one that listens everywhere is reached over the loopback.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        match address {
            SocketAddr::V4(_) => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            SocketAddr::V6(_) => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        }
    }
    address
}

impl Ready<'_> {
    /// Writes the file in one step, so that whoever waits for it never reads half of it. It holds credentials, so only
    /// the own user may read it.
    ///
    /// # Errors
    /// When the file or the one beside it cannot be written.
    pub fn write(&self, file: &Path) -> Result<(), StartError> {
        let beside = file.with_extension("partial");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let json = serde_json::to_vec_pretty(self).expect("addresses and credentials are texts");
        options
            .open(&beside)
            .and_then(|mut open| open.write_all(&json))
            .and_then(|()| std::fs::rename(&beside, file))
            .map_err(|source| StartError::ReadyFile { path: file.to_owned(), source })
    }
}
