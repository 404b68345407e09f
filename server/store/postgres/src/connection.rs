//! Opens connections: what is set on each, and who may cancel what one of them is doing.

use std::time::Duration;

use sqlx::{ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};
use tokio::sync::Mutex;

use crate::error::{Meaning, meaning};

/// What `pg_stat_activity` calls this program, unless the address says otherwise.
const APPLICATION: &str = "orderly";

/// How connections are opened.
#[derive(Clone)]
pub(crate) struct Connector {
    options: PgConnectOptions,
    statement: Duration,
}

/// A connection, and the server's process behind it.
pub(crate) struct Link {
    pub(crate) conn: PgConnection,
    pub(crate) backend: i32,
}

impl Connector {
    /// For the server at this address; `statement` is how long a statement may take.
    pub(crate) fn new(options: PgConnectOptions, statement: Duration) -> Self {
        let options = match options.get_application_name() {
            Some(_) => options,
            None => options.application_name(APPLICATION),
        };
        Self { options: options.disable_statement_logging(), statement }
    }

    /// A connection for requests. Its time limits are the second line of defence, for when this program cannot cancel
    /// a statement itself: it waits for a lock no longer than a request may take, and works a second longer at most.
    ///
    /// Every statement is written to walk an index, and planned once: a planner that knows nothing of the tables yet
    /// would read all of a small one, and keep to it while it grows.
    ///
    /// All is set by a statement and not as options of the connection, which PgBouncer would refuse.
    pub(crate) async fn connect(&self) -> sqlx::Result<Link> {
        let mut conn = self.options.connect().await?;
        let milliseconds = |limit: Duration| limit.as_millis().to_string();
        let set = sqlx::query!(
            r#"SELECT pg_backend_pid() AS "backend!",
                   set_config('lock_timeout', $1, false) AS lock_timeout,
                   set_config('statement_timeout', $2, false) AS statement_timeout,
                   set_config('idle_in_transaction_session_timeout', $2, false) AS idle_timeout,
                   set_config('default_transaction_isolation', 'read committed', false) AS isolation,
                   set_config('plan_cache_mode', 'force_generic_plan', false) AS plans,
                   set_config('enable_seqscan', 'off', false) AS seqscan,
                   set_config('enable_bitmapscan', 'off', false) AS bitmapscan,
                   set_config('enable_hashjoin', 'off', false) AS hashjoin,
                   set_config('enable_mergejoin', 'off', false) AS mergejoin,
                   set_config('jit', 'off', false) AS jit"#,
            milliseconds(self.statement),
            milliseconds(self.statement + Duration::from_secs(1)),
        )
        .fetch_one(&mut conn)
        .await?;
        Ok(Link { conn, backend: set.backend })
    }

    /// A connection without limits, for what may take its time.
    pub(crate) async fn connect_unlimited(&self) -> sqlx::Result<PgConnection> {
        let mut conn = self.options.connect().await?;
        sqlx::query!("SET statement_timeout = 0").execute(&mut conn).await?;
        sqlx::query!("SET lock_timeout = 0").execute(&mut conn).await?;
        Ok(conn)
    }
}

/// Cancels statements, over a connection of its own: those of the pool may all be taken by what is to be cancelled.
pub(crate) struct Canceller {
    connector: Connector,
    /// Opened when it is first needed, and again when it turns out dead.
    conn: Mutex<Option<PgConnection>>,
}

impl Canceller {
    pub(crate) fn new(connector: Connector) -> Self {
        Self { connector, conn: Mutex::new(None) }
    }

    /// Asks the server to stop what this backend is doing. When this comes back the backend has been told; one that is
    /// doing nothing takes no notice.
    pub(crate) async fn cancel(&self, backend: i32) -> sqlx::Result<()> {
        let mut kept = self.conn.lock().await;
        if let Some(mut conn) = kept.take()
            && tell(&mut conn, backend).await.is_ok()
        {
            *kept = Some(conn);
            return Ok(());
        }
        let mut conn = self.connector.connect().await?.conn;
        tell(&mut conn, backend).await?;
        *kept = Some(conn);
        Ok(())
    }
}

async fn tell(conn: &mut PgConnection, backend: i32) -> sqlx::Result<()> {
    sqlx::query_scalar!("SELECT pg_cancel_backend($1)", backend).fetch_one(conn).await.map(drop)
}

impl Link {
    /// Waits until the server is done with whatever it was told on this connection. Each statement that failed answers
    /// with its error first, and there are two at most: the one that was stopped, and one that was sent behind it.
    pub(crate) async fn settle(&mut self) -> sqlx::Result<()> {
        for _ in 0..2 {
            match self.conn.ping().await {
                Err(error) if meaning(&error) != Meaning::Lost => {}
                outcome => return outcome,
            }
        }
        self.conn.ping().await
    }
}
