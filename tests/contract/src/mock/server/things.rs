//! What is done to things: they are made, listed, read, changed and deleted.

use fastrand::Rng;
use http::{Method, StatusCode, header};
use orderly_document::Pointer;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use super::{Call, Server, bare, set};
use crate::{
    document::{Answer, Content},
    exchange::Received,
    mock::{
        Fault,
        answer::{self, content, merged, success},
        id,
        page::{List, Page, next_members, say_next},
        resource::{Resource, success_body},
        store::{Item, Store},
    },
};

/// Everything but the unreserved characters (RFC 3986, section 2.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Server {
    pub(super) fn create(&self, store: &mut Store, resource: &Resource, call: &Call<'_>) -> Received {
        let created =
            call.operation.answers.get_key_value("201").map(|(_, answer)| (StatusCode::CREATED, answer));
        let Some((status, declared)) = created.or_else(|| success(call.operation)) else {
            return self.stateless(store, call);
        };
        let key = self.prepare(store, resource, call);
        store.made += 1;
        let mut rng = self.maker.rng((&call.operation.id, &call.sent.path, store.made));
        let collection = store.collections.entry(key).or_default();
        let schema = content(declared).filter(|content| content.is_json()).map(Content::schema);
        let sent = self.sent(resource, schema.as_ref(), call);
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
            ..Item::default()
        };
        if let Some((member, _)) = &resource.id {
            item.members.insert(member.clone(), value);
        }
        let mut tell = |schema| self.maker.tell(schema, &resource.wrapping, &mut item, &mut rng);
        let body = schema.as_ref().and_then(&mut tell);
        let _ = resource.body.as_ref().and_then(tell);
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

    pub(super) fn list(&self, store: &mut Store, resource: &Resource, call: &Call<'_>) -> Received {
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
                let mut rng = self.maker.rng(&item.id);
                self.maker.tell(&list.items, &resource.wrapping, item, &mut rng)
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

    pub(super) fn item(&self, store: &mut Store, resource: &Resource, call: &Call<'_>) -> Received {
        let Some((status, declared)) = success(call.operation) else { return bare(StatusCode::OK) };
        let key = self.prepare(store, resource, call);
        let id = call.value(resource.position).unwrap_or_default();
        let collection = store.collections.entry(key).or_default();
        let Some(item) = collection.find(id) else { return self.stateless(store, call) };
        if let Some(refusal) = self.precondition(item, call) {
            return refusal;
        }
        let schema = content(declared).filter(|content| content.is_json()).map(Content::schema);
        for (name, value) in self.sent(resource, schema.as_ref(), call).into_iter().flatten() {
            if resource.id.as_ref().is_none_or(|(member, _)| *member != name) {
                let value = merged(item.members.get(&name).unwrap_or(&Value::Null), &value);
                item.members.insert(name, value);
            }
        }
        item.version += u64::from(call.operation.method != Method::GET);
        let mut rng = self.maker.rng((&call.operation.id, id));
        let body = schema.and_then(|schema| self.maker.tell(&schema, &resource.wrapping, item, &mut rng));
        let mut answer = self.maker.answer(status, Some(declared), body, &mut rng);
        tag(&mut answer, item);
        answer
    }

    pub(super) fn delete(&self, store: &mut Store, resource: &Resource, call: &Call<'_>) -> Received {
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
    pub(super) fn stateless(&self, store: &mut Store, call: &Call<'_>) -> Received {
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
            let mut known = match store.collections.entry(key).or_default().find(id) {
                Some(item) => item.clone(),
                None => {
                    let (member, _) = resource.id.as_ref()?;
                    let members = Map::from_iter([(member.clone(), id::read(&self.maker, resource, id)?)]);
                    Item { members, ..Item::default() }
                }
            };
            self.maker.tell(&schema, &resource.wrapping, &mut known, &mut rng)
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

    /// What was sent about a thing: in the member where the answer has it, or bare.
    fn sent(
        &self,
        resource: &Resource,
        answer: Option<&Pointer>,
        call: &Call<'_>,
    ) -> Option<Map<String, Value>> {
        let sent = call.request.members()?;
        let wrapper = answer.and_then(|schema| resource.wrapping.around(self.document.source(), schema));
        Some(match wrapper {
            Some(wrapper) => wrapper.thing_of(sent),
            None => sent,
        })
    }

    /// `If-Match` and `If-None-Match`, where the operation knows them and has the answer (RFC 9110, section 13.1).
    fn precondition(&self, item: &Item, call: &Call<'_>) -> Option<Received> {
        let current = item.tag();
        let names = |header: &str| {
            let value = call.request.header(header)?;
            Some(
                value.trim() == "*"
                    || value.split(',').any(|one| one.trim().trim_start_matches("W/") == current),
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
        tag(&mut answer, item);
        Some(answer)
    }

    /// `If-Match` in a request that does something to a thing, without being about the thing alone.
    pub(super) fn precondition_of_action(&self, store: &mut Store, call: &Call<'_>) -> Option<Received> {
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
    pub(super) fn prepare(&self, store: &mut Store, resource: &Resource, call: &Call<'_>) -> String {
        let mut values = call.path.iter();
        let key =
            resource.collection.fill(|_| values.next().map(|(_, value)| value.clone()).unwrap_or_default());
        if !store.collections.contains_key(&key) {
            let collection = store.collections.entry(key.clone()).or_default();
            let mut rng = self.maker.rng(&key);
            for _ in 0..self.settings.things {
                let Some((id, value)) = id::fresh(&self.maker, collection, resource, &mut rng) else { break };
                let mut item = Item { id, ..Item::default() };
                item.members.extend(resource.id.iter().map(|(member, _)| (member.clone(), value.clone())));
                let tell = |schema| self.maker.tell(schema, &resource.wrapping, &mut item, &mut rng);
                let _ = resource.body.as_ref().and_then(tell);
                collection.items.push(item);
            }
        }
        key
    }
}

fn tag(answer: &mut Received, item: &Item) {
    if answer.headers.contains_key(header::ETAG) {
        set(answer, header::ETAG, &item.tag());
    }
}
