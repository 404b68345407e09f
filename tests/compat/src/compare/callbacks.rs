//! Links, which say how to go on after an answer, and callbacks, in which the server calls and the client answers.

use super::Walk;
use super::schemas::Part;
use crate::api::{self, Operation};
use crate::media;
use crate::node::Node;
use crate::rules::Rule;
use crate::schema::Direction;

impl<'d> Walk<'d> {
    /// Compares the links of an answer.
    pub(super) fn links(&mut self, base: &Node<'d>, head: &Node<'d>) {
        let (old, new) = (base.get("links"), head.get("links"));
        for (name, before) in old.iter().flat_map(Node::entries) {
            match new.as_ref().and_then(|links| links.get(name)) {
                Some(after) => {
                    let keys = ["operationId", "operationRef", "parameters", "requestBody", "server"];
                    let differs = |key: &&str| before.value.get(*key) != after.value.get(*key);
                    if let Some(key) = keys.into_iter().find(|key| differs(key)) {
                        let what = format!("`{key}` of the link `{name}`");
                        self.both(Rule::LinkChanged, &before, &after, key, what);
                    }
                }
                None => {
                    let place = base.at.child("links").child(name);
                    let what = format!("no link `{name}`");
                    self.tell(Rule::LinkRemoved, Some(place), Some(head.place("links")), what);
                }
            }
        }
        for (name, _) in new.iter().flat_map(Node::entries) {
            if old.as_ref().is_none_or(|links| links.get(name).is_none()) {
                let place = head.at.child("links").child(name);
                self.tell(Rule::LinkAdded, None, Some(place), format!("a link `{name}`"));
            }
        }
    }

    /// Compares the calls that an operation has the server make.
    pub(super) fn callbacks(&mut self, base: &Node<'d>, head: &Node<'d>) {
        let (old, new) = (calls(base), calls(head));
        let same = |a: &Call<'_>, b: &Call<'_>| {
            a.name == b.name
                && a.operation.path == b.operation.path
                && a.operation.method == b.operation.method
        };
        for before in &old {
            match new.iter().find(|after| same(before, after)) {
                Some(after) => self.callback(&before.operation.node, &after.operation.node),
                None => {
                    let what = format!("{} is gone", before.title());
                    self.tell(Rule::CallbackRemoved, Some(before.operation.node.at.clone()), None, what);
                }
            }
        }
        for after in new.iter().filter(|after| !old.iter().any(|before| same(before, after))) {
            let what = format!("{} is new", after.title());
            self.tell(Rule::CallbackAdded, None, Some(after.operation.node.at.clone()), what);
        }
    }

    /// The server sends the body, so that it is for the client what an answer is; what the client answers is for the
    /// server what a request is.
    fn callback(&mut self, base: &Node<'d>, head: &Node<'d>) {
        let content =
            |operation: &Node<'d>| operation.get("requestBody").and_then(|body| media::content(&body));
        if let (Some(old), Some(new)) = (content(base), content(head)) {
            for (media_type, after) in new.entries() {
                match media::find(&old, media_type) {
                    Some((_, before)) => {
                        let part = Part { name: format!("call `{media_type}`"), is_text: false };
                        self.schema(&before, &after, Direction::Response, &part);
                    }
                    None => {
                        let what = format!("called with `{media_type}`");
                        let place = new.at.child(media_type);
                        self.tell(Rule::CallbackMediaTypeAdded, Some(old.at.clone()), Some(place), what);
                    }
                }
            }
        }
        for (status, before) in base.get("responses").iter().flat_map(Node::members) {
            let Some(after) = head.path(["responses", status]) else { continue };
            let (Some(old), Some(new)) = (media::content(&before), media::content(&after)) else { continue };
            for (media_type, before) in old.entries() {
                if let Some((_, after)) = media::find(&new, media_type) {
                    let part =
                        Part { name: format!("client's answer {status} `{media_type}`"), is_text: false };
                    self.schema(&before, &after, Direction::Request, &part);
                }
            }
        }
    }
}

/// A call that the server makes.
struct Call<'d> {
    name: &'d str,
    operation: Operation<'d>,
}

impl Call<'_> {
    fn title(&self) -> String {
        let Operation { method, path, .. } = &self.operation;
        format!("`{}`: {} {path}", self.name, method.to_uppercase())
    }
}

fn calls<'d>(operation: &Node<'d>) -> Vec<Call<'d>> {
    let callbacks = operation.get("callbacks");
    let named = callbacks.iter().flat_map(Node::entries);
    let expressions = named.flat_map(|(name, callback)| {
        callback.members().map(move |(expression, item)| (name, expression, item))
    });
    expressions
        .flat_map(|(name, expression, item)| {
            let operations = api::of_item(expression, item).into_iter();
            operations.map(move |operation| Call { name, operation })
        })
        .collect()
}
