//! What the mock does with a request, from its path to who answers it.

mod things;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

use super::{
    Fault, Settings,
    admission::{self, Request},
    answer::{self, Maker},
    caller::{self, Caller},
    resource::{Resource, Resources, Role},
    store::{Item, Store, digest},
};
use crate::{
    document::{Document, Location, Operation},
    exchange::{Received, Sent},
    route::Match,
};

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

fn set(answer: &mut Received, name: HeaderName, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        answer.headers.insert(name, value);
    }
}

/// An answer that says no more than its status.
fn bare(status: StatusCode) -> Received {
    Received { status, headers: HeaderMap::new(), body: Bytes::new() }
}
