//! The pool: connections that wait to be used, and what becomes of those that come back.
//!
//! sqlx's own pool spawns a task and makes a round trip for each connection that is given back, which costs about as
//! much as the statement did; deadpool hands them over as they are. What sqlx's pool learns from the round trip is
//! known here without it: a connection that was given back before its work had ended is cleared first, and one that
//! turned out dead takes with it all that were opened before that.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use deadpool::{
    Runtime,
    managed::{
        Manager, Metrics, Object, PoolError, QueueMode, RecycleError, RecycleResult, Timeouts, WeakPool,
    },
};
use orderly_domain::Result;
use sqlx::PgConnection;

use crate::{
    Figures,
    connection::{Canceller, Connector, Link},
    error::{Meaning, internal, meaning, unavailable},
};

/// How long a connection that was given back in the middle of its work may take until it is clear.
const CLEARING: Duration = Duration::from_secs(5);
/// How often the pool is looked after, if connections do not grow old sooner.
const ROUND: Duration = Duration::from_secs(5);

/// How many connections there are, and for how long.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    pub(crate) min: usize,
    pub(crate) max: usize,
    pub(crate) acquire: Duration,
    pub(crate) idle: Duration,
    pub(crate) lifetime: Duration,
}

/// Connections to one server. Clones share them.
#[derive(Clone)]
pub(crate) struct Pool {
    connections: deadpool::managed::Pool<Opener>,
    canceller: Arc<Canceller>,
}

/// Opens the pool's connections and decides which of them are still of use.
pub(crate) struct Opener {
    connector: Connector,
    bounds: Bounds,
    /// Counts how often connections turned out dead.
    generation: AtomicU64,
}

/// A connection of the pool.
pub(crate) struct Pooled {
    link: Link,
    generation: u64,
}

impl Opener {
    fn is_of_use(&self, pooled: &Pooled, metrics: &Metrics) -> bool {
        pooled.generation == self.generation.load(Ordering::Relaxed)
            && metrics.age() < self.bounds.lifetime
            && metrics.last_used() < self.bounds.idle
    }
}

impl Manager for Opener {
    type Type = Pooled;
    type Error = sqlx::Error;

    async fn create(&self) -> sqlx::Result<Pooled> {
        let generation = self.generation.load(Ordering::Relaxed);
        Ok(Pooled { link: self.connector.connect().await?, generation })
    }

    async fn recycle(&self, pooled: &mut Pooled, metrics: &Metrics) -> RecycleResult<sqlx::Error> {
        if self.is_of_use(pooled, metrics) {
            Ok(())
        } else {
            Err(RecycleError::message("of no use any more"))
        }
    }
}

impl Pool {
    /// A pool that opens connections when they are needed, and keeps at least `min` of them from when it is looked
    /// after first.
    pub(crate) fn new(connector: Connector, bounds: Bounds) -> Self {
        let canceller = Arc::new(Canceller::new(connector.clone()));
        let limit = Some(bounds.acquire);
        let max = bounds.max;
        let opener = Opener { connector, bounds, generation: AtomicU64::new(0) };
        let connections = deadpool::managed::Pool::builder(opener)
            .max_size(max)
            .timeouts(Timeouts { wait: limit, create: limit, recycle: None })
            // The one that was used last has its caches warm, and those that are too many grow old.
            .queue_mode(QueueMode::Lifo)
            .runtime(Runtime::Tokio1)
            .build()
            .expect("a runtime is named, which is all that time limits need");
        tokio::spawn(look_after(connections.weak()));
        Self { connections, canceller }
    }

    /// Takes a connection, or opens one.
    ///
    /// # Errors
    /// `Unavailable` if none gets free in time or the server cannot be reached.
    pub(crate) async fn take(&self) -> Result<Lease> {
        match self.connections.get().await {
            Ok(object) => {
                Ok(Lease { object: Some(object), canceller: Arc::clone(&self.canceller), working: false })
            }
            Err(PoolError::Backend(error)) if meaning(&error) == Meaning::Wrong => Err(internal(error)),
            Err(PoolError::Backend(error)) => Err(unavailable(error)),
            Err(error) => Err(unavailable(error)),
        }
    }

