//! A place in a document as something to walk from: references are followed on every step.

use orderly_document::{Document, Pointer};
use serde_json::Value;

/// A value of a document with its own place. Two nodes of one document are the same where their places are.
#[derive(Debug, Clone)]
pub(crate) struct Node<'d> {
    document: &'d Document,
    /// The value; not a reference.
    pub(crate) value: &'d Value,
    /// Its place: that of the component where a reference led to one.
    pub(crate) at: Pointer,
}

impl<'d> Node<'d> {
    /// The whole document.
    pub(crate) fn root(document: &'d Document) -> Self {
        Self { document, value: document.root(), at: Pointer::root() }
    }

    /// The value at a pointer; `None` if there is none, or a reference that leads nowhere, which
    /// [`references`](crate::references) has refused before.
    pub(crate) fn at(document: &'d Document, pointer: &Pointer) -> Option<Self> {
        let resolved = document.resolve(pointer).ok()?;
        Some(Self { document, value: resolved.value, at: resolved.pointer })
    }

    /// A member.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        self.value.get(key)?;
        Self::at(self.document, &self.at.child(key))
    }

    /// A member of a member, and so on.
    pub(crate) fn path<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Option<Self> {
        keys.into_iter().try_fold(self.clone(), |node, key| node.get(key))
    }

    /// Every member that is no extension, in the order of the document.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        let (document, at) = (self.document, self.at.clone());
        let members = self.value.as_object().into_iter().flatten();
        members
            .filter(|(key, _)| !key.starts_with("x-"))
            .filter_map(move |(key, _)| Some((key.as_str(), Self::at(document, &at.child(key))?)))
    }

    /// Every member of a map whose keys are names of the document's author, extensions or not.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        let (document, at) = (self.document, self.at.clone());
        let members = self.value.as_object().into_iter().flatten();
        members.filter_map(move |(key, _)| Some((key.as_str(), Self::at(document, &at.child(key))?)))
    }

    /// Every element of an array.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> + use<'d> {
        let (document, at) = (self.document, self.at.clone());
        let count = self.value.as_array().map_or(0, Vec::len);
        (0..count).filter_map(move |index| Self::at(document, &at.index(index)))
    }

    /// The text of a member.
    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.value.get(key)?.as_str()
    }

    /// Whether a member is `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }

    /// The place of a member that says something, or that of the value if it says nothing.
    pub(crate) fn place(&self, key: &str) -> Pointer {
        if self.value.get(key).is_some() { self.at.child(key) } else { self.at.clone() }
    }

    /// The document that it is a place of.
    pub(crate) fn document(&self) -> &'d Document {
        self.document
    }
}
