//! The idempotency record that a command carries into its transaction.

use orderly_domain::{
    Timestamp,
    idempotency::{Fingerprint, Idempotency},
};
use serde::Serialize;

use super::Principal;

/// The record of a command that `principal` sent to `operation` with `key`.
pub(super) fn record(
    principal: &Principal,
    operation: &'static str,
    key: String,
    command: &impl Serialize,
    at: Timestamp,
) -> Idempotency {
    Idempotency { user_id: principal.account, operation, key, fingerprint: Fingerprint::of(command), at }
}
