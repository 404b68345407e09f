//! Commands that do one thing to the database and end. A server may run meanwhile.

use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};

use super::{Undone, key_policy, print};
use crate::{
    config::{Config, Database},
    service::{RotateKeys, Services},
    storage::Store,
    telemetry::logs,
};

/// Brings the database's tables up to date.
pub(super) async fn migrate(config: &Config) -> Result<(), Undone> {
    let _logs = logs::init(&config.log).map_err(|error| Undone::System(error.into()))?;
    // Opening does it, safely also when several replicas begin at once.
    Store::open(config).await?;
    print(format_args!("{} is up to date", config.database()))
}

/// Copies the embedded database into a new file.
pub(super) fn backup(config: &Config, file: &Path) -> Result<(), Undone> {
    match config.database() {
        Database::Sqlite(path) => {
            orderly_store_sqlite::backup(&path, file)?;
            print(format_args!("sqlite://{} is in {}", path.display(), file.display()))
        }
        Database::Postgres(url) => Err(Undone::NotForThis(format!(
            "backup copies an SQLite database, and the configured one is {url}: \
             use pg_dump --format=custom, or the continuous archiving of PostgreSQL"
        ))),
    }
}

/// Replaces the key that signs access tokens; running servers follow within their `keys.check_ms`.
pub(super) async fn rotate_keys(config: &Config, leaked: bool) -> Result<(), Undone> {
    let _logs = logs::init(&config.log).map_err(|error| Undone::System(error.into()))?;
    let database = config.database();
    // A new database would get a new key, and the servers of the one that is meant would go on with theirs.
    if let Database::Sqlite(path) = &database
        && !path.exists()
    {
        return Err(Undone::NotForThis(format!("{database} does not exist: say which database is meant")));
    }
    let services = Services::open(Store::open(config).await?, key_policy(&config.keys)).await?;
    let why = if leaked { RotateKeys::Leaked } else { RotateKeys::Planned };
    let newest = services.rotate_keys(why).await?;
    if leaked {
        let check = config.keys.check();
        print(format_args!(
            "{} signs from now on; servers on {database} refuse all other keys within {check:?}",
            newest.kid
        ))
    } else {
        let from = DateTime::<Utc>::from(newest.signs_from).to_rfc3339_opts(SecondsFormat::Secs, true);
        print(format_args!("{} is published on {database}, and signs from {from} on", newest.kid))
    }
}
