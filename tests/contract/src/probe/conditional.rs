//! Conditional requests (RFC 9110, section 13): `ETag`, `If-None-Match` and `If-Match`.

use http::{HeaderValue, StatusCode, header};

use crate::{
    check::Check,
    document::{Location, Operation},
    exchange::Exchange,
    report::Reported,
    state::{Action, Session, Story, Thing},
};

/// What changes meanwhile is asked for again, but not for ever.
const TRIES: usize = 3;

pub(super) fn applies(_: &Session<'_>, operation: &Operation) -> bool {
    reads(operation) || declares(operation, "if-match")
}

/// Whether something can be read and what comes has an `ETag`.
fn reads(operation: &Operation) -> bool {
    let tagged = operation.answers.iter().any(|(status, answer)| {
        status.starts_with('2')
            && answer.headers.iter().any(|header| header.name.eq_ignore_ascii_case("etag"))
    });
    operation.method == http::Method::GET && (tagged || declares(operation, "if-none-match"))
}

fn declares(operation: &Operation, name: &str) -> bool {
    operation.parameters_in(Location::Header).any(|parameter| parameter.name.eq_ignore_ascii_case(name))
}

pub(super) async fn run(session: Session<'_>, operation: &Operation) -> Vec<Reported> {
    let mut story = session.story(operation, "conditions are held to");
    let graph = session.pool.graph();
    let thing = match graph.uses(operation).path.last() {
        Some((_, kind)) => match story.make(*kind).await {
            Some(made) => Some(made.thing),
            None => session.pool.pick(operation),
        },
        None => None,
    };
    let _ = if reads(operation) {
        read(&mut story, operation, thing.as_ref()).await
    } else {
        changes(&mut story, operation, thing.as_ref()).await
    };
    story.end()
}

