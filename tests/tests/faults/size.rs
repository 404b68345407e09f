//! How large the faults are: small in `cargo test`, and as large as `cargo xtask faults` says.

/// Kills of a server under load.
pub(crate) fn rounds() -> usize {
    number("ORDERLY_FAULTS_ROUNDS", 2)
}

/// Malformed requests.
pub(crate) fn requests() -> usize {
    number("ORDERLY_FAULTS_REQUESTS", 2_000)
}

/// Idle connections.
pub(crate) fn connections() -> usize {
    number("ORDERLY_FAULTS_CONNECTIONS", 300)
}

fn number(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).map_or(otherwise, |text| text.parse().expect("a number"))
}
