//! From the beginning of a thing to its end: what is created is there, what is changed stays changed, what is deleted is
//! gone.

use std::time::Duration;

use http::{StatusCode, header};
use serde_json::Value;

use super::pages;
use crate::{
    check::Check,
    document::Operation,
    exchange::Exchange,
    report::Reported,
    state::{
        Action, Contradiction, KindId, Made, Session, Story, Thing, Who, contradiction, is_missing, json,
        may_answer, text, things,
    },
    target::Role,
};

/// How long what was made may take to be seen: servers may read from copies.
const SOON: [Duration; 3] =
    [Duration::from_millis(50), Duration::from_millis(200), Duration::from_millis(500)];

pub(super) fn applies(session: &Session<'_>, operation: &Operation) -> bool {
    matches!(session.pool.graph().uses(operation).action, Some((Action::Create, _)))
}

pub(super) async fn run(session: Session<'_>, operation: &Operation) -> Vec<Reported> {
    let Some((_, kind)) = session.pool.graph().uses(operation).action else { return Vec::new() };
    let mut story = session.story(operation, "from its creation to its end");
    // `None` ends the story early; what it has shown until then counts.
    let _ = tell(&mut story, operation, kind).await;
    story.end()
}

async fn tell<'s>(story: &mut Story<'s>, operation: &'s Operation, kind: KindId) -> Option<()> {
    let (document, graph) = (story.document(), story.session.pool.graph());
    let mut made = story.make_by(operation).await?;
    let read = graph.doing(document, Action::Read, kind).next();
    if let Some(read) = read {
        is_where_it_says(story, read, &mut made).await?;
        is_readable(story, read, &made).await?;
    }
    is_listed(story, &made, kind).await?;
    for change in graph.doing(document, Action::Change, kind) {
        if let Some(read) = read {
            stays_changed(story, change, read, &made.thing).await?;
        }
    }
    for remove in graph.doing(document, Action::Remove, kind) {
        let Some(made) = story.make_by(operation).await else { break };
        ends(story, remove, read, &made.thing).await?;
    }
    Some(())
}

/// What `Location` leads to is what was created (RFC 9110, section 10.2.2).
async fn is_where_it_says(story: &mut Story<'_>, read: &Operation, made: &mut Made<'_>) -> Option<()> {
    let Some(location) = location(story, &made.exchange) else { return Some(()) };
    let (path, query) =
        location.split_once('?').map_or((location.as_str(), None), |(path, query)| (path, Some(query)));
    let mut got = story.follow(read, path, query).await?;
    for wait in SOON {
        if !is_missing(got.received.status) {
            break;
        }
        story.take_back();
        tokio::time::sleep(wait).await;
        got = story.follow(read, path, query).await?;
    }
    let id = |exchange: &Exchange| json(exchange).get("id").map(text);
    let found = match (id(&made.exchange), id(&got)) {
        _ if is_missing(got.received.status) => Some(format!("{location}, where there is nothing")),
        (Some(one), Some(other)) if one != other && got.received.status.is_success() => {
            Some(format!("{location}, where {other} is instead of {one}"))
        }
        _ => None,
    };
    match found {
        None => story.take_back(),
        Some(found) => {
            story.tell(
                Check::Availability,
                made.operation,
                "a Location where that is which was created",
                found,
            );
            story.take_back();
            let told = things(story.document(), story.session.pool.graph(), &made.exchange);
            let of_body = told.into_iter().rfind(|thing| thing.kind == made.thing.kind && thing.made);
            made.thing = of_body.unwrap_or_else(|| made.thing.clone());
        }
    }
    Some(())
}

/// Where an answer says that something was created, if it is on this server.
fn location(story: &Story<'_>, exchange: &Exchange) -> Option<String> {
    let location = exchange.received.headers.get(header::LOCATION)?.to_str().ok()?;
    let location = match location.split_once("://") {
        Some(_) => location.strip_prefix(&story.session.target.base_url())?,
        None => location.strip_prefix(story.session.target.prefix())?,
    };
    let location = location.split('#').next().unwrap_or(location);
    location.starts_with('/').then(|| location.to_owned())
}

/// Tells what two answers say of the same thing.
fn tell_contradiction(
    story: &mut Story<'_>,
    wrote: &Operation,
    read: &Operation,
    sent: Option<&Value>,
    (answered, got): (&Exchange, &Exchange),
) {
    let Some(sent) = sent.filter(|_| got.received.status.is_success()) else { return };
    let may_be_read = |body: &Value| may_answer(story.document(), read, &got.received, body);
    match contradiction(sent, &json(answered), &json(got), may_be_read) {
        Some(Contradiction::Read(found)) => {
            story.tell(Check::Availability, read, "what was written before, as it was answered then", found);
        }
        Some(Contradiction::Answered(found)) => {
            story.tell(Check::Availability, wrote, "an answer with what it has become", found);
        }
        None => {}
    }
}

/// It can be read, and is what the answer said it was.
async fn is_readable(story: &mut Story<'_>, read: &Operation, made: &Made<'_>) -> Option<()> {
    let got = read_soon(story, read, &made.thing).await?;
    let status = got.received.status;
    if is_missing(status) {
        story.tell(Check::Availability, read, "what was created before", status.to_string());
        return None;
    }
    tell_contradiction(story, made.operation, read, made.body(), (&made.exchange, &got));
    Some(())
}

async fn read_soon(story: &mut Story<'_>, read: &Operation, thing: &Thing) -> Option<Exchange> {
    for wait in SOON {
        let parts = story.session.bare(read, Some(thing))?;
        let got = story.send(read, parts).await?;
        if !is_missing(got.received.status) {
            return Some(got);
        }
        story.take_back();
        tokio::time::sleep(wait).await;
    }
    let parts = story.session.bare(read, Some(thing))?;
    story.send(read, parts).await
}

