//! What was found out about the schemas of a document in one direction, so that it is found out once.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use orderly_document::Pointer;
use serde_json::Value;

use super::{
    shape::{Node, Shape},
    trial::Trial,
};

/// Shapes and samples by node, trials by schema.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    shapes: Mutex<HashMap<Node, Arc<[Shape]>>>,
    samples: Mutex<HashMap<Node, Option<Value>>>,
    trials: Mutex<HashMap<Pointer, Arc<[Trial]>>>,
}

impl Cache {
    pub(super) fn shapes(&self, node: &Node, find: impl FnOnce() -> Arc<[Shape]>) -> Arc<[Shape]> {
        once(&self.shapes, node, find)
    }

    pub(super) fn trials(&self, schema: &Pointer, find: impl FnOnce() -> Arc<[Trial]>) -> Arc<[Trial]> {
        once(&self.trials, schema, find)
    }

    /// The sample, if it was looked for; it may be that there is none.
    pub(super) fn sample(&self, node: &Node) -> Option<Option<Value>> {
        self.samples.lock().unwrap_or_else(PoisonError::into_inner).get(node).cloned()
    }

    pub(super) fn keep_sample(&self, node: &Node, value: &Option<Value>) {
        self.samples.lock().unwrap_or_else(PoisonError::into_inner).insert(node.clone(), value.clone());
    }
}

/// Two that look for the same at once both look: nothing is locked meanwhile, because looking leads here again.
fn once<K: Clone + Eq + Hash, V: Clone>(map: &Mutex<HashMap<K, V>>, key: &K, find: impl FnOnce() -> V) -> V {
    // A panic while the lock was held leaves a map that is still good: entries are whole or absent.
    let known = map.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned();
    known.unwrap_or_else(|| {
        let found = find();
        map.lock().unwrap_or_else(PoisonError::into_inner).entry(key.clone()).or_insert(found).clone()
    })
}
