//! Object-level authorisation: what belongs to one account is not for another one.
//!
//! The document does not say to whom a thing belongs; the server does, by what it refuses and lists. A thing is private if
//! reading it is refused to the other account, or if the other account's list is without it and something else on it is
//! answered as if it were not there. Then nothing on it may be done by the other account.

use http::StatusCode;
use serde_json::Value;

use super::{lifecycle, pages};
use crate::{
    check::Check,
    document::Operation,
    report::Reported,
    state::{Action, KindId, Session, Story, Thing, Who, is_safe, json, text},
    target::Role,
};

pub(super) fn applies(session: &Session<'_>, operation: &Operation) -> bool {
    session.target.identity(Role::Other).is_some()
        && matches!(session.pool.graph().uses(operation).action, Some((Action::Create, _)))
        && !operation.security.is_empty()
}

pub(super) async fn run(session: Session<'_>, operation: &Operation) -> Vec<Reported> {
    let Some((_, kind)) = session.pool.graph().uses(operation).action else { return Vec::new() };
    let mut story = session.story(operation, "what belongs to somebody else");
    let _ = tell(&mut story, operation, kind).await;
    story.end()
}

const OTHER: Who<'static> = Who::Role(Role::Other);

async fn tell<'s>(story: &mut Story<'s>, create: &'s Operation, kind: KindId) -> Option<()> {
    let (document, graph) = (story.document(), story.session.pool.graph());
    let made = story.make_by(create).await?;
    let begin = story.exchanges();
    let read = graph.doing(document, Action::Read, kind).find(|read| asks(read));
    let list = graph.doing(document, Action::List, kind).find(|list| asks(list));

    let seen = match read {
        Some(read) => {
            let parts = story.session.bare(read, Some(&made.thing))?;
            Some(story.send_as(read, parts, OTHER).await?)
        }
        None => None,
    };
    story.restore(begin.clone());
    let not_listed = match list {
        Some(list) => {
            let theirs = lifecycle::listed_for(story, list, &made.thing, OTHER).await;
            story.restore(begin.clone());
            let own = lifecycle::listed(story, list, &made.thing).await;
            story.restore(begin.clone());
            own == Some(true) && theirs == Some(false)
        }
        None => false,
    };
    let refused = seen.as_ref().is_some_and(|seen| refuses(seen.received.status));

    if refused && let Some(list) = list {
        // The last page that was looked at is the one with the thing on it, or the last one.
        if lifecycle::listed_for(story, list, &made.thing, OTHER).await == Some(true) {
            let found = format!("{}, which this account may not read", text(&made.thing.value));
            story.tell(Check::ObjectAuthorisation, list, "a list of what the account may read", found);
        }
        story.restore(begin.clone());
    }

    let mut hidden = false;
    for operation in on(story, kind) {
        let is_read = Some(&operation.id) == read.map(|read| &read.id);
        if is_read || !asks(operation) {
            continue;
        }
        // Each has a thing of its own: the ones before may have changed the first one.
        story.restart();
        let Some(own) = story.make_by(create).await else { continue };
        let answer = attempt(story, operation, &own.thing).await?;
        hidden |= answer == StatusCode::NOT_FOUND;
        if answer.is_success()
            && (refused || not_listed)
            && has_effect(story, operation, read, list, &own.thing).await?
        {
            let expected = "403 or 404: it belongs to another account";
            story.tell(Check::ObjectAuthorisation, operation, expected, answer.to_string());
        }
    }
    // Served by one operation although another one says that there is nothing, and the list as well.
    if let (Some(read), Some(seen)) = (read, seen)
        && seen.received.status.is_success()
        && not_listed
        && hidden
    {
        let mut exchanges = begin;
        let status = seen.received.status;
        exchanges.push(seen);
        story.restore(exchanges);
        let expected = "403 or 404: it belongs to another account";
        story.tell(Check::ObjectAuthorisation, read, expected, status.to_string());
    }
    Some(())
}

/// A valid request of another account about the thing.
async fn attempt(story: &mut Story<'_>, operation: &Operation, thing: &Thing) -> Option<StatusCode> {
    let variant = story.next_variant();
    let parts = story.draft(operation, Some(thing), variant)?;
    let exchange = story.send_as(operation, parts, OTHER).await?;
    Some(exchange.received.status)
}

/// Whether a success has done or shown something: deleting what one cannot see may succeed without doing anything.
async fn has_effect(
    story: &mut Story<'_>,
    operation: &Operation,
    read: Option<&Operation>,
    list: Option<&Operation>,
    thing: &Thing,
) -> Option<bool> {
    let so_far = story.exchanges();
    if is_safe(operation) {
        // A list of nothing shows nothing.
        let items =
            so_far.last().and_then(|exchange| pages::items(story.document(), operation, &exchange.received));
        return Some(items.is_none_or(|items| !items.is_empty()));
    }
    let last: Value = so_far.last().map(json).unwrap_or_default();
    let is_delete = operation.method == http::Method::DELETE;
    let effect = match (read, list) {
        (Some(read), _) if is_delete => {
            let parts = story.session.bare(read, Some(thing))?;
            !story.send(read, parts).await?.received.status.is_success()
        }
        (None, Some(list)) if is_delete => lifecycle::listed(story, list, thing).await == Some(false),
        _ => !is_delete && !last.is_null(),
    };
    story.restore(so_far);
    Some(effect)
}

/// Everything that can be done with one thing, what reads first and what deletes last.
fn on<'s>(story: &Story<'s>, kind: KindId) -> Vec<&'s Operation> {
    let graph = story.session.pool.graph();
    let operations = story.document().operations().iter();
    let mut on: Vec<&Operation> = operations
        .filter(|operation| graph.uses(operation).path.last().is_some_and(|(_, of)| *of == kind))
        .collect();
    on.sort_by_key(|operation| (!is_safe(operation), operation.method == http::Method::DELETE));
    on
}

/// Whether nobody is served without a credential.
fn asks(operation: &Operation) -> bool {
    !operation.security.is_empty() && operation.security.iter().all(|alternative| !alternative.is_empty())
}

fn refuses(status: StatusCode) -> bool {
    [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status)
}
