//! What the mock remembers: the things that were made, and the answers to requests with an idempotency key.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use serde_json::{Map, Value};

use crate::exchange::Received;

/// Everything that is remembered.
#[derive(Debug, Default)]
pub(super) struct Store {
    /// By the path of the collection.
    pub(super) collections: BTreeMap<String, Collection>,
    /// By operation, path, caller and key: what was sent, and what was answered.
    pub(super) repeated: BTreeMap<(String, String, String, String), (u64, Received)>,
    /// How many things were made.
    pub(super) made: u64,
}

/// Things of one kind in one place, in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct Collection {
    pub(super) items: Vec<Item>,
    /// The ids of those that were deleted.
    pub(super) gone: BTreeSet<String>,
    /// How many ids were given.
    pub(super) given: u64,
}

/// A thing.
#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    /// The id as it stands in a path, decoded.
    pub(super) id: String,
    /// Whose it is: the credential with which it was made.
    pub(super) owner: Option<String>,
    /// Everything that was sent or answered about it.
    pub(super) members: Map<String, Value>,
    /// What was answered beside it, by bodies in which it is a member.
    pub(super) around: Map<String, Value>,
    /// How often it was changed.
    pub(super) version: u64,
}

impl Item {
    /// Its entity tag: another one whenever it was changed.
    pub(super) fn tag(&self) -> String {
        format!("\"{:x}\"", digest((&self.id, self.version)))
    }
}

impl Collection {
    /// Whether a thing has this id, or had it.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.gone.contains(id) || self.items.iter().any(|item| item.id == id)
    }

    pub(super) fn find(&mut self, id: &str) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.id == id)
    }

    pub(super) fn remove(&mut self, id: &str) {
        self.items.retain(|item| item.id != id);
        self.gone.insert(id.to_owned());
    }
}

/// A number that tells contents apart.
pub(super) fn digest(content: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}
