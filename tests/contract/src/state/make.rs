//! Makes things: so that others have something to work on, and new ones for a story of their own.

use serde_json::Value;

use super::{Action, Graph, KindId, Session, Thing, draft::Variant, learn, session::Story};
use crate::{case::Parts, document::Operation, exchange::Exchange};

/// How many things of each kind there should be.
const WANTED: usize = 4;
/// How many bodies are tried until the server takes one: a valid one may still be one too many, or of something sold out.
const TRIES: usize = 12;
/// After so many of them, what they refer to is made anew.
const FRESH: usize = 3;
/// How often it is gone through all kinds: one that needs another one has to wait for it.
const ROUNDS: usize = 3;

/// A thing that was just made.
#[derive(Debug, Clone)]
pub(crate) struct Made<'s> {
    pub(crate) operation: &'s Operation,
    pub(crate) parts: Parts,
    pub(crate) exchange: Exchange,
    pub(crate) thing: Thing,
}

impl Made<'_> {
    /// The body that it was made with.
    pub(crate) fn body(&self) -> Option<&Value> {
        self.parts.body_value()
    }
}

impl<'s> Story<'s> {
    /// A new thing of a kind.
    pub(crate) async fn make(&mut self, kind: KindId) -> Option<Made<'s>> {
        let (document, graph) = (self.document(), self.session.pool.graph());
        for operation in graph.doing(document, Action::Create, kind) {
            if let Some(made) = self.make_by(operation).await {
                return Some(made);
            }
        }
        None
    }

    /// A new thing from an operation that creates one.
    pub(crate) async fn make_by(&mut self, operation: &'s Operation) -> Option<Made<'s>> {
        let (_, kind) = self.session.pool.graph().uses(operation).action?;
        let (parts, exchange) = self.succeed(operation, None).await?;
        let told = learn::things(self.document(), self.session.pool.graph(), &exchange);
        let thing = told.into_iter().find(|thing| thing.kind == kind && thing.made)?;
        Some(Made { operation, parts, exchange, thing })
    }

    /// Sends valid bodies until the server takes one; what it did not take is no part of the story.
    pub(crate) async fn succeed(
        &mut self,
        operation: &Operation,
        thing: Option<&Thing>,
    ) -> Option<(Parts, Exchange)> {
        self.succeed_with(operation, thing, |parts| parts).await
    }

    /// The same with something else in each request.
    pub(crate) async fn succeed_with(
        &mut self,
        operation: &Operation,
        thing: Option<&Thing>,
        adapted: impl Fn(Parts) -> Parts,
    ) -> Option<(Parts, Exchange)> {
        for number in 0..TRIES {
            if number == FRESH {
                self.refresh(operation).await;
            }
            let variant = match number {
                0 if self.is_shared() => self.near_variant(),
                1 => Variant::Sample,
                3 => self.near_variant(),
                4 => Variant::Least,
                7 => self.unheard_near_variant(),
                8.. => self.unheard_variant(),
                _ => self.next_variant(),
            };
            let parts = adapted(self.draft(operation, thing, variant)?);
            let exchange = self.send(operation, parts.clone()).await?;
            if exchange.received.status.is_success() {
                return Some((parts, exchange));
            }
            self.take_back();
            // Without a body there is nothing else to try.
            parts.body.as_ref()?;
        }
        None
    }

    /// Makes natural things for what an operation refers to: those at hand may be sold out, blocked or beyond any price.
    async fn refresh(&mut self, operation: &Operation) {
        let (document, graph) = (self.document(), self.session.pool.graph());
        let uses = graph.uses(operation);
        let mut kinds: Vec<KindId> = uses.bodies.values().flatten().map(|(_, kind)| *kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.retain(|kind| uses.action.is_none_or(|(_, own)| own != *kind));
        for kind in kinds {
            for create in graph.doing(document, Action::Create, kind) {
                for variant in [self.near_variant(), self.unheard_near_variant()] {
                    let Some(parts) = self.session.draft(create, None, variant) else { continue };
                    let Some(exchange) = self.send(create, parts).await else { return };
                    let told = learn::things(document, graph, &exchange);
                    if let Some(thing) = told.into_iter().find(|thing| thing.kind == kind && thing.made) {
                        self.prefer(thing);
                        break;
                    }
                    self.take_back();
                }
            }
        }
    }
}

/// Looks at what is there, and makes something of every kind, those that others need first.
pub async fn setup(session: &Session<'_>) {
    let graph = session.pool.graph();
    for operation in session.document().operations() {
        let lists = graph.uses(operation).action.is_some_and(|(action, _)| action == Action::List);
        if lists && let Some(parts) = session.bare(operation, None) {
            let mut story = session.story(operation, "what is there").shared();
            story.send(operation, parts).await;
        }
    }
    for round in 0..ROUNDS {
        let mut creating: Vec<(usize, &Operation, KindId)> = session
            .document()
            .operations()
            .iter()
            .filter_map(|operation| match graph.uses(operation).action {
                Some((Action::Create, kind)) => Some((missing(session, graph, operation), operation, kind)),
                _ => None,
            })
            .collect();
        creating.sort_by_key(|(missing, operation, _)| (*missing, operation.template.as_str().len()));
        for (_, operation, kind) in creating {
            // What refers to things that come later waits for the next round.
            if round + 1 < ROUNDS && missing(session, graph, operation) > 0 {
                continue;
            }
            // No more often: what is named the same every time does not become more.
            for number in session.pool.made(kind).len()..WANTED {
                let mut story =
                    session.story(operation, format!("something to work on {round}.{number}")).shared();
                if story.make_by(operation).await.is_none() {
                    break;
                }
            }
        }
    }
}

/// How many kinds of things an operation refers to of which there is none.
fn missing(session: &Session<'_>, graph: &Graph, operation: &Operation) -> usize {
    let uses = graph.uses(operation);
    let outer = uses.path.iter().map(|(_, kind)| *kind);
    let referred = uses.bodies.values().flatten().map(|(_, kind)| *kind);
    let mut kinds: Vec<KindId> = outer.chain(referred).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let own = uses.action.map(|(_, kind)| kind);
    kinds.into_iter().filter(|kind| Some(*kind) != own && session.pool.things(*kind).is_empty()).count()
}
