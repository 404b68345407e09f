//! An idempotency key makes a request safe to repeat (the IETF's draft "The Idempotency-Key HTTP Header Field").

use http::{StatusCode, header};
use serde_json::Value;

use crate::{
    case::Parts,
    check::Check,
    document::{Location, Operation, Parameter},
    exchange::Exchange,
    report::Reported,
    state::{Action, Session, Story, Who, is_idempotency_key, text, things},
    target::Role,
};

/// How many other bodies are tried: the one that is sent with a used key has to be another one.
const TRIES: usize = 8;

pub(super) fn applies(_: &Session<'_>, operation: &Operation) -> bool {
    key(operation).is_some()
}

fn key(operation: &Operation) -> Option<&Parameter> {
    operation.parameters_in(Location::Header).find(|parameter| is_idempotency_key(&parameter.name))
}

pub(super) async fn run(session: Session<'_>, operation: &Operation) -> Vec<Reported> {
    let mut story = session.story(operation, "a request is repeated with its key");
    if let Some(parameter) = key(operation) {
        tell(&mut story, operation, parameter).await;
    }
    story.end()
}

async fn tell(story: &mut Story<'_>, operation: &Operation, parameter: &Parameter) -> Option<()> {
    let thing = story.session.pool.pick(operation);
    let key = || story.session.pool.fresh_key();
    let with_key = |parts: Parts| parts.with(Location::Header, &parameter.name, key());
    let (parts, first) = story.succeed_with(operation, thing.as_ref(), with_key).await?;
    let place = &parameter.place;

    let again = story.send(operation, parts.clone()).await?;
    if let Some((expected, found)) = differs(story, &first, &again) {
        story.tell_at(Check::Idempotency, operation, place, expected, found);
        return None;
    }
    story.take_back();

    if let Some(other) = other_body(story, operation, &parts) {
        let answer = story.send(operation, other).await?;
        let refused = ["409", "422", "4XX"].iter().any(|status| operation.answers.contains_key(*status));
        if answer.received.status.is_success() && refused {
            let found = answer.received.status.to_string();
            story.tell_at(
                Check::Idempotency,
                operation,
                place,
                "a refusal of another body with a used key",
                found,
            );
        }
        story.take_back();
    }

    let renewed = parts.clone().with(Location::Header, &parameter.name, story.session.pool.fresh_key());
    let answer = story.send(operation, renewed).await?;
    if let (Some(old), Some(new)) = (made(story, &first), made(story, &answer))
        && old == new
        // A server that answers the document's examples has made nothing.
        && !story.session.contract.says(&new)
    {
        story.tell_at(
            Check::Idempotency,
            operation,
            place,
            "something new for a new key",
            format!("{new} a second time"),
        );
    }
    story.take_back();

    if is_private(story, operation, &first).await? {
        let answer = story.send_as(operation, parts, Who::Role(Role::Other)).await?;
        if let (Some(own), Some(theirs)) = (made(story, &first), made(story, &answer))
            && own == theirs
        {
            let found = format!("{own}, which belongs to the account that used the key first");
            story.tell_at(
                Check::ObjectAuthorisation,
                operation,
                place,
                "something of their own for another account",
                found,
            );
        }
    }
    Some(())
}

/// Whether another account may not read what was made: both may as well belong together.
async fn is_private(story: &mut Story<'_>, operation: &Operation, first: &Exchange) -> Option<bool> {
    let (document, graph) = (story.document(), story.session.pool.graph());
    let Some((Action::Create, kind)) = graph.uses(operation).action else { return Some(false) };
    let Some(read) = graph.doing(document, Action::Read, kind).next() else { return Some(false) };
    let told = things(document, graph, first).into_iter().find(|thing| thing.kind == kind && thing.made);
    let (Some(thing), Some(_)) = (told, story.session.target.identity(Role::Other)) else {
        return Some(false);
    };
    let parts = story.session.bare(read, Some(&thing))?;
    let answer = story.send_as(read, parts, Who::Role(Role::Other)).await?;
    story.take_back();
    Some([StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&answer.received.status))
}

/// The same request with another body.
fn other_body(story: &mut Story<'_>, operation: &Operation, parts: &Parts) -> Option<Parts> {
    let body = parts.body_value()?;
    (0..TRIES).find_map(|_| {
        let variant = story.next_variant();
        let other = story.draft(operation, None, variant).and_then(|draft| draft.body)?;
        let other = Parts { body: Some(other), ..parts.clone() };
        (other.body_value()? != body).then_some(other)
    })
}

/// In what the second answer is another one than the first.
fn differs(story: &Story<'_>, first: &Exchange, again: &Exchange) -> Option<(String, String)> {
    let (one, other) = (&first.received, &again.received);
    let expected = || "the first answer again".to_owned();
    if one.status != other.status {
        return Some((expected(), format!("{} after {}", other.status, one.status)));
    }
    if let (Some(one), Some(other)) = (made(story, first), made(story, again))
        && one != other
    {
        return Some(("one effect".to_owned(), format!("{other} besides {one}")));
    }
    let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    let (body, other_body) = (json(&one.body), json(&other.body));
    if body != other_body {
        return Some((expected(), format!("{other_body} after {body}")));
    }
    let location = |headers: &http::HeaderMap| headers.get(header::LOCATION).cloned();
    let (place, other_place) = (location(&one.headers), location(&other.headers));
    (place != other_place).then(|| (expected(), format!("Location {other_place:?} after {place:?}")))
}

/// What names the thing that an answer says was made.
fn made(story: &Story<'_>, exchange: &Exchange) -> Option<String> {
    let told = things(story.document(), story.session.pool.graph(), exchange);
    told.into_iter().find(|thing| thing.made).map(|thing| text(&thing.value))
}
