//! What a pass has to say about the document.

use super::walk::At;
use orderly_document::Pointer;

/// How the remark on an operation begins that is not in the SDK; the reason follows.
pub const LEFT_OUT: &str = "the SDK leaves this operation out: ";

/// One remark on one place of the source document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The place; it may be deeper than what the source spells out, and then means what contains it.
    pub pointer: Pointer,
    /// What the SDK does not have, in lower case and without a full stop.
    pub message: String,
}

/// The remarks of all passes, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report(Vec<Remark>);

impl Report {
    /// Something at `pointer` is in the SDK in a weaker form, or not at all.
    pub fn weaker(&mut self, pointer: Pointer, message: impl Into<String>) {
        let remark = Remark { pointer, message: message.into() };
        if !self.0.contains(&remark) {
            self.0.push(remark);
        }
    }

    /// The whole operation is not in the SDK.
    pub fn left_out(&mut self, at: &At, reason: &str) {
        self.weaker(at.pointer(), format!("{LEFT_OUT}{reason}"));
    }

    /// The remarks in the order in which they were made.
    pub fn remarks(&self) -> &[Remark] {
        &self.0
    }
}
