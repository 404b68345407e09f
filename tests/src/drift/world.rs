//! What a drifted server remembers of what went through it.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use http::{HeaderMap, HeaderValue, header};
use orderly_contract::{Received, Sent};

/// The memory of a drifted server.
#[derive(Debug)]
pub struct World {
    /// The `Authorization` of an administrator.
    administrator: HeaderValue,
    memory: Mutex<Memory>,
    next: AtomicU64,
}

#[derive(Debug, Default)]
struct Memory {
    /// The last good answer of each operation.
    successes: BTreeMap<String, Received>,
    /// The last good answer to GET of each path.
    read: BTreeMap<String, Received>,
    /// Who has made what stands at a path.
    owners: BTreeMap<String, HeaderMap>,
}

impl World {
    pub(super) fn new(administrator: HeaderValue) -> Self {
        Self { administrator, memory: Mutex::default(), next: AtomicU64::new(1) }
    }

    pub(super) fn learn(&self, operation: &str, sent: &Sent, received: &Received) {
        if !received.status.is_success() {
            return;
        }
        let mut memory = self.memory();
        memory.successes.insert(operation.to_owned(), received.clone());
        if sent.method == http::Method::GET {
            memory.read.insert(sent.path.clone(), received.clone());
        }
        if let Some(location) = received.headers.get(header::LOCATION).and_then(|path| path.to_str().ok()) {
            memory.owners.insert(location.to_owned(), sent.headers.clone());
        }
    }

    /// The last good answer of an operation.
    pub(super) fn last_success(&self, operation: &str) -> Option<Received> {
        self.memory().successes.get(operation).cloned()
    }

    /// What was read at a path the last time.
    pub(super) fn last_read(&self, path: &str) -> Option<Received> {
        self.memory().read.get(path).cloned()
    }

    /// Has the request come from an administrator.
    pub(super) fn as_administrator(&self, sent: &mut Sent) {
        sent.headers.remove("x-api-key");
        sent.headers.insert(header::AUTHORIZATION, self.administrator.clone());
    }

    /// Has the request come from whoever made what it is about.
    pub(super) fn as_owner(&self, sent: &mut Sent) {
        let memory = self.memory();
        let owner = memory.owners.iter().find(|(path, _)| sent.path.starts_with(path.as_str()));
        for name in ["authorization", "x-api-key"] {
            if let Some((_, headers)) = owner {
                sent.headers.remove(name);
                sent.headers.extend(headers.get(name).map(|value| (name.parse().ok(), value.clone())));
            }
        }
    }

    /// A number that no other call got.
    pub(super) fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
