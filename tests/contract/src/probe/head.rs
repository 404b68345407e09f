//! HEAD is GET without the content (RFC 9110, section 9.3.2).

use http::{Method, StatusCode};

use crate::{
    check::Check,
    document::Operation,
    report::Reported,
    state::{Session, Who},
    target::Role,
};

pub(super) fn applies(_: &Session<'_>, operation: &Operation) -> bool {
    operation.method == Method::GET
}

pub(super) async fn run(session: Session<'_>, operation: &Operation) -> Vec<Reported> {
    let mut story = session.story(operation, "HEAD is like GET");
    let thing = session.pool.pick(operation);
    let Some(get) = session.bare(operation, thing.as_ref()) else { return Vec::new() };
    let mut head = get.clone();
    head.method = Method::HEAD;
    let mut answers = Vec::new();
    for parts in [get.clone(), head, get] {
        let Some(exchange) = story.send_as(operation, parts, Who::Role(Role::Main)).await else {
            return Vec::new();
        };
        answers.push(exchange.received);
    }
    let [before, head, after] = answers.as_slice() else { return Vec::new() };
    // A server without HEAD says so; what changes between two requests says nothing.
    let without = [StatusCode::METHOD_NOT_ALLOWED, StatusCode::NOT_IMPLEMENTED, StatusCode::NOT_FOUND];
    if before.status != after.status || (without.contains(&head.status) && before.status != head.status) {
        return Vec::new();
    }
    // The story ends with what is judged.
    story.take_back();
    if head.status.is_success() != before.status.is_success() {
        let found = format!("{} for HEAD, {} for GET", head.status, before.status);
        story.tell(Check::Method, operation, "success for HEAD where GET succeeds, and only there", found);
    } else if !head.body.is_empty() {
        let found = format!("{} bytes", head.body.len());
        story.tell(Check::Method, operation, "no body in an answer to HEAD", found);
    }
    story.end()
}