    /// What the pool is doing.
    pub(crate) fn figures(&self) -> Figures {
        let status = self.connections.status();
        Figures { max: status.max_size, open: status.size, idle: status.available, waiting: status.waiting }
    }
}

/// Lets go of what is of no use and opens what is missing, for as long as the pool is used.
async fn look_after(pool: WeakPool<Opener>) {
    loop {
        let Some(pool) = pool.upgrade() else { return };
        let opener = pool.manager();
        pool.retain(|pooled, metrics| opener.is_of_use(pooled, &metrics));
        let missing = opener.bounds.min.saturating_sub(pool.status().size);
        let mut opened = Vec::with_capacity(missing);
        for _ in 0..missing {
            // One that is idle may be given instead of a new one; the next round opens what is missing then.
            let Ok(object) = pool.get().await else { break };
            opened.push(object);
        }
        let round = ROUND.min(opener.bounds.idle);
        drop(opened);
        drop(pool);
        tokio::time::sleep(round).await;
    }
}

/// A connection that is in use. Dropped in the middle of its work, it is cleared before anybody gets it again.
pub(crate) struct Lease {
    /// There until it is dropped.
    object: Option<Object<Opener>>,
    canceller: Arc<Canceller>,
    working: bool,
}

impl Lease {
    /// The connection, for work that [`Lease::done`] ends.
    pub(crate) fn work(&mut self) -> &mut PgConnection {
        self.working = true;
        &mut self.object.as_mut().expect("it is there until it is dropped").link.conn
    }

    /// What cancels the work.
    pub(crate) fn cancel(&self) -> impl Future<Output = sqlx::Result<()>> + use<> {
        let canceller = Arc::clone(&self.canceller);
        let backend = self.object.as_ref().expect("it is there until it is dropped").link.backend;
        async move { canceller.cancel(backend).await }
    }

    /// Gives the connection back after its work.
    pub(crate) fn done(mut self) {
        self.working = false;
    }

    /// Closes the connection, which is dead, and sees to it that none is used that was opened before now: the server was
    /// started anew, most likely, and none of them works.
    pub(crate) fn lost(mut self) {
        let Some(object) = self.object.take() else { return };
        if let Some(pool) = Object::pool(&object) {
            let now = &pool.manager().generation;
            // It has been counted if another generation is there already.
            let _ = now.compare_exchange(
                object.generation,
                object.generation + 1,
                Ordering::Relaxed,
                Ordering::Relaxed,
            );
        }
        drop(Object::take(object));
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(object) = self.object.take() else { return };
        if !self.working {
            return;
        }
        let canceller = Arc::clone(&self.canceller);
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(clear(object, canceller))),
            // Nobody can wait for it: closing it is all that is left.
            Err(_) => drop(Object::take(object)),
        }
    }
}

/// Stops what a connection was left doing, and gives it back once it is clear: a transaction that was begun is rolled
/// back then. A connection that does not get clear is closed.
async fn clear(mut object: Object<Opener>, canceller: Arc<Canceller>) {
    let began = Instant::now();
    let clearing = async {
        canceller.cancel(object.link.backend).await?;
        object.link.settle().await
    };
    let failure = match tokio::time::timeout(CLEARING, clearing).await {
        Ok(Ok(())) => {
            tracing::debug!(
                micros = began.elapsed().as_micros(),
                "a statement was stopped that nobody waits for"
            );
            return;
        }
        Ok(Err(error)) => error.to_string(),
        Err(_) => "it takes too long".to_owned(),
    };
    tracing::warn!(failure, "a connection to the database could not be cleared and is closed");
    drop(Object::take(object));
}
