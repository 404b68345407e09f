//! Servers to test against: the real one on a new database, and one with endpoints that misbehave.

use std::{cell::RefCell, io, net::SocketAddr, sync::Once, time::Duration};

use futures_util::stream;
use orderly_api::{DOCUMENT_JSON, DOCUMENT_YAML};
use orderly_api_runtime::Failure;
use orderly_server::{
    config::{self, Config, Limits, Log, LogFormat},
    http::{
        Api, Edge, app,
        docs::Source,
        listener::{Drained, Listener},
        load::Load,
    },
    ops::Readiness,
    rate::RateLimits,
    server::{self, Running},
    service::{KeyPolicy, Services},
    storage::Store,
    telemetry::{Telemetry, logs},
};
use poem::{Body, Response, Route, endpoint::make, endpoint::make_sync, get};
use tempfile::TempDir;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

/// The defaults, on a free port and in this folder.
pub(crate) fn config(folder: &TempDir) -> Config {
    let folder = folder.path().to_str().unwrap();
    let line = ["orderly-server", "--listen", "127.0.0.1:0", "--data-dir", folder];
    config::load(&config::invocation(line).unwrap(), |_| None).unwrap()
}

/// The real server on a new database.
pub(crate) struct Shop {
    pub(crate) running: Running,
    pub(crate) address: SocketAddr,
    /// Where its database is.
    pub(crate) folder: TempDir,
}

impl Shop {
    /// Starts it with these limits changed.
    pub(crate) async fn start(change: impl FnOnce(&mut Limits)) -> Self {
        Self::with(|config| change(&mut config.limits)).await
    }

    /// Starts it with these settings changed.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::telling(&Telemetry::default(), change).await
    }

    /// Starts it with these settings changed, and lets it tell what happens there.
    pub(crate) async fn telling(telemetry: &Telemetry, change: impl FnOnce(&mut Config)) -> Self {
        let folder = TempDir::new().unwrap();
        let mut config = config(&folder);
        change(&mut config);
        let store = Store::open(&config).await.unwrap().measured(telemetry);
        let services = Services::open(store, KeyPolicy::default()).await.unwrap();
        let running = server::start(&config, services, telemetry).await.unwrap();
        Self { address: running.address(), running, folder }
    }
}

/// What the endpoints of [`Odd`] tell the test: `begun`, `finished`, `dropped`.
pub(crate) type Events = mpsc::UnboundedReceiver<&'static str>;

/// A server with the real layers around endpoints that misbehave.
pub(crate) struct Odd {
    pub(crate) address: SocketAddr,
    pub(crate) events: Events,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Drained>,
    _folder: TempDir,
}

impl Odd {
    /// Starts it with these limits changed.
    pub(crate) async fn start(change: impl FnOnce(&mut Limits)) -> Self {
        let folder = TempDir::new().unwrap();
        let mut config = config(&folder);
        change(&mut config.limits);
        let limits = config.limits.clone();
        let store = Store::open(&config).await.unwrap();
        let edge = Edge { load: Load::new(&limits), rates: RateLimits::new(&config.rate, store) };
        let (tell, events) = mpsc::unbounded_channel();
        let api = Api {
            endpoint: endpoints(tell),
            operations: &[],
            source: Source { json: DOCUMENT_JSON, yaml: DOCUMENT_YAML },
        };
        let telemetry = Telemetry::default();
        let app = app(api, Readiness::new(Vec::new()), &config, &edge, &telemetry, None).unwrap();
        let listener = Listener::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = listener.address();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving =
            tokio::spawn(
                async move { listener.serve(app, &limits, async move { drop(stopped.await) }).await },
            );
        Self { address, events, stop, serving, _folder: folder }
    }

    /// Tells the server to stop, and gives what comes of it.
    pub(crate) fn stop(self) -> (JoinHandle<Drained>, Events) {
        self.stop.send(()).unwrap();
        (self.serving, self.events)
    }
}

/// Tells when it is dropped.
struct Dropped(mpsc::UnboundedSender<&'static str>);

impl Drop for Dropped {
    fn drop(&mut self) {
        let _ = self.0.send("dropped");
    }
}

fn endpoints(tell: mpsc::UnboundedSender<&'static str>) -> Route {
    let (slow, endless) = (tell.clone(), tell);
    let slow = make(move |_| {
        let tell = slow.clone();
        async move {
            let dropped = Dropped(tell.clone());
            tell.send("begun").unwrap();
            tokio::time::sleep(Duration::from_millis(500)).await;
            tell.send("finished").unwrap();
            drop(dropped);
            "slow"
        }
    });
    let endless = make_sync(move |_| {
        let dropped = Dropped(endless.clone());
        let block = vec![b'x'; 64 * 1024];
        let body = stream::unfold(dropped, move |dropped| {
            let block = block.clone();
            async move { Some((Ok::<_, io::Error>(block), dropped)) }
        });
        Response::builder().body(Body::from_bytes_stream(body))
    });
    let panicking = make_sync(|_| -> &'static str { panic!("a secret of the handler") });
    let failing = make_sync(|_| -> poem::Result<&'static str> {
        let cause = io::Error::other("table orders is gone");
        Err(Failure::internal(io::Error::new(io::ErrorKind::BrokenPipe, cause)).into())
    });
    Route::new()
        .at("/hello", get(make_sync(|_| "hello")))
        .at("/slow", get(slow))
        .at("/endless", get(endless))
        .at("/panic", get(panicking))
        .at("/fail", get(failing))
}

thread_local! {
    /// What this thread has logged. A test and its server share one thread of their own.
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Logs in JSON to the thread that logs. There is one for the process: whether a line is worth making is cached for
/// all threads, so that each test cannot have a subscriber of its own.
pub(crate) struct Captured;

impl Captured {
    /// Captures what this thread logs from now on.
    pub(crate) fn start() -> Self {
        static INSTALLED: Once = Once::new();
        INSTALLED.call_once(|| {
            let log = Log { format: LogFormat::Json, level: "info".to_owned() };
            tracing::subscriber::set_global_default(logs::subscriber(&log, || Captured)).unwrap();
        });
        LOG.take();
        Self
    }

    /// The lines so far, each a JSON object.
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        let text = LOG.with_borrow(|bytes| String::from_utf8(bytes.clone()).unwrap());
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl io::Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
