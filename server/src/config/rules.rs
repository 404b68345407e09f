//! What types and bounds cannot say: rules for one value, and rules between settings.

use std::path::Path;

use tracing_subscriber::{EnvFilter, filter::LevelFilter};
use validator::ValidationError;

use super::{Config, Database};

/// An empty path is the folder that the program happens to run in.
pub(super) fn names_a_file(path: &Path) -> Result<(), ValidationError> {
    if path.as_os_str().is_empty() {
        return Err(refused("is empty: it has to name a file or folder".to_owned()));
    }
    Ok(())
}

/// `EnvFilter` takes any single word as the name of a module: here it has to be a level.
pub(super) fn log_level(level: &str) -> Result<(), ValidationError> {
    // A span's fields may hold commas, so a filter with spans is left to the filter's own parser.
    let parts: Vec<&str> = if level.contains('[') { vec![level] } else { level.split(',').collect() };
    let good = |part: &&str| match part.contains('=') {
        true => EnvFilter::builder().parse(part).is_ok(),
        // An empty one would be the level "error".
        false => !part.trim().is_empty() && part.trim().parse::<LevelFilter>().is_ok(),
    };
    match parts.iter().find(|part| !good(part)) {
        None => Ok(()),
        Some(part) => Err(refused(format!(
            "`{part}` is no level: it has to be off, error, warn, info, debug or trace, or a filter by module such as \
             warn,orderly_server=debug"
        ))),
    }
}

fn refused(message: String) -> ValidationError {
    ValidationError::new("setting").with_message(message.into())
}

/// Settings that are good alone and contradict each other. `place` says where a setting's value comes from.
pub(super) fn contradictions(config: &Config, place: impl Fn(&str) -> String) -> Vec<String> {
    let mut found = Vec::new();
    let mut less = |small: (&str, u64), large: (&str, u64), equal_is_good: bool| {
        if small.1 > large.1 || (small.1 == large.1 && !equal_is_good) {
            let relation = if equal_is_good { "must not be more than" } else { "has to be less than" };
            found.push(format!(
                "{} ({}, from {}) {relation} {} ({}, from {})",
                small.0,
                small.1,
                place(small.0),
                large.0,
                large.1,
                place(large.0)
            ));
        }
    };
    let Config { limits, database, .. } = config;
    less(
        ("limits.reserved_requests", limits.reserved_requests as u64),
        ("limits.max_requests", limits.max_requests as u64),
        false,
    );
    less(
        ("database.min_connections", database.min_connections.into()),
        ("database.max_connections", database.max_connections.into()),
        true,
    );
    let Config { tls, operations, .. } = config;
    match (&tls.certificate, &tls.key) {
        (Some(_), None) => {
            found.push(format!("tls.certificate (from {}) needs tls.key", place("tls.certificate")))
        }
        (None, Some(_)) => found.push(format!("tls.key (from {}) needs tls.certificate", place("tls.key"))),
        _ => {}
    }
    if database.read_url.is_some() && matches!(config.database(), Database::Sqlite(_)) {
        found.push(format!(
            "database.read_url (from {}) is for PostgreSQL, and database_url (from {}) names SQLite",
            place("database.read_url"),
            place("database_url")
        ));
    }
    if operations.profiling && operations.listen.is_none() {
        found.push(format!(
            "operations.profiling (from {}) needs operations.listen: profiles are never on the public listener",
            place("operations.profiling")
        ));
    }
    if operations.listen == Some(config.listen) && config.listen.port() != 0 {
        found.push(format!(
            "operations.listen (from {}) has to be another address than listen (from {})",
            place("operations.listen"),
            place("listen")
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_a_level_or_a_filter() {
        for good in ["info", "WARN", "off", "warn,orderly_server=debug", "info,[request{id=b}]=debug"] {
            assert!(log_level(good).is_ok(), "{good}");
        }
        for bad in ["loud", "orderly_server=loud", "info,loud", "", "info,"] {
            assert!(log_level(bad).is_err(), "{bad}");
        }
    }
}
