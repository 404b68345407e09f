//! Servers that have drifted from their document: the real one behind a proxy that changes one thing. What the contract
//! engine is worth is how many of them it finds.

mod access;
mod answers;
mod json;
mod outside;
mod proxy;
mod refusals;
mod state;
mod world;

use orderly_contract::{Check, Received, Sent};

pub use self::{proxy::DriftedServer, world::World};

/// One way in which a server has drifted from its document.
#[derive(Debug, Clone, Copy)]
pub struct Drift {
    /// What is wrong, as a sentence in `snake_case`.
    pub name: &'static str,
    /// The operation that is wrong; empty for what lies outside of all.
    pub operation: &'static str,
    /// The operation whose answer shows it.
    pub seen_at: &'static str,
    /// The checks of which one has to find it.
    pub found_by: &'static [Check],
    change: Change,
}

/// What the proxy does differently.
#[derive(Debug, Clone, Copy)]
enum Change {
    /// Changes the request before the server sees it.
    Request(fn(&mut Sent, &World)),
    /// Sends the request again, changed, when the server's first answer is of that kind.
    Again(fn(&Sent, &Received) -> bool, fn(&mut Sent, &World)),
    /// Changes the answer before the client sees it.
    Answer(fn(&Sent, &mut Received, &World)),
    /// Takes a request of that kind though the server refuses it: answers as to the last good one.
    Accept(fn(&Sent) -> bool),
    /// Refuses a request of that kind though the server takes it.
    Refuse(fn(&Sent) -> bool),
    /// Answers itself, and the server never hears of it.
    Instead(fn(&Sent, &World) -> Option<Received>),
}

impl Drift {
    const fn new(
        name: &'static str,
        operation: &'static str,
        found_by: &'static [Check],
        change: Change,
    ) -> Self {
        Self { name, operation, seen_at: operation, found_by, change }
    }

    /// Another operation than the one that is wrong shows it.
    const fn seen_at(self, operation: &'static str) -> Self {
        Self { seen_at: operation, ..self }
    }
}

/// Every drift, by subject.
pub const SUBJECTS: [(&str, &[Drift]); 5] = [
    ("answers", answers::DRIFTS),
    ("refusals", refusals::DRIFTS),
    ("access", access::DRIFTS),
    ("state", state::DRIFTS),
    ("outside", outside::DRIFTS),
];
