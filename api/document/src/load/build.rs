//! Puts a document together from the events of a reader: one place for nesting, repeated keys, aliases
//! and their limits.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Document;
use super::spot::{Mark, Spot};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::pointer::Pointer;

/// How much aliases may add to a document, counted as [`Tree::weight`]. A large document, of two megabytes,
/// holds some 35,000 values altogether; one that grows exponentially hits the limit at once.
const MAX_ALIAS_WEIGHT: usize = 1_000_000;

/// A finished value with its positions.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    value: Value,
    spot: Spot,
    /// Values within, itself included, and one more for every 64 bytes of text.
    weight: usize,
    /// Containers within containers: 0 for a scalar.
    height: usize,
}

impl Tree {
    fn scalar(value: Value, mark: Mark) -> Self {
        let weight = 1 + value.as_str().map_or(0, |text| text.len() / 64);
        Self { value, spot: Spot::new(mark), weight, height: 0 }
    }
}

/// What the next value becomes within the container that is being read.
enum Slot {
    /// An element of an array, or the root.
    Element,
    /// The member of this name.
    Member { key: String, mark: Mark },
    /// A YAML merge key, `<<`: the members of the value become members here.
    Merge { mark: Mark },
}

/// A container that is being read.
struct Frame {
    tree: Tree,
    slot: Option<Slot>,
    /// Where each key of an object was first seen.
    keys: HashMap<String, Mark>,
    /// Values of merge keys; they come last because explicit members win.
    merges: Vec<(Value, Spot)>,
    /// The YAML anchor on the container, 0 for none.
    anchor: usize,
}

/// Receives a reader's events in document order.
///
/// The reader guarantees that events are balanced; the builder refuses what is balanced and still not
/// a document that can be worked with. A returned [`Diagnostic`] ends the reading.
pub(super) struct Builder {
    file: Arc<str>,
    frames: Vec<Frame>,
    anchors: HashMap<usize, Tree>,
    alias_weight: usize,
    root: Option<Tree>,
    diagnostics: Diagnostics,
}

impl Builder {
    pub(super) fn new(file: &Arc<str>) -> Self {
        Self {
            file: Arc::clone(file),
            frames: Vec::new(),
            anchors: HashMap::new(),
            alias_weight: 0,
            root: None,
            diagnostics: Diagnostics::new(),
        }
    }

