//! A walk at random over what operations make and need: any order of creating, reading, changing and deleting that the
//! document allows, with what has to hold after each step.

use http::{Method, StatusCode};
use serde_json::Value;

use super::{
    Action, KindId, Session, Story, Thing,
    compare::{Contradiction, contradiction},
    draft::Variant,
    session::{is_missing, json, may_answer},
};
use crate::{check::Check, document::Operation, report::Reported};

/// A thing of this walk.
#[derive(Debug)]
struct Own {
    thing: Thing,
    /// The answer to the last request that made or changed it, with what was sent.
    said: Option<(Value, Value)>,
    /// It was read since anything could have taken it away.
    is_sure: bool,
}

/// A thing that this walk has deleted, with what it was like when it was read last.
#[derive(Debug)]
struct Gone {
    thing: Thing,
    last: Option<Value>,
}

struct Walk<'s> {
    story: Story<'s>,
    rng: fastrand::Rng,
    living: Vec<Own>,
    gone: Vec<Gone>,
}

/// Walks so many steps; the number tells walks of the same seed apart.
pub async fn walk(session: &Session<'_>, number: u64, steps: usize) -> Vec<Reported> {
    let graph = session.pool.graph();
    let creates = |operation: &&Operation| {
        graph.uses(operation).action.is_some_and(|(action, _)| action == Action::Create)
    };
    let creating: Vec<&Operation> = session.document().operations().iter().filter(creates).collect();
    let Some(first) = creating.first() else { return Vec::new() };
    let mut rng = session.rng(first, number);
    let begin = creating[rng.usize(..creating.len())];
    let mut walk = Walk {
        story: session.story(begin, format!("walk {number}")),
        rng,
        living: Vec::new(),
        gone: Vec::new(),
    };
    for _ in 0..steps {
        if walk.step(&creating).await.is_none() {
            break;
        }
    }
    walk.story.end()
}

