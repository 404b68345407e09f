//! A value of the document together with its address: what every step of the model walks over.

use serde_json::{Map, Value};

use orderly_document::{Diagnostic, Document, Pointer};

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node<'d> {
    pub(crate) document: &'d Document,
    pub(crate) value: &'d Value,
    pub(crate) pointer: Pointer,
}

impl<'d> Node<'d> {
    /// The whole document.
    pub(crate) fn root(document: &'d Document) -> Self {
        Self { document, value: document.root(), pointer: Pointer::root() }
    }

    /// The member `key` of an object.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key)?;
        Some(Self { document: self.document, value, pointer: self.pointer.child(key) })
    }

    /// The member `key`, with its reference followed.
    pub(crate) fn resolved(&self, key: &str) -> Result<Option<Self>, Diagnostic> {
        self.get(key).map(|node| node.follow()).transpose()
    }

    /// The members of an object in their order; nothing for anything else.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        let (document, pointer) = (self.document, self.pointer.clone());
        self.value
            .as_object()
            .into_iter()
            .flatten()
            .map(move |(key, value)| (key.as_str(), Self { document, value, pointer: pointer.child(key) }))
    }

    /// The elements of an array in their order; nothing for anything else.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> + use<'d> {
        let (document, pointer) = (self.document, self.pointer.clone());
        self.value.as_array().into_iter().flatten().enumerate().map(move |(index, value)| Self {
            document,
            value,
            pointer: pointer.index(index),
        })
    }

    /// The members of a member that is an object.
    pub(crate) fn members_of(&self, key: &str) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        self.get(key).into_iter().flat_map(|node| node.members())
    }

    /// The elements of a member that is an array.
    pub(crate) fn items_of(&self, key: &str) -> impl Iterator<Item = Self> + use<'d> {
        self.get(key).into_iter().flat_map(|node| node.items())
    }

    /// What a reference leads to in the end; the node itself if it is none.
    pub(crate) fn follow(&self) -> Result<Self, Diagnostic> {
        if !self.is_reference() {
            return Ok(self.clone());
        }
        let target = self.document.resolve(&self.pointer)?;
        Ok(Self { document: self.document, value: target.value, pointer: target.pointer })
    }

    /// The component's name, if the node is one: `Order` for `/components/schemas/Order`.
    pub(crate) fn component(&self, section: &str) -> Option<String> {
        let (parent, name) = (self.pointer.parent()?, self.pointer.last()?);
        (parent == Pointer::root().path(["components", section])).then_some(name)
    }

    pub(crate) fn is_reference(&self) -> bool {
        self.value.get("$ref").is_some_and(Value::is_string)
    }

    pub(crate) fn object(&self) -> Option<&'d Map<String, Value>> {
        self.value.as_object()
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.value.get(key)?.as_str()
    }

    /// Text for readers; blank counts as absent.
    pub(crate) fn prose(&self, key: &str) -> Option<String> {
        self.text(key).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Whether a flag is set.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }

    /// A count such as `maxItems`; `None` also for what is no natural number.
    pub(crate) fn count(&self, key: &str) -> Option<u64> {
        let number = self.value.get(key)?;
        number
            .as_u64()
            .or_else(|| number.as_f64().filter(|n| n.fract() == 0.0 && *n >= 0.0).map(|n| n as u64))
    }

    /// A remark that a member has no bearing on the server, if there is one.
    pub(crate) fn without_bearing(&self, key: &str) -> Option<Diagnostic> {
        self.get(key).map(|found| found.ignored(format!("`{key}` has no bearing on the server")))
    }

    pub(crate) fn refused(&self, message: impl Into<String>) -> Diagnostic {
        self.document.refused(&self.pointer, message)
    }

    pub(crate) fn warning(&self, message: impl Into<String>) -> Diagnostic {
        self.document.warning(&self.pointer, message)
    }

    pub(crate) fn ignored(&self, message: impl Into<String>) -> Diagnostic {
        self.document.ignored(&self.pointer, message)
    }
}
