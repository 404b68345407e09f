//! What shows only over several requests: each probe tells a short story about an operation, and what is wrong with it.

mod authentication;
mod authorisation;
mod conditional;
mod head;
mod idempotency;
mod lifecycle;
pub(crate) mod pages;
mod pagination;
mod rate_limit;

use std::pin::Pin;

pub(crate) use self::pages::is_cursor;

use crate::{check::Check, document::Operation, report::Reported, state::Session};

/// What a probe is doing.
pub type Running<'s> = Pin<Box<dyn Future<Output = Vec<Reported>> + Send + 's>>;

/// A story that is told about every operation that it fits.
#[derive(Clone, Copy)]
pub struct Probe {
    /// Its name, as the files are called.
    pub name: &'static str,
    /// What it shows where it finds nothing.
    pub shows: &'static str,
    /// The checks that it finds for.
    pub checks: &'static [Check],
    /// Nothing else may be sent meanwhile, because it would change what is looked at.
    pub alone: bool,
    /// Whether an operation is one for this story, which the document alone says.
    pub applies: fn(&Session<'_>, &Operation) -> bool,
    /// Tells the story.
    pub run: for<'s> fn(Session<'s>, &'s Operation) -> Running<'s>,
}

/// Every probe.
pub const ALL: &[Probe] = &[
    Probe {
        name: "authentication",
        shows: "Without a credential, with a broken one and with an expired one, nothing is done and nothing is shown.",
        checks: &[Check::Authentication],
        alone: false,
        applies: authentication::applies,
        run: |session, operation| Box::pin(authentication::run(session, operation)),
    },
    Probe {
        name: "lifecycle",
        shows: "What is created can be read and is in its list; what is changed stays changed; what is deleted is gone.",
        checks: &[Check::Availability, Check::UseAfterDelete, Check::Pagination],
        alone: false,
        applies: lifecycle::applies,
        run: |session, operation| Box::pin(lifecycle::run(session, operation)),
    },
    Probe {
        name: "authorisation",
        shows: "What belongs to one account is neither shown to another one nor changed by it.",
        checks: &[Check::ObjectAuthorisation, Check::Pagination],
        alone: false,
        applies: authorisation::applies,
        run: |session, operation| Box::pin(authorisation::run(session, operation)),
    },
    Probe {
        name: "idempotency",
        shows: "A request that is repeated with its key has one effect and one answer; the key serves no other request.",
        checks: &[Check::Idempotency, Check::ObjectAuthorisation],
        alone: false,
        applies: idempotency::applies,
        run: |session, operation| Box::pin(idempotency::run(session, operation)),
    },
    Probe {
        name: "conditional",
        shows: "An ETag names one state: what has not changed is not sent again, and what has changed is not overwritten.",
        checks: &[Check::Conditional],
        alone: false,
        applies: conditional::applies,
        run: |session, operation| Box::pin(conditional::run(session, operation)),
    },
    Probe {
        name: "head",
        shows: "HEAD answers as GET does.",
        checks: &[Check::Method],
        alone: false,
        applies: head::applies,
        run: |session, operation| Box::pin(head::run(session, operation)),
    },
    Probe {
        name: "pagination",
        shows: "Pages lead to the end of a list; nothing is lost, repeated or out of order.",
        checks: &[Check::Pagination],
        alone: true,
        applies: pagination::applies,
        run: |session, operation| Box::pin(pagination::run(session, operation)),
    },
    Probe {
        name: "rate_limit",
        shows: "What is said of limits can be read, and counts down.",
        checks: &[Check::RateLimit],
        alone: true,
        applies: rate_limit::applies,
        run: |session, operation| Box::pin(rate_limit::run(session, operation)),
    },
];

impl std::fmt::Debug for Probe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Probe").field("name", &self.name).field("shows", &self.shows).finish_non_exhaustive()
    }
}