impl<'s> Walk<'s> {
    /// One step; `None` ends the walk: something was found, or nothing is answered any more.
    async fn step(&mut self, creating: &[&'s Operation]) -> Option<()> {
        let create = creating[self.rng.usize(..creating.len())];
        if self.living.is_empty() || self.rng.u8(..6) == 0 {
            return self.create(create).await;
        }
        if !self.gone.is_empty() && self.rng.u8(..6) == 0 {
            return self.read_gone().await;
        }
        let which = self.rng.usize(..self.living.len());
        let operations = self.on(self.living[which].thing.kind);
        if operations.is_empty() {
            return self.create(create).await;
        }
        let (action, operation) = operations[self.rng.usize(..operations.len())];
        match action {
            Action::Read => self.read(operation, which).await,
            Action::Change => self.change(operation, which).await,
            Action::Remove => self.remove(operation, which).await,
            _ => self.act(operation, which).await,
        }
    }

    /// What can be done with one thing of a kind.
    fn on(&self, kind: KindId) -> Vec<(Action, &'s Operation)> {
        let graph = self.story.session.pool.graph();
        let operations = self.story.document().operations().iter();
        operations
            .filter_map(|operation| {
                let (action, of) = graph.uses(operation).action?;
                (of == kind && ![Action::Create, Action::List].contains(&action))
                    .then_some((action, operation))
            })
            .collect()
    }

    async fn create(&mut self, operation: &'s Operation) -> Option<()> {
        let Some(made) = self.story.make_by(operation).await else { return Some(()) };
        let said = made.parts.body_value().map(|sent| (sent.clone(), json(&made.exchange)));
        // It may be one that was there before, where creating the same twice is creating it once.
        self.living.retain(|own| own.thing != made.thing);
        self.gone.retain(|gone| gone.thing.value != made.thing.value);
        self.living.push(Own { thing: made.thing, said, is_sure: true });
        Some(())
    }

    async fn read(&mut self, operation: &'s Operation, which: usize) -> Option<()> {
        let parts = self.story.session.bare(operation, Some(&self.living[which].thing))?;
        let got = self.story.send(operation, parts).await?;
        let status = got.received.status;
        let own = &mut self.living[which];
        if is_missing(status) {
            if own.is_sure {
                self.story.tell(
                    Check::Availability,
                    operation,
                    "what was created before",
                    status.to_string(),
                );
                return None;
            }
            self.living.swap_remove(which);
            return Some(());
        }
        if !status.is_success() {
            return Some(());
        }
        own.is_sure = true;
        let document = self.story.document();
        let may_be_read = |body: &Value| may_answer(document, operation, &got.received, body);
        let contradicts = own.said.as_ref();
        let contradicts =
            contradicts.and_then(|(sent, said)| contradiction(sent, said, &json(&got), may_be_read));
        if let Some(Contradiction::Read(found)) = contradicts {
            let expected = "what was created before, as it was answered then";
            self.story.tell(Check::Availability, operation, expected, found);
            return None;
        }
        Some(())
    }

    async fn change(&mut self, operation: &'s Operation, which: usize) -> Option<()> {
        let thing = self.living[which].thing.clone();
        let variant = self.story.next_variant();
        let Some(parts) = self.story.draft(operation, Some(&thing), variant) else { return Some(()) };
        let sent = parts.body_value().cloned();
        let changed = self.story.send(operation, parts).await?;
        if changed.received.status.is_success() {
            self.living[which].said = sent.map(|sent| (sent, json(&changed)));
        }
        Some(())
    }

    async fn act(&mut self, operation: &'s Operation, which: usize) -> Option<()> {
        let thing = self.living[which].thing.clone();
        let variant = if operation.body.is_some() { self.story.next_variant() } else { Variant::Sample };
        let Some(parts) = self.story.draft(operation, Some(&thing), variant) else { return Some(()) };
        let acted = self.story.send(operation, parts).await?;
        let reads = [Method::GET, Method::HEAD].contains(&operation.method);
        if !reads && acted.received.status.is_success() {
            // Only the server knows what that has done to the thing.
            self.living[which].said = None;
            self.living[which].is_sure = false;
        }
        Some(())
    }

    async fn remove(&mut self, operation: &'s Operation, which: usize) -> Option<()> {
        let thing = self.living[which].thing.clone();
        let read = self.reading(thing.kind);
        let last = match read {
            Some(read) => {
                let parts = self.story.session.bare(read, Some(&thing))?;
                let got = self.story.send(read, parts).await?;
                got.received.status.is_success().then(|| json(&got))
            }
            None => None,
        };
        let parts = self.story.draft(operation, Some(&thing), Variant::Sample)?;
        let removed = self.story.send(operation, parts).await?;
        if removed.received.status.is_success() {
            self.living.swap_remove(which);
            // What was in it or belonged to it may be gone as well.
            self.living.iter_mut().for_each(|own| own.is_sure = false);
            if removed.received.status != StatusCode::ACCEPTED {
                self.gone.push(Gone { thing, last });
            }
        }
        Some(())
    }

    async fn read_gone(&mut self) -> Option<()> {
        let gone = &self.gone[self.rng.usize(..self.gone.len())];
        let (thing, last) = (gone.thing.clone(), gone.last.clone());
        let Some(read) = self.reading(thing.kind) else { return Some(()) };
        let parts = self.story.session.bare(read, Some(&thing))?;
        let got = self.story.send(read, parts).await?;
        // What is only marked as deleted shows that.
        if got.received.status.is_success() && last == Some(json(&got)) {
            let found = got.received.status.to_string();
            self.story.tell(Check::UseAfterDelete, read, "404 for what was deleted before", found);
            return None;
        }
        Some(())
    }

    fn reading(&self, kind: KindId) -> Option<&'s Operation> {
        self.story.session.pool.graph().doing(self.story.document(), Action::Read, kind).next()
    }
}
