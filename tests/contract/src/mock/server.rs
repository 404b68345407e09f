//! What the mock does with a request, from its path to its answer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use fastrand::Rng;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use super::{
    Fault, Settings,
    admission::{self, Request},
    answer::{self, Maker, content, merged, success},
    caller::{self, Caller},
    id,
    page::{List, Page, next_members, say_next},
    resource::{Resource, Resources, Role, success_body},
    store::{Item, Store, digest},
};
use crate::{
    document::{Answer, Document, Location, Operation},
    exchange::{Received, Sent},
    route::Match,
};

/// Everything but the unreserved characters (RFC 3986, section 2.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Answers requests.
#[derive(Debug)]
pub(super) struct Server {
    document: Arc<Document>,
    settings: Settings,
    maker: Maker,
    resources: Resources,
    store: Mutex<Store>,
}

/// A request that the document allows, with all that is needed to answer it.
struct Call<'s> {
    operation: &'s Operation,
    sent: &'s Sent,
    path: Vec<(String, String)>,
    request: Request,
    caller: Caller,
}

impl Server {
    pub(super) fn new(document: Arc<Document>, settings: Settings) -> Self {
        let maker = Maker { document: document.clone(), seed: settings.seed };
        let resources = Resources::of(&document);
        Self { document, settings, maker, resources, store: Mutex::default() }
    }

