//! What an answer tells about things that are on the server.

use http::{Method, StatusCode, header};
use serde_json::Value;

use super::{
    Action, Graph, KindId, Pool, Thing,
    graph::{Source, Yield},
    kind, site,
};
use crate::{
    document::{Document, Operation},
    exchange::Exchange,
    route::Match,
};

type Path = Vec<(String, String)>;

impl Pool {
    /// Remembers what an exchange of the main identity shows to be there, or to be gone.
    pub fn learn(&self, document: &Document, exchange: &Exchange) {
        for thing in things(document, self.graph(), exchange) {
            self.add(thing);
        }
        self.logins.learn(document, exchange);
        if let Some((kind, value)) = gone(document, self.graph(), exchange) {
            self.forget(kind, &value);
        }
    }
}

/// The things that an exchange shows to be there; what it is about first.
pub(crate) fn things(document: &Document, graph: &Graph, exchange: &Exchange) -> Vec<Thing> {
    let Match::Operation(operation, path) = document.find(&exchange.sent.method, &exchange.sent.path) else {
        return Vec::new();
    };
    let status = exchange.received.status;
    if !status.is_success() {
        return Vec::new();
    }
    let mut found: Vec<Thing> = located(document, graph, exchange).into_iter().collect();
    if status == StatusCode::CREATED && exchange.sent.method == Method::PUT {
        found.extend(named_by_path(graph, operation, &path));
    }
    let Some((name, _)) = operation.answer(status) else { return found };
    let told = graph.uses(operation).yields.get(name).map_or(&[][..], Vec::as_slice);
    let (own, others): (Vec<&Yield>, Vec<&Yield>) = told.iter().partition(|one| one.own);
    for one in own.into_iter().chain(others) {
        for value in values(&one.source, exchange, &path) {
            let within = within(graph, operation, &path, one.kind);
            let made = one.own && has_made(graph, operation, status);
            found.push(Thing { kind: one.kind, value, within, made });
        }
    }
    found
}

/// Whether a successful answer says that its operation has made the thing.
fn has_made(graph: &Graph, operation: &Operation, status: StatusCode) -> bool {
    let creates = graph.uses(operation).action.is_some_and(|(action, _)| action == Action::Create);
    creates || (status == StatusCode::CREATED && operation.method == Method::POST)
}

/// The thing that `Location` leads to (RFC 9110, section 10.2.2).
fn located(document: &Document, graph: &Graph, exchange: &Exchange) -> Option<Thing> {
    if exchange.received.status != StatusCode::CREATED {
        return None;
    }
    let location = exchange.received.headers.get(header::LOCATION)?.to_str().ok()?;
    // With or without scheme and authority; what the server is mounted under is left out step by step.
    let path = location
        .split_once("://")
        .map_or(location, |(_, rest)| &rest[rest.find('/').unwrap_or(rest.len())..]);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let starts = path.match_indices('/').map(|(start, _)| &path[start..]);
    starts.into_iter().find_map(|path| {
        document.operations().iter().find_map(|operation| {
            let is_thing = graph.uses(operation).action.is_some_and(|(action, kind)| {
                [Action::Read, Action::Change, Action::Remove].contains(&action)
                    && graph.kind(kind).item == kind::anonymous(operation.template.as_str())
            });
            let values = is_thing.then(|| operation.template.values(path)).flatten()?;
            named_by_path(graph, operation, &values)
        })
    })
}

/// The thing that a request's path names.
fn named_by_path(graph: &Graph, operation: &Operation, path: &Path) -> Option<Thing> {
    let (name, kind) = graph.uses(operation).path.last()?;
    let (_, value) = path.iter().find(|(parameter, _)| parameter == name)?;
    let within = within(graph, operation, path, *kind);
    Some(Thing { kind: *kind, value: Value::String(value.clone()), within, made: true })
}

/// The things of the request's path that things of a kind are in.
fn within(graph: &Graph, operation: &Operation, path: &Path, kind: KindId) -> Vec<(KindId, Value)> {
    let inner = graph.kind(kind);
    let named = graph.uses(operation).path.iter();
    let outer = named.filter(|(_, outer)| {
        let collection = &graph.kind(*outer).item;
        *outer != kind && inner.item.starts_with(&format!("{collection}/"))
    });
    outer
        .filter_map(|(name, kind)| {
            let (_, value) = path.iter().find(|(parameter, _)| parameter == name)?;
            Some((*kind, Value::String(value.clone())))
        })
        .collect()
}

/// The thing that is gone: it was deleted, or is not found under its own path.
pub(super) fn gone(document: &Document, graph: &Graph, exchange: &Exchange) -> Option<(KindId, Value)> {
    let Match::Operation(operation, path) = document.find(&exchange.sent.method, &exchange.sent.path) else {
        return None;
    };
    let (action, kind) = graph.uses(operation).action?;
    let status = exchange.received.status;
    let is_gone = match action {
        Action::Remove => status.is_success(),
        Action::Read => [StatusCode::NOT_FOUND, StatusCode::GONE].contains(&status),
        _ => false,
    };
    let (_, value) = is_gone.then(|| path.last()).flatten()?;
    Some((kind, Value::String(value.clone())))
}

/// What stands at a place of the exchange; texts and numbers only.
fn values(source: &Source, exchange: &Exchange, path: &Path) -> Vec<Value> {
    let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    let in_body = |steps: &[site::Step], body: &Value| site::at(steps, body).into_iter().cloned().collect();
    let found: Vec<Value> = match source {
        Source::Body(steps) => in_body(steps, &json(&exchange.received.body)),
        Source::RequestBody(steps) => in_body(steps, &json(&exchange.sent.body)),
        // Where a thing is, is no name of it: see `located`.
        Source::Header(name) if name.eq_ignore_ascii_case("location") => Vec::new(),
        Source::Header(name) => {
            let value = exchange.received.headers.get(name).and_then(|value| value.to_str().ok());
            value.map(Value::from).into_iter().collect()
        }
        Source::RequestPath(name) => path
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| Value::from(value.as_str()))
            .collect(),
        Source::RequestQuery(name) => {
            let query = exchange.sent.query.as_deref().unwrap_or_default();
            let pairs = form_urlencoded::parse(query.as_bytes());
            pairs
                .filter(|(known, _)| known == name)
                .map(|(_, value)| Value::from(value.into_owned()))
                .collect()
        }
    };
    found
        .into_iter()
        .filter(|value| value.as_str().is_some_and(|text| !text.is_empty()) || value.is_number())
        .collect()
}
