//! Who has to do with a thing: stories are told several at once, and one whose thing has the name of another one's, or was
//! deleted by somebody else, shows nothing.

use std::{
    collections::HashMap,
    sync::{MutexGuard, PoisonError},
};

use http::Method;
use serde_json::Value;

use super::{
    Graph, KindId, Pool,
    learn::{gone, things},
    pool::text,
};
use crate::{document::Document, exchange::Exchange};

/// The name of something that was made, with the names of what it is in.
type Claim = (KindId, String, Vec<(KindId, String)>);

/// What all stories together have named and deleted.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// How often a name was chosen in the request that made the thing.
    chosen: HashMap<Claim, usize>,
    /// How often what has a name was deleted.
    removed: HashMap<(KindId, String), usize>,
}

impl Pool {
    /// Remembers which names were chosen for what an exchange has made, and what it has deleted.
    pub(crate) fn claim(&self, document: &Document, exchange: &Exchange) {
        let claims = self.claims(document, exchange);
        let mut known = self.claimed();
        for (claim, _) in claims.into_iter().filter(|(_, is_chosen)| *is_chosen) {
            *known.chosen.entry(claim).or_default() += 1;
        }
        if let Some(removed) = removed(document, self.graph(), exchange) {
            *known.removed.entry(removed).or_default() += 1;
        }
    }

    /// Whether others have had to do with what a story has made: they have chosen its name as well, or have deleted it by
    /// that name, or what it is in. What is there now, only the server knows then.
    pub(super) fn is_contested(&self, document: &Document, story: &[Exchange]) -> bool {
        let own: Vec<_> =
            story.iter().filter_map(|exchange| removed(document, self.graph(), exchange)).collect();
        let claims: Vec<_> = story.iter().flat_map(|exchange| self.claims(document, exchange)).collect();
        let known = self.claimed();
        let by_others = |kind: KindId, name: &String| {
            let removed = (kind, name.clone());
            let times = own.iter().filter(|one| **one == removed).count();
            known.removed.get(&removed).is_some_and(|all| *all > times)
        };
        claims.iter().any(|(claim, is_chosen)| {
            let (kind, name, within) = claim;
            let again = known.chosen.get(claim).is_some_and(|times| *times > 1);
            // A server that has few names gives them again.
            (*is_chosen && again)
                || by_others(*kind, name)
                || within.iter().any(|(kind, name)| by_others(*kind, name))
        })
    }

    /// What an exchange has made, and whether its name was chosen in the request.
    fn claims(&self, document: &Document, exchange: &Exchange) -> Vec<(Claim, bool)> {
        let body = serde_json::from_slice(&exchange.sent.body).unwrap_or_default();
        // In a form, among others.
        let rest = match body {
            Value::Null => String::from_utf8_lossy(&exchange.sent.body),
            _ => "".into(),
        };
        let made = things(document, self.graph(), exchange).into_iter().filter(|thing| thing.made);
        made.map(|thing| {
            let name = text(&thing.value);
            let is_chosen = names(&body, &name) || rest.contains(&name);
            let within = thing.within.iter().map(|(kind, value)| (*kind, text(value))).collect();
            ((thing.kind, name, within), is_chosen)
        })
        .collect()
    }

    fn claimed(&self) -> MutexGuard<'_, Claims> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What an exchange has deleted.
fn removed(document: &Document, graph: &Graph, exchange: &Exchange) -> Option<(KindId, String)> {
    let (kind, value) = gone(document, graph, exchange).filter(|_| exchange.sent.method == Method::DELETE)?;
    Some((kind, text(&value)))
}

/// Whether a name stands anywhere in a value.
fn names(value: &Value, name: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| names(item, name)),
        Value::Object(members) => members.values().any(|member| names(member, name)),
        scalar => text(scalar) == name,
    }
}