    pub(super) fn answer(&self, sent: &Sent) -> Received {
        let mut answer = match self.document.find(&sent.method, &sent.path) {
            Match::Operation(operation, path) => {
                let mut answer = self.serve(operation, path, sent);
                if let Some(fault) = self.settings.fault {
                    fault.spoil(operation, sent, &mut answer);
                }
                answer
            }
            Match::OtherMethods(methods) => self.other_method(&methods),
            Match::Nothing => bare(StatusCode::NOT_FOUND),
        };
        for name in self.document.common_headers() {
            if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
                answer.headers.entry(name).or_insert(HeaderValue::from_static("1"));
            }
        }
        // RFC 9110, section 9.3.2.
        if sent.method == Method::HEAD {
            answer.body = Bytes::new();
        }
        answer
    }

    fn other_method(&self, methods: &[Method]) -> Received {
        let mut names: Vec<&str> = methods.iter().map(Method::as_str).collect();
        if names.contains(&"GET") && !names.contains(&"HEAD") {
            names.push("HEAD");
        }
        if self.has(Fault::Allow) {
            names = vec!["TRACE"];
        }
        let mut answer = bare(StatusCode::METHOD_NOT_ALLOWED);
        answer
            .headers
            .extend(HeaderValue::from_str(&names.join(", ")).ok().map(|value| (header::ALLOW, value)));
        answer
    }

    fn serve(&self, operation: &Operation, path: Vec<(String, String)>, sent: &Sent) -> Received {
        let refuse = |statuses: &[StatusCode]| self.maker.refuse(operation, statuses, &sent.path);
        let caller = match caller::of(operation, sent, &self.settings.accepted) {
            Ok(caller) => caller,
            Err(_) if self.has(Fault::Open) => None,
            Err(_) => {
                let mut answer = refuse(&[StatusCode::UNAUTHORIZED]);
                set(&mut answer, header::WWW_AUTHENTICATE, &caller::challenge(operation));
                return answer;
            }
        };
        let request = match admission::admit(&self.document, operation, sent) {
            Ok(_) if self.has(Fault::RefusesBodies) && !sent.body.is_empty() => {
                return refuse(&[StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY]);
            }
            Ok(request) => request,
            Err(refusal) if self.overlooks(refusal.reason) => refusal.request,
            Err(refusal) => return refuse(refusal.reason.statuses()),
        };
        self.act(&Call { operation, sent, path, request, caller })
    }

    /// Answers a request that the document allows; one with a known idempotency key as before.
    fn act(&self, call: &Call<'_>) -> Received {
        let mut store = self.store();
        let key =
            call.request.header("idempotency-key").filter(|_| !self.has(Fault::KeyIgnored)).map(|key| {
                let caller = call.caller.clone().unwrap_or_default();
                (call.operation.id.clone(), call.sent.path.clone(), caller, key.to_owned())
            });
        let content = digest((&call.sent.query, &call.sent.body));
        if let Some((known, answer)) = key.as_ref().and_then(|key| store.repeated.get(key)) {
            if *known == content {
                return answer.clone();
            }
            let statuses = [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT, StatusCode::BAD_REQUEST];
            return self.maker.refuse(call.operation, &statuses, &call.sent.path);
        }
        let answer = self.answer_new(&mut store, call);
        if let Some(key) = key.filter(|_| !answer.status.is_client_error()) {
            store.repeated.insert(key, (content, answer.clone()));
        }
        answer
    }

    fn answer_new(&self, store: &mut Store, call: &Call<'_>) -> Received {
        for resource in self.resources.above(call.operation) {
            if let Some(refusal) = self.look_up(store, resource, call) {
                return refusal;
            }
        }
        match self.resources.role(call.operation) {
            Some((resource, Role::Create)) => self.create(store, resource, call),
            Some((resource, Role::List)) => self.list(store, resource, call),
            Some((resource, Role::Delete)) => self.delete(store, resource, call),
            Some((resource, Role::Read | Role::Replace | Role::Change)) => self.item(store, resource, call),
            None => match self.precondition_of_action(store, call) {
                Some(refusal) => refusal,
                None => self.stateless(store, call),
            },
        }
    }

    /// Refuses if the thing that a path is about was deleted, belongs to somebody else, or, where the document has an
    /// answer for that, was never made.
    fn look_up(&self, store: &mut Store, resource: &Resource, call: &Call<'_>) -> Option<Received> {
        let id = call.value(resource.position)?.to_owned();
        let key = self.prepare(store, resource, call);
        let collection = store.collections.entry(key).or_default();
        let refuse = || {
            let statuses = [StatusCode::NOT_FOUND, StatusCode::GONE];
            Some(self.maker.refuse(call.operation, &statuses, &call.sent.path))
        };
        if collection.gone.contains(&id) {
            return refuse();
        }
        match collection.find(&id) {
            Some(item) if self.sees(item, call) || self.is_careless(call) => None,
            Some(_) => refuse(),
            None => {
                let statuses = [StatusCode::NOT_FOUND, StatusCode::GONE];
                answer::refusal(call.operation, &statuses).1.and_then(|_| refuse())
            }
        }
    }

    fn create(&self, store: &mut Store, resource: &Resource, call: &Call<'_>) -> Received {
        let created =
            call.operation.answers.get_key_value("201").map(|(_, answer)| (StatusCode::CREATED, answer));
        let Some((status, declared)) = created.or_else(|| success(call.operation)) else {
            return self.stateless(store, call);
        };
        let key = self.prepare(store, resource, call);
        store.made += 1;
        let mut rng = self.maker.rng((&call.operation.id, &call.sent.path, store.made));
        let collection = store.collections.entry(key).or_default();
        let sent = call.request.members();
        let Some((id, value)) = id::of_new(&self.maker, collection, resource, sent.as_ref(), &mut rng) else {
            return self.stateless(store, call);
        };
        if collection.find(&id).is_some() {
            if call.operation.answer(StatusCode::CONFLICT).is_some() {
                return self.maker.refuse(call.operation, &[StatusCode::CONFLICT], &call.sent.path);
            }
            // Without an answer that says so, it is made anew.
            collection.remove(&id);
        }
        let mut item = Item {
            id: id.clone(),
            owner: call.caller.clone(),
            members: sent.unwrap_or_default(),
            version: 0,
        };
        if let Some((member, _)) = &resource.id {
            item.members.insert(member.clone(), value);
        }
        let json = content(declared).filter(|content| content.is_json());
        let body = json.and_then(|content| self.maker.represent(&content.schema(), &item.members, &mut rng));
        body.iter().for_each(|body| item.learn(body));
        if let Some(schema) = &resource.body {
            let body = self.maker.represent(schema, &item.members, &mut rng);
            body.iter().for_each(|body| item.learn(body));
        }
        let mut answer = self.maker.answer(status, Some(declared), body, &mut rng);
        let location = format!("{}/{}", call.sent.path, utf8_percent_encode(&id, SEGMENT));
        set(&mut answer, header::LOCATION, &location);
        tag(&mut answer, &item);
        if !self.has(Fault::Forgets) {
            collection.gone.remove(&id);
            collection.items.push(item);
        }
        answer
    }

    fn list(&self, store: &mut Store, resource: &Resource, call: &Call<'_>) -> Received {
        let source = self.document.source();
        let body = success_body(call.operation);
        let list = body.as_ref().and_then(|body| List::of(source, body));
        let (Some(body), Some(list), Some((status, declared))) = (body, list, success(call.operation)) else {
            return self.stateless(store, call);
        };
        let key = self.prepare(store, resource, call);
        let mut rng = self.maker.rng((&call.operation.id, &key));
        let collection = store.collections.entry(key).or_default();
        let mut seen: Vec<&mut Item> =
            collection.items.iter_mut().filter(|item| self.sees(item, call)).collect();
        let page = Page::of(source, call.operation, declared, call.request.query(), seen.len());
        let lost = usize::from(self.has(Fault::ItemLost) && page.next.is_some());
        let items =
            seen[page.start..page.end.saturating_sub(lost).max(page.start)].iter_mut().filter_map(|item| {
                let shown =
                    self.maker.represent(&list.items, &item.members, &mut self.maker.rng(&item.id))?;
                item.learn(&shown);
                Some(shown)
            });
        let items = items.collect();
        let around = self.maker.value(&body, &mut rng).unwrap_or_default();
        let mut whole = list.fill(around, items, &page);
        let next = page.next.as_ref().map(|(_, value)| value.as_str());
        say_next(&mut whole, &next_members(source, &body), next, |whole| self.maker.allows(&body, whole));
        if !self.maker.allows(&body, &whole) {
            return self.stateless(store, call);
        }
        let mut answer = self.maker.answer(status, Some(declared), Some(whole), &mut rng);
        let links = declared.headers.iter().any(|header| header.name.eq_ignore_ascii_case("link"));
        if let Some((name, value)) = page.next.filter(|_| links) {
            let link = format!("<{}?{}>; rel=\"next\"", call.sent.path, call.query_with(&name, &value));
            set(&mut answer, header::LINK, &link);
        }
        answer
    }

    fn item(&self, store: &mut Store, resource: &Resource, call: &Call<'_>) -> Received {
        let Some((status, declared)) = success(call.operation) else { return bare(StatusCode::OK) };
        let key = self.prepare(store, resource, call);
        let id = call.value(resource.position).unwrap_or_default();
        let collection = store.collections.entry(key).or_default();
        let Some(item) = collection.find(id) else { return self.stateless(store, call) };
        if let Some(refusal) = self.precondition(item, call) {
            return refusal;
        }
        for (name, value) in call.request.members().into_iter().flatten() {
            if resource.id.as_ref().is_none_or(|(member, _)| *member != name) {
                let value = merged(item.members.get(&name).unwrap_or(&Value::Null), &value);
                item.members.insert(name, value);
            }
        }
        item.version += u64::from(call.operation.method != Method::GET);
        let mut rng = self.maker.rng((&call.operation.id, id));
        let json = content(declared).filter(|content| content.is_json());
        let body = json.and_then(|content| self.maker.represent(&content.schema(), &item.members, &mut rng));
        body.iter().for_each(|body| item.learn(body));
        let mut answer = self.maker.answer(status, Some(declared), body, &mut rng);
        tag(&mut answer, item);
        answer
    }

    fn delete(&self, store: &mut Store, resource: &Resource, call: &Call<'_>) -> Received {
        let key = self.prepare(store, resource, call);
        let id = call.value(resource.position).unwrap_or_default();
        let collection = store.collections.entry(key).or_default();
        if let Some(refusal) = collection.find(id).and_then(|item| self.precondition(item, call)) {
            return refusal;
        }
        if !self.has(Fault::ServesDeleted) && collection.find(id).is_some() {
            collection.remove(id);
        }
        self.stateless(store, call)
    }

    /// An answer that depends on the request alone, and on the thing that it is about.
    fn stateless(&self, store: &mut Store, call: &Call<'_>) -> Received {
        let Some((status, declared)) = success(call.operation) else { return bare(StatusCode::OK) };
        let mut rng = self.maker.rng((&call.operation.id, &call.sent.path));
        let json = content(declared).filter(|content| content.is_json());
        let about = self.resources.above(call.operation).last().and_then(|resource| {
            let schema = json.map(|content| content.schema())?;
            let end = |place| self.document.source().resolve(place).ok().map(|resolved| resolved.pointer);
            (end(&schema)? == end(resource.body.as_ref()?)?).then_some((resource, schema))
        });
        let body = about.and_then(|(resource, schema)| {
            let key = self.prepare(store, resource, call);
            let id = call.value(resource.position)?;
            let known = match store.collections.entry(key).or_default().find(id) {
                Some(item) => item.members.clone(),
                None => {
                    let (member, _) = resource.id.as_ref()?;
                    Map::from_iter([(member.clone(), id::read(&self.maker, resource, id)?)])
                }
            };
            self.maker.represent(&schema, &known, &mut rng)
        });
        let body = body.or_else(|| self.page_of_anything(declared, call, &mut rng));
        self.maker.answer(status, Some(declared), body, &mut rng)
    }

    /// A list of things that the mock knows nothing about: it is paged all the same.
    fn page_of_anything(&self, declared: &Answer, call: &Call<'_>, rng: &mut Rng) -> Option<Value> {
        let source = self.document.source();
        let schema = content(declared).filter(|content| content.is_json())?.schema();
        let list = List::of(source, &schema).filter(|_| call.operation.method == Method::GET)?;
        let value = self.maker.value(&schema, rng)?;
        let items = list.items(&value);
        let page = Page::of(source, call.operation, declared, call.request.query(), items.len());
        let mut whole = list.fill(value, items[page.start..page.end].to_vec(), &page);
        let next = page.next.as_ref().map(|(_, value)| value.as_str());
        say_next(&mut whole, &next_members(source, &schema), next, |whole| self.maker.allows(&schema, whole));
        self.maker.allows(&schema, &whole).then_some(whole)
    }

    /// `If-Match` and `If-None-Match`, where the operation knows them and has the answer (RFC 9110, section 13.1).
    fn precondition(&self, item: &Item, call: &Call<'_>) -> Option<Received> {
        let tag = item.tag();
        let names = |header: &str| {
            let value = call.request.header(header)?;
            Some(
                value.trim() == "*" || value.split(',').any(|one| one.trim().trim_start_matches("W/") == tag),
            )
        };
        let reads = call.operation.method == Method::GET;
        let (status, holds) = match reads {
            true => (StatusCode::NOT_MODIFIED, names("if-none-match").map(|same| !same)),
            false => (StatusCode::PRECONDITION_FAILED, names("if-match")),
        };
        let declared = answer::refusal(call.operation, &[status]).1;
        if holds != Some(false) || declared.is_none() {
            return None;
        }
        let mut answer = self.maker.refuse(call.operation, &[status], &call.sent.path);
        self::tag(&mut answer, item);
        Some(answer)
    }

    /// `If-Match` in a request that does something to a thing, without being about the thing alone.
    fn precondition_of_action(&self, store: &mut Store, call: &Call<'_>) -> Option<Received> {
        let resource = self.resources.above(call.operation).last()?;
        let key = self.prepare(store, resource, call);
        let id = call.value(resource.position)?;
        match store.collections.entry(key).or_default().find(id) {
            Some(item) => self.precondition(item, call),
            // What was never made has no version that could be meant.
            None => self.precondition(&Item::default(), call),
        }
    }

    /// The path of the collection that a request is about, with things in it from the beginning.
    fn prepare(&self, store: &mut Store, resource: &Resource, call: &Call<'_>) -> String {
        let mut values = call.path.iter();
        let key =
            resource.collection.fill(|_| values.next().map(|(_, value)| value.clone()).unwrap_or_default());
        if !store.collections.contains_key(&key) {
            let collection = store.collections.entry(key.clone()).or_default();
            let mut rng = self.maker.rng(&key);
            for _ in 0..self.settings.things {
                let Some((id, value)) = id::fresh(&self.maker, collection, resource, &mut rng) else { break };
                let mut item = Item { id, owner: None, members: Map::new(), version: 0 };
                item.members.extend(resource.id.iter().map(|(member, _)| (member.clone(), value.clone())));
                let body = resource.body.as_ref();
                let body = body.and_then(|schema| self.maker.represent(schema, &item.members, &mut rng));
                body.iter().for_each(|body| item.learn(body));
                collection.items.push(item);
            }
        }
        key
    }

    fn sees(&self, item: &Item, call: &Call<'_>) -> bool {
        !self.settings.private || item.owner.is_none() || item.owner == call.caller
    }

    fn is_careless(&self, call: &Call<'_>) -> bool {
        self.has(Fault::ServesOthers) && call.operation.method != Method::GET
    }

    fn overlooks(&self, reason: admission::Reason) -> bool {
        self.has(Fault::AcceptsAnything)
            || (self.has(Fault::HeaderOptional) && reason == admission::Reason::Missing(Location::Header))
    }

    fn has(&self, fault: Fault) -> bool {
        self.settings.fault == Some(fault)
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Call<'_> {
    /// The value of one of the path's parameters, decoded.
    fn value(&self, position: usize) -> Option<&str> {
        self.path.get(position).map(|(_, value)| value.as_str())
    }

    /// The query with one parameter changed.
    fn query_with(&self, name: &str, value: &str) -> String {
        let query = self.sent.query.as_deref().unwrap_or_default();
        let others = form_urlencoded::parse(query.as_bytes()).filter(|(known, _)| known != name);
        form_urlencoded::Serializer::new(String::new()).extend_pairs(others).append_pair(name, value).finish()
    }
}

fn tag(answer: &mut Received, item: &Item) {
    if answer.headers.contains_key(header::ETAG) {
        set(answer, header::ETAG, &item.tag());
    }
}

fn set(answer: &mut Received, name: HeaderName, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        answer.headers.insert(name, value);
    }
}

/// An answer that says no more than its status.
fn bare(status: StatusCode) -> Received {
    Received { status, headers: HeaderMap::new(), body: Bytes::new() }
}