/// It is in the list, if nothing that was created is missing there: a list may leave out what nobody asked for.
async fn is_listed<'s>(story: &mut Story<'s>, made: &Made<'s>, kind: KindId) -> Option<()> {
    let (document, graph) = (story.document(), story.session.pool.graph());
    let Some(list) = graph.doing(document, Action::List, kind).next() else { return Some(()) };
    let before = story.exchanges();
    let found = listed(story, list, &made.thing).await;
    if found == Some(false) {
        let seen = story.exchanges();
        // Once more, with another one, before it is told.
        if let Some(again) = story.make_by(made.operation).await
            && listed(story, list, &again.thing).await == Some(false)
        {
            story.restore(seen);
            let found = format!("a list without {}", text(&made.thing.value));
            story.tell(Check::Availability, list, "what was created before, in the list", found);
        }
    }
    story.restore(before);
    Some(())
}

/// Whether a thing is in a list. `None` if that cannot be said.
pub(super) async fn listed(story: &mut Story<'_>, list: &Operation, thing: &Thing) -> Option<bool> {
    listed_for(story, list, thing, Who::Role(Role::Main)).await
}

/// Whether a thing is in the list that somebody gets.
pub(super) async fn listed_for(
    story: &mut Story<'_>,
    list: &Operation,
    thing: &Thing,
    who: Who<'_>,
) -> Option<bool> {
    let graph = story.session.pool.graph();
    let base = story.session.bare(list, Some(thing))?;
    // Where items do not say what they are, nothing can be said of one that is not seen.
    let is_among = |items: &[Value]| {
        let ids: Vec<Vec<&Value>> = items.iter().map(|item| pages::ids_of(graph, list, item)).collect();
        let is_it = |id: &&Value| text(id) == text(&thing.value);
        ids.iter().all(|ids| !ids.is_empty()).then(|| ids.iter().flatten().any(is_it))
    };
    if let Some(paging) = pages::Paging::of(story.document(), list) {
        let walk = story.walk(list, &paging, &base, paging.most, who).await?;
        return is_among(&walk.items).filter(|is_there| *is_there || walk.whole);
    }
    let exchange = story.send_as(list, base, who).await?;
    let items = exchange
        .received
        .status
        .is_success()
        .then(|| pages::items(story.document(), list, &exchange.received))
        .flatten()?;
    // What may be a part of the list says nothing of what is not in it.
    is_among(&items).filter(|is_there| *is_there || !pages::is_paged(list))
}

/// What was changed is read as it was answered.
async fn stays_changed(
    story: &mut Story<'_>,
    change: &Operation,
    read: &Operation,
    thing: &Thing,
) -> Option<()> {
    let before = story.exchanges();
    let Some((parts, changed)) = story.succeed(change, Some(thing)).await else { return Some(()) };
    let got = read_soon(story, read, thing).await?;
    if is_missing(got.received.status) {
        story.tell(Check::Availability, read, "what was changed before", got.received.status.to_string());
    } else {
        tell_contradiction(story, change, read, parts.body_value(), (&changed, &got));
    }
    story.restore(before);
    Some(())
}

/// What is deleted is not there afterwards, and nothing can be done with it.
async fn ends<'s>(
    story: &mut Story<'s>,
    remove: &'s Operation,
    read: Option<&Operation>,
    thing: &Thing,
) -> Option<()> {
    let before = match read {
        Some(read) => {
            let parts = story.session.bare(read, Some(thing))?;
            let got = story.send(read, parts).await?;
            story.take_back();
            Some(json(&got))
        }
        None => None,
    };
    let parts = story.draft(remove, Some(thing), crate::state::Variant::Sample)?;
    let removed = story.send(remove, parts).await?;
    // 202 says that it will be done later (RFC 9110, section 15.3.3).
    if !removed.received.status.is_success() || removed.received.status == StatusCode::ACCEPTED {
        return None;
    }
    if let (Some(read), Some(before)) = (read, before) {
        let parts = story.session.bare(read, Some(thing))?;
        let got = story.send(read, parts).await?;
        // What is only marked as deleted shows that.
        if got.received.status.is_success() && json(&got) == before {
            story.tell(
                Check::UseAfterDelete,
                read,
                "404 for what was deleted before",
                got.received.status.to_string(),
            );
            return None;
        }
        if got.received.status.is_success() {
            return None;
        }
        story.take_back();
    }
    let (document, graph) = (story.document(), story.session.pool.graph());
    if let Some(list) = graph.doing(document, Action::List, thing.kind).next()
        && read.is_none()
        && listed(story, list, thing).await == Some(true)
    {
        let found = format!("{} in the list", text(&thing.value));
        story.tell(Check::UseAfterDelete, list, "a list without what was deleted before", found);
        return None;
    }
    for change in graph.doing(document, Action::Change, thing.kind) {
        // PUT may create it again (RFC 9110, section 9.3.4).
        if change.method == http::Method::PUT && change.answers.contains_key("201") {
            continue;
        }
        let variant = story.next_variant();
        let Some(parts) = story.draft(change, Some(thing), variant) else { continue };
        let answer = story.send(change, parts).await?;
        if answer.received.status.is_success() && answer.received.status != StatusCode::CREATED {
            let found = answer.received.status.to_string();
            story.tell(Check::UseAfterDelete, change, "404 for what was deleted before", found);
            return None;
        }
        story.take_back();
    }
    Some(())
}