    /// Whether the next event is a key.
    pub(super) fn expects_key(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.tree.value.is_object() && frame.slot.is_none())
    }

    /// A key; the value comes with the next event.
    pub(super) fn key(&mut self, key: &str, mark: Mark) {
        let Some(frame) = self.frames.last_mut() else { return };
        frame.slot = Some(Slot::Member { key: key.to_owned(), mark });
        let first = *frame.keys.entry(key.to_owned()).or_insert(mark);
        if first != mark {
            let first = first.within(&self.file);
            let message = format!("the key `{key}` is repeated; it stands first at {first}");
            let diagnostic = self.refuse(mark, message).hint("keep one of the two");
            self.diagnostics.push(diagnostic);
        }
    }

    /// An anchor on a key, which names the key's text.
    pub(super) fn anchor_key(&mut self, key: &str, mark: Mark, anchor: usize) {
        self.remember(anchor, &Tree::scalar(Value::String(key.to_owned()), mark));
    }

    /// A key that is the text of another one.
    pub(super) fn alias_key(&mut self, anchor: usize, mark: Mark) -> Result<(), Diagnostic> {
        match self.anchors.get(&anchor).map(|tree| tree.value.clone()) {
            Some(Value::String(key)) => {
                self.key(&key, mark);
                Ok(())
            }
            _ => Err(self.refuse(mark, "a key repeats a value that is not text".to_owned())),
        }
    }

    /// A YAML merge key; the value comes with the next event.
    pub(super) fn merge_key(&mut self, mark: Mark) {
        if let Some(frame) = self.frames.last_mut() {
            frame.slot = Some(Slot::Merge { mark });
        }
    }

    /// A value without children.
    pub(super) fn scalar(&mut self, value: Value, mark: Mark, anchor: usize) -> Result<(), Diagnostic> {
        let tree = Tree::scalar(value, mark);
        self.remember(anchor, &tree);
        self.complete(tree)
    }

    /// The beginning of an object or of an array; [`end`](Self::end) closes it.
    pub(super) fn begin(&mut self, value: Value, mark: Mark, anchor: usize) -> Result<(), Diagnostic> {
        if self.frames.len() >= Document::MAX_DEPTH {
            return Err(self.too_deep(mark));
        }
        let slot = value.is_array().then_some(Slot::Element);
        let tree = Tree { value, spot: Spot::new(mark), weight: 1, height: 1 };
        self.frames.push(Frame { tree, slot, keys: HashMap::new(), merges: Vec::new(), anchor });
        Ok(())
    }

    /// The end of the container that was begun last.
    pub(super) fn end(&mut self) -> Result<(), Diagnostic> {
        let Some(mut frame) = self.frames.pop() else { return Ok(()) };
        for merged in std::mem::take(&mut frame.merges) {
            merge(&mut frame.tree, merged);
        }
        self.remember(frame.anchor, &frame.tree);
        self.complete(frame.tree)
    }

    /// A repetition of the value that bears an anchor.
    pub(super) fn alias(&mut self, anchor: usize, mark: Mark) -> Result<(), Diagnostic> {
        let Some(anchored) = self.anchors.get(&anchor) else {
            return Err(self.refuse(mark, "the alias stands within the value that it repeats".to_owned()));
        };
        if self.frames.len() + anchored.height > Document::MAX_DEPTH {
            return Err(self.too_deep(mark));
        }
        self.alias_weight = self.alias_weight.saturating_add(anchored.weight);
        if self.alias_weight > MAX_ALIAS_WEIGHT {
            let message = format!("aliases add more than {MAX_ALIAS_WEIGHT} values to the document");
            return Err(self.refuse(mark, message).hint("use `$ref` to share what is large"));
        }
        let mut tree = anchored.clone();
        tree.spot.key = mark;
        tree.spot.value = mark;
        self.complete(tree)
    }

    /// A refusal of what stands at `mark`, within the container that is being read.
    pub(super) fn refuse(&self, mark: Mark, message: String) -> Diagnostic {
        Diagnostic {
            severity: Severity::Refused,
            location: mark.within(&self.file),
            pointer: self.pointer(),
            message,
            hint: None,
        }
    }

    /// Keeps a refusal that reading can go on after.
    pub(super) fn note(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The document, or every refusal: those that were noted, and `failure`, which ended the reading.
    pub(super) fn finish(mut self, failure: Option<Diagnostic>) -> Result<(Value, Spot), Diagnostics> {
        let root = self.root.take();
        self.diagnostics.extend(failure);
        match root {
            Some(tree) if self.diagnostics.is_empty() => Ok((tree.value, tree.spot)),
            Some(_) => Err(self.diagnostics),
            None => {
                if self.diagnostics.is_empty() {
                    let empty = self.refuse(Mark::START, "the document is empty".to_owned());
                    self.diagnostics.push(empty);
                }
                Err(self.diagnostics)
            }
        }
    }

    fn too_deep(&self, mark: Mark) -> Diagnostic {
        self.refuse(mark, format!("the document nests deeper than {} levels", Document::MAX_DEPTH))
    }

    fn remember(&mut self, anchor: usize, tree: &Tree) {
        if anchor != 0 {
            self.anchors.insert(anchor, tree.clone());
        }
    }

    /// Puts a finished value where it belongs.
    fn complete(&mut self, mut tree: Tree) -> Result<(), Diagnostic> {
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(tree);
            return Ok(());
        };
        let parent = &mut frame.tree;
        match (&mut parent.value, frame.slot.take()) {
            (Value::Array(items), _) => {
                frame.slot = Some(Slot::Element);
                items.push(std::mem::take(&mut tree.value));
            }
            (Value::Object(members), Some(Slot::Member { key, mark })) => {
                tree.spot.key = mark;
                // A repeated key was refused already; the first value stays, so that positions still fit.
                if members.contains_key(&key) {
                    return Ok(());
                }
                members.insert(key, std::mem::take(&mut tree.value));
            }
            (Value::Object(_), Some(Slot::Merge { mark })) => return self.take_merge(tree, mark),
            _ => return Ok(()),
        }
        parent.weight += tree.weight;
        parent.height = parent.height.max(tree.height + 1);
        parent.spot.children.push(tree.spot);
        Ok(())
    }

    /// The value of a merge key: an object, or an array of objects of which the first wins.
    fn take_merge(&mut self, tree: Tree, mark: Mark) -> Result<(), Diagnostic> {
        let sources: Vec<(Value, Spot)> = match tree.value {
            Value::Array(items) => items.into_iter().zip(tree.spot.children).collect(),
            value => vec![(value, tree.spot)],
        };
        if sources.iter().any(|(value, _)| !value.is_object()) {
            return Err(self.refuse(mark, "a merge key `<<` takes an object or a list of objects".to_owned()));
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.tree.weight += tree.weight;
            frame.tree.height = frame.tree.height.max(tree.height);
            frame.merges.extend(sources);
        }
        Ok(())
    }

    /// The pointer to the container that is being read, or to the member whose value is awaited.
    fn pointer(&self) -> Pointer {
        self.frames.iter().fold(Pointer::root(), |pointer, frame| match (&frame.tree.value, &frame.slot) {
            (_, Some(Slot::Member { key, .. })) => pointer.child(key),
            (Value::Array(items), _) => pointer.index(items.len()),
            _ => pointer,
        })
    }
}

/// Adds the members of another object that `target` does not have.
fn merge(target: &mut Tree, (source, spot): (Value, Spot)) {
    let (Value::Object(into), Value::Object(members)) = (&mut target.value, source) else { return };
    for ((key, value), spot) in members.into_iter().zip(spot.children) {
        if !into.contains_key(&key) {
            into.insert(key, value);
            target.spot.children.push(spot);
        }
    }
}

/// An object to [`Builder::begin`] with.
pub(super) fn object() -> Value {
    Value::Object(Map::new())
}

/// An array to [`Builder::begin`] with.
pub(super) fn array() -> Value {
    Value::Array(Vec::new())
}
