//! A small server of notes that does what its document says, but for one fault at most.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use orderly_contract::{FREE_PORT, Listener};
use serde_json::{Value, json};

/// The document that the server is held to.
pub(crate) const DOCUMENT: &str = include_str!("../documents/notes.yaml");
/// The credentials that there are.
pub(crate) const MAIN: &str = "main-0123456789abcdef";
/// Of another account.
pub(crate) const OTHER: &str = "other-0123456789abcdef";
/// Of the first account, but not any more.
pub(crate) const EXPIRED: &str = "expired-0123456789abcdef";

/// What the server does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    AnyoneLists,
    AnyoneReplaces,
    AnyTokenReads,
    SimilarTokenReads,
    ExpiredTokenLists,
    OthersRead,
    OthersReplace,
    OthersDelete,
    OthersListed,
    Forgotten,
    ReadOtherwise,
    Unlisted,
    LocationOfAnother,
    ReplacedNotKept,
    DeletedStays,
    DeletedReplaced,
    KeyIgnored,
    KeyOfAnotherBody,
    KeyForEver,
    KeyOfOthers,
    RepeatedOtherwise,
    TagConstant,
    TagWithoutQuotes,
    NoneMatchIgnored,
    NoneMatchOfAnything,
    MatchIgnored,
    MatchNotNeeded,
    MatchNeverRight,
    HeadUnlike,
    PageLost,
    PageRepeated,
    PageUnordered,
    PagesWithoutEnd,
    LimitIgnored,
    CursorRefused,
    RateStands,
    RateUnreadable,
    RateOverQuota,
}

#[derive(Debug, Clone)]
struct Note {
    id: usize,
    owner: &'static str,
    title: Value,
    pinned: Value,
    version: usize,
    deleted: bool,
}

#[derive(Debug, Default)]
struct State {
    notes: Vec<Note>,
    keys: BTreeMap<String, (Bytes, Answer)>,
    requests: u64,
}

type Answer = (StatusCode, HeaderMap, Value);

/// Starts the server on a free port.
///
/// # Errors
/// If no port can be had.
pub(crate) async fn start(fault: Option<Fault>) -> io::Result<Listener> {
    let server = Arc::new(Server { fault, state: Mutex::default() });
    Listener::start(FREE_PORT, move |request| {
        let server = server.clone();
        async move { server.answer(request).await }
    })
    .await
}

struct Server {
    fault: Option<Fault>,
    state: Mutex<State>,
}

