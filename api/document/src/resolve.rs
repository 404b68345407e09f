//! Follows references within a document.

use serde_json::Value;

use super::diagnostic::Diagnostic;
use super::load::Document;
use super::pointer::Pointer;

/// Where a chain of references ends.
#[derive(Clone, Debug)]
pub struct Resolved<'d> {
    /// The value; not a reference itself.
    pub value: &'d Value,
    /// The value's own place, which identifies it: two references to one component end at the same
    /// pointer, and `/components/schemas/Order` names it.
    pub pointer: Pointer,
}

impl Resolved<'_> {
    /// The component's name when the value is one: `Order` for `/components/schemas/Order` with the
    /// section `schemas`.
    #[must_use]
    pub fn component(&self, section: &str) -> Option<String> {
        let (parent, name) = (self.pointer.parent()?, self.pointer.last()?);
        (parent == Pointer::root().path(["components", section])).then_some(name)
    }
}

impl Document {
    /// The value at `pointer`, or, if that is a reference, what it refers to in the end.
    ///
    /// A value is a reference when it is an object whose `$ref` is a string; what stands beside `$ref`
    /// has no meaning in OpenAPI 3.0.
    ///
    /// # Errors
    /// A refusal at the reference that leads nowhere, out of the document, or round in a circle; at
    /// `pointer` itself if there is no value.
    pub fn resolve(&self, pointer: &Pointer) -> Result<Resolved<'_>, Diagnostic> {
        let mut pointer = pointer.clone();
        let mut value = self.get(&pointer).ok_or_else(|| self.refused(&pointer, "there is no value here"))?;
        let mut seen = vec![pointer.clone()];
        while let Some(reference) = reference(value) {
            let at = pointer.child("$ref");
            pointer = self.target(reference, &at)?;
            if seen.contains(&pointer) {
                return Err(self
                    .refused(&at, format!("the reference `{reference}` leads back to itself"))
                    .hint("one of the components in the circle has to say what it is"));
            }
            value = self.get(&pointer).ok_or_else(|| self.dangling(reference, &at))?;
            seen.push(pointer.clone());
        }
        Ok(Resolved { value, pointer })
    }

    /// What a reference such as `#/components/schemas/Order` means; `at` is where it is written. For
    /// references that are no `$ref`: a discriminator's mapping, an `operationRef`.
    ///
    /// # Errors
    /// As [`resolve`](Self::resolve).
    pub fn follow(&self, reference: &str, at: &Pointer) -> Result<Resolved<'_>, Diagnostic> {
        let pointer = self.target(reference, at)?;
        if self.get(&pointer).is_none() {
            return Err(self.dangling(reference, at));
        }
        self.resolve(&pointer)
    }

    /// The pointer that a reference spells out.
    fn target(&self, reference: &str, at: &Pointer) -> Result<Pointer, Diagnostic> {
        let Some(fragment) = reference.strip_prefix('#') else {
            return Err(self
                .refused(at, format!("the reference `{reference}` leads out of the document"))
                .hint("bundle the document into one file first"));
        };
        let pointer = percent_decode(fragment).ok_or_else(|| {
            self.refused(at, format!("the reference `{reference}` is not percent-encoded UTF-8"))
        })?;
        if pointer.is_empty() || pointer.starts_with('/') {
            Ok(Pointer::from(pointer.as_str()))
        } else {
            Err(self
                .refused(at, format!("the reference `{reference}` is not a JSON pointer"))
                .hint("write it as `#/components/…`"))
        }
    }

    fn dangling(&self, reference: &str, at: &Pointer) -> Diagnostic {
        self.refused(at, format!("the reference `{reference}` leads nowhere"))
    }
}

/// The text of `$ref` if the value is a reference.
#[must_use]
pub fn reference(value: &Value) -> Option<&str> {
    value.as_object()?.get("$ref")?.as_str()
}

/// A URI fragment as text (RFC 3986 section 2.1); a `%` that begins no escape stands for itself, as
/// documents in the wild have it. `None` when the result is not UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = escaped.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(value) if byte == b'%' => {
                decoded.push(value);
                rest = &after[2..];
            }
            _ => {
                decoded.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(decoded).ok()
}