/// What has not changed is not sent again; what has changed has another tag.
async fn read(story: &mut Story<'_>, operation: &Operation, thing: Option<&Thing>) -> Option<()> {
    let tag = not_modified(story, operation, thing).await?;
    if declares(operation, "if-none-match") {
        let parts = story.session.bare(operation, thing)?;
        let parts = parts.with(Location::Header, "If-None-Match", r#""of-nothing-that-is-here""#);
        let other = story.send(operation, parts).await?;
        if other.received.status == StatusCode::NOT_MODIFIED {
            let expected = "the whole answer: the tag is another one";
            story.tell(Check::Conditional, operation, expected, other.received.status.to_string());
        }
        story.take_back();
    }
    match thing.filter(|thing| thing.made) {
        Some(thing) => is_of_one_state(story, operation, thing, &tag).await,
        None => Some(()),
    }
}

/// With the tag that was just seen there is nothing to send.
async fn not_modified(
    story: &mut Story<'_>,
    operation: &Operation,
    thing: Option<&Thing>,
) -> Option<HeaderValue> {
    for attempt in 1..=TRIES {
        let parts = story.session.bare(operation, thing)?;
        let first = story.send(operation, parts.clone()).await?;
        let tag = first.received.status.is_success().then(|| etag(&first)).flatten()?;
        if !is_entity_tag(tag.as_bytes()) {
            let found = format!("{tag:?}");
            story.tell(Check::Conditional, operation, "an ETag in quotes (RFC 9110, section 8.8.3)", found);
            return None;
        }
        let condition = tag.to_str().ok()?;
        let again = story.send(operation, parts.with(Location::Header, "If-None-Match", condition)).await?;
        let status = again.received.status;
        if status == StatusCode::NOT_MODIFIED {
            if !again.received.body.is_empty() {
                let found = format!("{} bytes", again.received.body.len());
                story.tell(Check::Conditional, operation, "304 without a body", found);
            }
            story.take_back();
            return Some(tag);
        }
        let unchanged = status.is_success()
            && (first.received.body == again.received.body || etag(&again) == Some(tag.clone()));
        let supported = operation.answers.contains_key("304") || declares(operation, "if-none-match");
        if !supported {
            return Some(tag);
        }
        if unchanged || attempt == TRIES {
            story.tell(Check::Conditional, operation, "304: nothing has changed", status.to_string());
            return None;
        }
        story.restart();
    }
    None
}

/// Another state has another tag, if the tag is a strong one.
async fn is_of_one_state(
    story: &mut Story<'_>,
    operation: &Operation,
    thing: &Thing,
    old: &HeaderValue,
) -> Option<()> {
    let (document, graph) = (story.document(), story.session.pool.graph());
    if graph.uses(operation).action.is_none_or(|(action, _)| action != Action::Read) {
        return Some(());
    }
    let parts = story.session.bare(operation, Some(thing))?;
    let before = story.send(operation, parts.clone()).await?;
    for change in graph.doing(document, Action::Change, thing.kind) {
        if story.succeed(change, Some(thing)).await.is_none() {
            continue;
        }
        let after = story.send(operation, parts.clone()).await?;
        let changed = after.received.status.is_success() && after.received.body != before.received.body;
        if changed && etag(&after).as_ref() == Some(old) && !old.as_bytes().starts_with(b"W/") {
            let expected = "another ETag for another state";
            story.tell(Check::Conditional, operation, expected, format!("{old:?} again"));
        }
        return Some(());
    }
    Some(())
}

/// What was changed since is not overwritten.
async fn changes(story: &mut Story<'_>, operation: &Operation, thing: Option<&Thing>) -> Option<()> {
    let thing = thing.filter(|thing| thing.made)?;
    let tries = [
        (
            "If-Match of another version",
            Some(r#""of-nothing-that-is-here""#),
            StatusCode::PRECONDITION_FAILED,
        ),
        ("no If-Match", None, StatusCode::PRECONDITION_REQUIRED),
    ];
    for (condition, tag, expected) in tries {
        if !operation.answers.contains_key(expected.as_str()) {
            continue;
        }
        let variant = story.next_variant();
        let parts = story.draft(operation, Some(thing), variant)?;
        let parts = match tag {
            Some(tag) => parts.with(Location::Header, "If-Match", tag),
            None => parts.without(Location::Header, "If-Match"),
        };
        let answer = story.send(operation, parts).await?;
        if answer.received.status.is_success() {
            let expected = format!("{expected} for {condition}");
            story.tell(Check::Conditional, operation, expected, answer.received.status.to_string());
        }
        story.take_back();
    }
    // A change may not be possible at all, and then says nothing.
    let _ = continues(story, operation, thing).await;
    story.restart();
    current(story, operation, thing).await
}

/// The tag in the answer to a change is that of what it has become: with it, it can be changed again.
async fn continues(story: &mut Story<'_>, operation: &Operation, thing: &Thing) -> Option<()> {
    let (_, changed) = story.succeed(operation, Some(thing)).await?;
    let tag =
        etag(&changed).filter(|tag| is_entity_tag(tag.as_bytes()) && !tag.as_bytes().starts_with(b"W/"))?;
    let variant = story.next_variant();
    let draft = story.draft(operation, Some(thing), variant)?;
    let again = story.send(operation, draft.with(Location::Header, "If-Match", tag.to_str().ok()?)).await?;
    if again.received.status == StatusCode::PRECONDITION_FAILED {
        let expected = "the ETag of what it has become";
        story.tell(
            Check::Conditional,
            operation,
            expected,
            format!("{tag:?}, which is of no use for the next change"),
        );
    }
    story.take_back();
    Some(())
}

/// The version that was just read can be changed once with its tag, and not again.
async fn current(story: &mut Story<'_>, operation: &Operation, thing: &Thing) -> Option<()> {
    let (document, graph) = (story.document(), story.session.pool.graph());
    let read = graph.doing(document, Action::Read, thing.kind).next()?;
    let parts = story.session.bare(read, Some(thing))?;
    let seen = story.send(read, parts.clone()).await?;
    // A weak tag matches nothing in If-Match (RFC 9110, section 13.1.1).
    let tag =
        etag(&seen).filter(|tag| is_entity_tag(tag.as_bytes()) && !tag.as_bytes().starts_with(b"W/"))?;
    let tag = tag.to_str().ok()?.to_owned();
    let mut changed = false;
    for _ in 0..TRIES * 2 {
        let variant = story.next_variant();
        let draft = story.draft(operation, Some(thing), variant)?;
        let answer = story.send(operation, draft.with(Location::Header, "If-Match", tag.as_str())).await?;
        let status = answer.received.status;
        match (changed, status) {
            (false, StatusCode::PRECONDITION_FAILED) => {
                story.tell(
                    Check::Conditional,
                    operation,
                    "a change: the tag is that of the current version",
                    status.to_string(),
                );
                return None;
            }
            (false, status) if status.is_success() => {
                let now = story.send(read, parts.clone()).await?;
                // What was changed into itself is still the same version.
                changed = now.received.status.is_success() && etag(&now).is_some_and(|now| now != *tag);
                story.take_back();
                if !changed {
                    return None;
                }
            }
            (true, status) if status.is_success() => {
                story.tell(
                    Check::Conditional,
                    operation,
                    "412: the tag is that of an earlier version",
                    status.to_string(),
                );
                return None;
            }
            (true, StatusCode::PRECONDITION_FAILED) => return Some(()),
            _ => story.take_back(),
        }
    }
    Some(())
}

fn etag(exchange: &Exchange) -> Option<HeaderValue> {
    exchange.received.headers.get(header::ETAG).cloned()
}

/// RFC 9110, section 8.8.3: `[ "W/" ] DQUOTE *etagc DQUOTE`.
fn is_entity_tag(tag: &[u8]) -> bool {
    let quoted = tag.strip_prefix(b"W/").unwrap_or(tag);
    let inner = quoted.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    inner.is_some_and(|inner| inner.iter().all(|byte| matches!(byte, 0x21 | 0x23..=0x7e | 0x80..)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entity_tags_are_in_quotes() {
        for good in [r#""""#, r#""v7""#, r#"W/"a-b.c!""#] {
            assert!(is_entity_tag(good.as_bytes()), "{good}");
        }
        for bad in ["", "v7", r#""v7"#, r#""a"b""#, r#"w/"v7""#, r#""a b""#, "\""] {
            assert!(!is_entity_tag(bad.as_bytes()), "{bad}");
        }
    }
}
