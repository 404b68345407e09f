//! What the databases say of their connections and queues, as metrics.

use orderly_store_postgres::Postgres;
use orderly_store_sqlite::Sqlite;

use super::{Measured, Store};
use crate::telemetry::{
    Metrics, Telemetry,
    metrics::{
        Kind::{self, Counter, Gauge},
        Reading, Readings,
    },
};

impl Store {
    /// The same database with a clock around each call, and its own figures among the metrics.
    pub fn measured(self, telemetry: &Telemetry) -> Measured<Self> {
        match &self {
            Self::Sqlite(database) => sqlite(database, &telemetry.metrics),
            Self::Postgres(database) => postgres(database, &telemetry.metrics),
        }
        let system = self.system();
        Measured::new(self, system, telemetry)
    }
}

fn sqlite(database: &Sqlite, metrics: &Metrics) {
    let one = |name, help, kind: Kind, value: fn(orderly_store_sqlite::Figures) -> u64| {
        let database = database.clone();
        metrics.read(Readings::one(name, help, kind, move || value(database.figures())));
    };
    one("orderly_sqlite_writes_waiting", "Writes that wait for their turn", Gauge, |now| {
        now.writes_waiting as u64
    });
    one("orderly_sqlite_writes_waiting_limit", "Writes that can wait; one more is refused", Gauge, |now| {
        now.writes_waiting_limit as u64
    });
    one(
        "orderly_sqlite_batches",
        "Transactions that were committed, each with the writes that had come",
        Counter,
        |now| now.batches,
    );
    one("orderly_sqlite_writes", "Writes that were committed", Counter, |now| now.writes);
    one(
        "orderly_sqlite_writes_dropped",
        "Writes that were not begun: too late, or nobody waited",
        Counter,
        |now| now.writes_dropped,
    );
    let database = database.clone();
    metrics.read(Readings::new(CONNECTIONS, CONNECTIONS_HELP, Gauge, move || {
        let now = database.figures();
        by_state("readers", now.readers_open, now.readers_idle)
    }));
}

/// OpenTelemetry's name for connections to a database, by pool and state.
const CONNECTIONS: &str = "db_client_connection_count";
const CONNECTIONS_HELP: &str = "Open connections to the database";

fn postgres(database: &Postgres, metrics: &Metrics) {
    let pools = {
        let database = database.clone();
        move || {
            let replica = database.replica_figures().map(|figures| ("replica", figures));
            [("primary", database.figures())].into_iter().chain(replica).collect::<Vec<_>>()
        }
    };
    let open = pools.clone();
    metrics.read(Readings::new(CONNECTIONS, CONNECTIONS_HELP, Gauge, move || {
        open().into_iter().flat_map(|(pool, now)| by_state(pool, now.open, now.idle)).collect()
    }));
    let one = |name, help, value: fn(&orderly_store_postgres::Figures) -> usize| {
        let pools = pools.clone();
        metrics.read(Readings::new(name, help, Gauge, move || {
            let reading =
                |(pool, now): &(&'static str, _)| Reading::new(value(now) as f64).label(POOL, *pool);
            pools().iter().map(reading).collect()
        }));
    };
    one("db_client_connection_max", "Connections that may be open", |now| now.max);
    one("db_client_connection_pending_requests", "Requests that wait for a connection", |now| now.waiting);
}

const POOL: &str = "db_client_connection_pool_name";

fn by_state(pool: &'static str, open: usize, idle: usize) -> Vec<Reading> {
    let reading = |state: &'static str, count: usize| {
        Reading::new(count as f64).label(POOL, pool).label("db_client_connection_state", state)
    };
    vec![reading("used", open.saturating_sub(idle)), reading("idle", idle)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use orderly_domain::Storage;

    #[tokio::test]
    async fn the_embedded_database_tells_of_its_queue_and_its_readers() {
        let folder = tempfile::tempdir().unwrap();
        let telemetry = Telemetry::default();
        let store =
            Store::Sqlite(Sqlite::open(folder.path().join("orderly.db")).unwrap()).measured(&telemetry);
        store.ping().await.unwrap();
        let _ = store.signing_keys().await.unwrap();
        let text = telemetry.metrics.text();
        for line in [
            "orderly_sqlite_writes_waiting 0",
            "orderly_sqlite_writes_total ",
            "db_client_connection_count{db_client_connection_pool_name=\"readers\",db_client_connection_state=\"idle\"} 1",
            "db_client_operation_duration_seconds_count{db_system_name=\"sqlite\",db_operation_name=\"ping\"",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }
}
