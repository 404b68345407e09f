//! Credentials that requests have set: whoever has registered can log in.

use std::sync::{Mutex, MutexGuard, PoisonError};

use http::Method;
use serde_json::{Map, Value};

use super::kind::plain;
use crate::{
    document::{Document, Operation},
    exchange::Exchange,
    route::Match,
};

/// The last words of paths at which credentials are exchanged for a login.
const LOGINS: [&str; 10] = [
    "auth",
    "authenticate",
    "authentication",
    "login",
    "logins",
    "session",
    "sessions",
    "signin",
    "token",
    "tokens",
];
/// The member that makes an object one of credentials.
const PASSWORD: &str = "password";
/// How many are remembered.
const MOST: usize = 8;

/// What was sent, and taken, with a password in it.
#[derive(Debug, Default)]
pub(super) struct Logins(Mutex<Vec<Map<String, Value>>>);

impl Logins {
    /// Remembers the credentials that an exchange has set.
    pub(super) fn learn(&self, document: &Document, exchange: &Exchange) {
        if !exchange.received.status.is_success() || exchange.sent.body.is_empty() {
            return;
        }
        let Match::Operation(operation, _) = document.find(&exchange.sent.method, &exchange.sent.path) else {
            return;
        };
        if operation.method != Method::POST || is_login(operation) {
            return;
        }
        if let Ok(Value::Object(members)) = serde_json::from_slice(&exchange.sent.body)
            && members.get(PASSWORD).is_some_and(Value::is_string)
        {
            let mut known = self.lock();
            known.truncate(MOST - 1);
            known.insert(0, members);
        }
    }

    /// Puts credentials that work into a request for a login.
    pub(super) fn fill(&self, operation: &Operation, turn: usize, body: &mut Value) {
        let Some(members) = body.as_object_mut().filter(|members| members.contains_key(PASSWORD)) else {
            return;
        };
        let known = self.lock();
        if !is_login(operation) || known.is_empty() {
            return;
        }
        for (name, value) in &known[turn % known.len()] {
            if let Some(member) = members.get_mut(name) {
                member.clone_from(value);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Map<String, Value>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an operation, which anybody may call, exchanges credentials for a login.
fn is_login(operation: &Operation) -> bool {
    let last = operation.template.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let asks_nobody = operation.security.is_empty() || operation.security.iter().any(Vec::is_empty);
    operation.method == Method::POST && asks_nobody && LOGINS.contains(&plain(last).as_str())
}
