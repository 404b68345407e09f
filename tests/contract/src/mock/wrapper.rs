//! Bodies that hold a thing in one of their members: `{"room": {"id": 1}}`.

use fastrand::Rng;
use orderly_document::{Document as Source, Pointer};
use serde_json::{Map, Value};

use super::{
    answer::Maker,
    shape::{may_be_id, members},
    store::Item,
};
use crate::state::plain;

/// The member of a body in which a thing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrapper {
    member: String,
    /// Where the schema of the thing stands.
    pub(super) thing: Pointer,
}

/// How the bodies of one kind of things are known.
#[derive(Debug, Default)]
pub(super) struct Wrapping {
    /// The member that has the id, if it is called like the path's parameter: no other thing has it.
    telling: Option<String>,
    /// Where the schemas of the things themselves stand.
    things: Vec<Pointer>,
}

impl Wrapping {
    /// Of bodies that say all that is known of a kind whose path has this parameter.
    pub(super) fn of(source: &Source, parameter: &str, bodies: &[Pointer]) -> Self {
        // Everything has an `id`.
        let telling = |name: &str| plain(name) == plain(parameter) && plain(name) != "id";
        let inner = bodies.iter().flat_map(|body| members(source, body)).map(|(_, place)| place);
        let all: Vec<Pointer> = bodies.iter().cloned().chain(inner).collect();
        let telling = all
            .iter()
            .flat_map(|body| members(source, body))
            .filter(|(_, place)| may_be_id(source, place))
            .map(|(name, _)| name)
            .find(|name| telling(name));
        let things = all.iter().filter(|place| match &telling {
            Some(telling) => has(source, place, telling),
            None => bodies.contains(place) && has(source, place, "id"),
        });
        let things = things.filter_map(|place| Some(source.resolve(place).ok()?.pointer)).collect();
        Self { telling, things }
    }

    /// Where the schemas of the things themselves stand.
    pub(super) fn things(&self) -> &[Pointer] {
        &self.things
    }

    /// Where a body holds the thing; none if it is the thing, or if nothing tells which member it is.
    pub(super) fn around(&self, source: &Source, body: &Pointer) -> Option<Wrapper> {
        let is_thing = |place: &Pointer| {
            self.telling.as_ref().is_some_and(|telling| has(source, place, telling))
                || source.resolve(place).is_ok_and(|end| self.things.contains(&end.pointer))
        };
        if is_thing(body) {
            return None;
        }
        let mut wrappers = members(source, body).into_iter().filter(|(_, place)| is_thing(place));
        let (member, thing) = wrappers.next().filter(|_| wrappers.next().is_none())?;
        Some(Wrapper { member, thing })
    }
}

impl Wrapper {
    /// The members of the thing in what was sent.
    pub(super) fn thing_of(&self, sent: Map<String, Value>) -> Map<String, Value> {
        sent.get(&self.member).and_then(Value::as_object).cloned().unwrap_or(sent)
    }
}

impl Maker {
    /// A body that tells of a thing. What it says besides is remembered, so that later answers say the same.
    pub(super) fn tell(
        &self,
        body: &Pointer,
        wrapping: &Wrapping,
        item: &mut Item,
        rng: &mut Rng,
    ) -> Option<Value> {
        let Some(wrapper) = wrapping.around(self.document.source(), body) else {
            let told = self.represent(body, &item.members, rng)?;
            learn(&mut item.members, &told);
            return Some(told);
        };
        let thing = self.represent(&wrapper.thing, &item.members, rng)?;
        learn(&mut item.members, &thing);
        let mut known = item.around.clone();
        known.insert(wrapper.member.clone(), thing);
        let told = self.represent(body, &known, rng)?;
        learn(&mut item.around, &told);
        item.around.remove(&wrapper.member);
        Some(told)
    }
}

fn learn(known: &mut Map<String, Value>, told: &Value) {
    for (name, value) in told.as_object().into_iter().flatten() {
        known.entry(name.clone()).or_insert_with(|| value.clone());
    }
}

fn has(source: &Source, place: &Pointer, member: &str) -> bool {
    members(source, place).iter().any(|(name, _)| name == member)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, Method, header};
    use serde_json::json;

    use super::{
        super::{Settings, server::Server},
        *,
    };
    use crate::{document::Document, exchange::Sent};

    fn server() -> Server {
        let text = include_bytes!("../../tests/documents/wrapped.yaml");
        let source = Source::parse("wrapped.yaml", text).unwrap();
        Server::new(
            Arc::new(Document::new(source).unwrap()),
            Settings { seed: Some(1), ..Settings::default() },
        )
    }

    fn call(server: &Server, method: Method, path: &str, body: Option<Value>) -> (Option<String>, Value) {
        let body = body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
        let json = HeaderValue::from_static("application/json");
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, json)]);
        let answer = server.answer(&Sent { method, path: path.to_owned(), query: None, headers, body });
        let location = answer.headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        (location, serde_json::from_slice(&answer.body).unwrap_or_default())
    }

    #[test]
    fn each_wrapped_thing_that_is_made_has_an_id_of_its_own_that_its_path_ends_with() {
        let server = server();
        let made = |name: &str| call(&server, Method::POST, "/leave-types", Some(json!({ "name": name })));
        let ((first, one), (second, _)) = (made("one"), made("two"));
        let (first, second) = (first.unwrap(), second.unwrap());
        assert_ne!(first, second);
        assert!(first.ends_with(one["leaveType"]["leaveTypeID"].as_str().unwrap()), "{first} {one}");
        assert_eq!(one["leaveType"]["name"], "one");
        assert_eq!(call(&server, Method::GET, &first, None).1["leaveType"], one["leaveType"]);
    }

    #[test]
    fn what_is_sent_in_a_wrapper_is_read_in_it_and_bare_in_the_list() {
        let server = server();
        let sent = |subject: &str| Some(json!({ "ticket": { "subject": subject } }));
        let (path, made) = call(&server, Method::POST, "/tickets", sent("printer"));
        let path = path.unwrap();
        assert!(path.ends_with(&format!("/{}", made["ticket"]["id"])), "{path} {made}");
        let (_, changed) = call(&server, Method::PUT, &path, sent("scanner"));
        assert_eq!(changed["ticket"]["subject"], "scanner");
        assert_eq!(call(&server, Method::GET, &path, None).1, changed);
        let listed = call(&server, Method::GET, "/tickets", None).1["tickets"].clone();
        assert!(listed.as_array().unwrap().contains(&changed["ticket"]), "{listed}");
    }
}