impl Server {
    fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
        let (path, query) = (head.uri.path().to_owned(), head.uri.query().unwrap_or_default().to_owned());
        let mut state = self.state.lock().unwrap();
        state.requests += 1;
        let requests = state.requests;
        let (status, mut headers, value) =
            self.route(&mut state, &head.method, &path, &query, &head.headers, body);
        let left = if self.has(Fault::RateStands) { 500 } else { 1_000_000 - requests };
        let (quota, limit) = match self.fault {
            Some(Fault::RateUnreadable) => ("1000000", format!(r#""account";r=plenty;t={requests}"#)),
            Some(Fault::RateOverQuota) => ("10", format!(r#""account";r={left};t=60"#)),
            _ => ("1000000", format!(r#""account";r={left};t=60"#)),
        };
        headers.insert("ratelimit-policy", format!(r#""account";q={quota};w=1000000000"#).parse().unwrap());
        headers.insert("ratelimit", limit.parse().unwrap());
        let text =
            if value.is_null() || head.method == Method::HEAD { String::new() } else { value.to_string() };
        if !value.is_null() {
            headers.insert(header::CONTENT_TYPE, "application/json".parse().unwrap());
        }
        let mut response = Response::new(Full::from(text));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
    }

    fn route(
        &self,
        state: &mut State,
        method: &Method,
        path: &str,
        query: &str,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Answer {
        let id = path.strip_prefix("/notes/").map(|id| id.parse().unwrap_or(usize::MAX));
        let head = *method == Method::HEAD;
        let method = if head { &Method::GET } else { method };
        let Some(caller) = self.caller(method, id, headers) else { return answer(StatusCode::UNAUTHORIZED) };
        if head && self.has(Fault::HeadUnlike) {
            return answer(StatusCode::BAD_REQUEST);
        }
        match (method.as_str(), id) {
            ("GET", None) => self.list(state, caller, query),
            ("POST", None) => self.create(state, caller, headers, body),
            ("GET", Some(id)) => self.read(state, caller, id, headers),
            ("PUT", Some(id)) => self.replace(state, caller, id, headers, &body),
            ("DELETE", Some(id)) => self.delete(state, caller, id),
            _ => answer(StatusCode::METHOD_NOT_ALLOWED),
        }
    }

    fn caller(&self, method: &Method, id: Option<usize>, headers: &HeaderMap) -> Option<&'static str> {
        let given =
            headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        match given {
            Some(MAIN) => return Some(MAIN),
            Some(OTHER) => return Some(OTHER),
            _ => {}
        }
        let lets_in = match self.fault? {
            Fault::AnyoneLists => method == Method::GET && id.is_none(),
            Fault::AnyoneReplaces => method == Method::PUT,
            Fault::AnyTokenReads => method == Method::GET && given.is_some(),
            Fault::SimilarTokenReads => given.is_some_and(|given| given.starts_with(&MAIN[..8])),
            Fault::ExpiredTokenLists => given == Some(EXPIRED),
            _ => false,
        };
        lets_in.then_some(MAIN)
    }

    fn list(&self, state: &State, caller: &str, query: &str) -> Answer {
        let value = |name: &str| {
            form_urlencoded::parse(query.as_bytes())
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
        };
        let limit: usize = value("limit").map_or(20, |limit| limit.parse().unwrap_or(20));
        let cursor = value("cursor").map(|cursor| cursor.parse::<usize>().unwrap_or(0));
        if cursor.is_some() && self.has(Fault::CursorRefused) {
            return answer(StatusCode::BAD_REQUEST);
        }
        let seen = |note: &&Note| !note.deleted && (note.owner == caller || self.has(Fault::OthersListed));
        let mut notes: Vec<&Note> = state.notes.iter().filter(seen).collect();
        if self.has(Fault::Unlisted) {
            notes.truncate(3);
        }
        let mut start = cursor.unwrap_or(0);
        if start > 0 && self.has(Fault::PageLost) {
            start += 1;
        }
        let at = if start > 0 && self.has(Fault::PageRepeated) { start - 1 } else { start };
        let length = if self.has(Fault::LimitIgnored) { limit + 1 } else { limit };
        let end = (start + length).min(notes.len());
        let mut page: Vec<Value> =
            notes.get(at..end).unwrap_or_default().iter().map(|note| note.shown()).collect();
        if self.has(Fault::PageUnordered) && limit < 20 {
            page.reverse();
        }
        let mut list = json!({ "items": page });
        if end < notes.len() {
            list["next_cursor"] = json!(end.to_string());
        } else if self.has(Fault::PagesWithoutEnd) {
            list["next_cursor"] = json!("0");
        }
        (StatusCode::OK, HeaderMap::new(), list)
    }

    fn create(&self, state: &mut State, caller: &'static str, headers: &HeaderMap, body: Bytes) -> Answer {
        let key =
            headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(|key| match self.fault {
                Some(Fault::KeyOfOthers) => key.to_owned(),
                Some(Fault::KeyForEver) => "always".to_owned(),
                _ => format!("{caller} {key}"),
            });
        if let Some((first, (status, headers, mut value))) =
            key.as_ref().and_then(|key| state.keys.get(key).cloned())
            && !self.has(Fault::KeyIgnored)
        {
            if first != body && !self.has(Fault::KeyOfAnotherBody) && !self.has(Fault::KeyForEver) {
                return answer(StatusCode::UNPROCESSABLE_ENTITY);
            }
            if self.has(Fault::RepeatedOtherwise) {
                value["pinned"] = json!("again");
            }
            return (status, headers, value);
        }
        let Some((title, pinned)) = written(&body) else { return answer(StatusCode::BAD_REQUEST) };
        let deleted = self.has(Fault::Forgotten);
        let id = state.notes.len() + 1;
        let note = Note { id, owner: caller, title, pinned, version: 1, deleted };
        let shown = note.shown();
        state.notes.push(note);
        let place = if self.has(Fault::LocationOfAnother) { id + 7 } else { id };
        let location = HeaderMap::from_iter([(header::LOCATION, format!("/notes/{place}").parse().unwrap())]);
        let answer = (StatusCode::CREATED, location, shown);
        if let Some(key) = key {
            state.keys.insert(key, (body, answer.clone()));
        }
        answer
    }

    fn read(&self, state: &State, caller: &str, id: usize, headers: &HeaderMap) -> Answer {
        let Some(note) =
            state.notes.iter().find(|note| note.id == id && (!note.deleted || self.has(Fault::DeletedStays)))
        else {
            return answer(StatusCode::NOT_FOUND);
        };
        if note.owner != caller && !self.has(Fault::OthersRead) {
            return answer(StatusCode::NOT_FOUND);
        }
        let tag = self.tag(note);
        let condition = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let same = condition == Some(&tag) || (condition.is_some() && self.has(Fault::NoneMatchOfAnything));
        let tags = HeaderMap::from_iter([(header::ETAG, tag.parse().unwrap())]);
        if same && !self.has(Fault::NoneMatchIgnored) {
            return (StatusCode::NOT_MODIFIED, tags, Value::Null);
        }
        let mut shown = note.shown();
        if self.has(Fault::ReadOtherwise) {
            shown["title"] = json!("Something else");
        }
        (StatusCode::OK, tags, shown)
    }

    fn replace(
        &self,
        state: &mut State,
        caller: &str,
        id: usize,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Answer {
        let lives = |note: &Note| !note.deleted || self.has(Fault::DeletedReplaced);
        let Some(note) = state.notes.iter_mut().find(|note| note.id == id && lives(note)) else {
            return answer(StatusCode::NOT_FOUND);
        };
        if note.owner != caller && !self.has(Fault::OthersReplace) {
            return answer(StatusCode::NOT_FOUND);
        }
        match headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()) {
            None if !self.has(Fault::MatchNotNeeded) => return answer(StatusCode::PRECONDITION_REQUIRED),
            Some(_) if self.has(Fault::MatchNeverRight) => return answer(StatusCode::PRECONDITION_FAILED),
            Some(tag) if tag != "*" && tag != self.tag(note) && !self.has(Fault::MatchIgnored) => {
                return answer(StatusCode::PRECONDITION_FAILED);
            }
            _ => {}
        }
        let Some((title, pinned)) = written(body) else { return answer(StatusCode::BAD_REQUEST) };
        let shown = Note { title: title.clone(), pinned: pinned.clone(), ..note.clone() }.shown();
        if !self.has(Fault::ReplacedNotKept) {
            let changed = note.title != title || note.pinned != pinned;
            (note.title, note.pinned) = (title, pinned);
            note.version += usize::from(changed);
        }
        (StatusCode::OK, HeaderMap::new(), shown)
    }

    fn delete(&self, state: &mut State, caller: &str, id: usize) -> Answer {
        let Some(note) = state.notes.iter_mut().find(|note| note.id == id && !note.deleted) else {
            return answer(StatusCode::NOT_FOUND);
        };
        if note.owner != caller && !self.has(Fault::OthersDelete) {
            return answer(StatusCode::NOT_FOUND);
        }
        note.deleted = true;
        answer(StatusCode::NO_CONTENT)
    }

    fn tag(&self, note: &Note) -> String {
        match self.fault {
            Some(Fault::TagConstant) => r#""v1""#.to_owned(),
            Some(Fault::TagWithoutQuotes) => format!("v{}", note.version),
            _ => format!(r#""{}-v{}""#, note.id, note.version),
        }
    }
}

impl Note {
    fn shown(&self) -> Value {
        json!({ "id": self.id.to_string(), "title": self.title, "pinned": self.pinned })
    }
}

fn written(body: &[u8]) -> Option<(Value, Value)> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let title = body.get("title").filter(|title| title.is_string())?;
    Some((title.clone(), body.get("pinned").cloned().unwrap_or(Value::Bool(false))))
}

fn answer(status: StatusCode) -> Answer {
    (status, HeaderMap::new(), Value::Null)
}
