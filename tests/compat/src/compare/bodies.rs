//! Bodies of requests: whether there has to be one, of which media types, and how its parts are written.

use std::collections::BTreeSet;

use super::Walk;
use super::schemas::Part;
use crate::media::{self, covers};
use crate::node::Node;
use crate::rules::Rule;
use crate::schema::Direction;

impl<'d> Walk<'d> {
    /// Compares the bodies that two versions of an operation take.
    pub(super) fn body(&mut self, base: &Node<'d>, head: &Node<'d>) {
        match (base.get("requestBody"), head.get("requestBody")) {
            (None, Some(body)) => {
                let (rule, has) = match body.flag("required") {
                    true => (Rule::RequestBodyAddedRequired, "has to have"),
                    false => (Rule::RequestBodyAddedOptional, "may have"),
                };
                self.tell(rule, None, Some(body.at), format!("a call {has} a body"));
            }
            (Some(body), None) => {
                self.tell(Rule::RequestBodyRemoved, Some(body.at), None, "a call has no body any more");
            }
            (Some(base), Some(head)) => {
                match (base.flag("required"), head.flag("required")) {
                    (false, true) => {
                        let rule = Rule::RequestBodyBecameRequired;
                        self.both(rule, &base, &head, "required", "the body is required");
                    }
                    (true, false) => {
                        let rule = Rule::RequestBodyBecameOptional;
                        self.both(rule, &base, &head, "required", "the body is optional");
                    }
                    _ => {}
                }
                self.taken(&base, &head);
            }
            (None, None) => {}
        }
    }

    /// The media types that a body may be of.
    fn taken(&mut self, base: &Node<'d>, head: &Node<'d>) {
        let (Some(old), Some(new)) = (media::content(base), media::content(head)) else { return };
        for (media_type, before) in old.entries() {
            match media::find(&new, media_type) {
                Some((_, after)) => {
                    let part =
                        Part { name: format!("body `{media_type}`"), is_text: media::is_form(media_type) };
                    self.schema(&before, &after, Direction::Request, &part);
                    self.annotations(&before, &after, Direction::Request, media_type);
                    self.encoding(&before, &after);
                }
                None => {
                    let what = format!("a body may not be `{media_type}`");
                    let place = old.at.child(media_type);
                    self.tell(Rule::RequestMediaTypeRemoved, Some(place), Some(new.at.clone()), what);
                }
            }
        }
        for (media_type, _) in new.entries().filter(|(media_type, _)| media::find(&old, media_type).is_none())
        {
            let place = new.at.child(media_type);
            let what = format!("a body may be `{media_type}`");
            self.tell(Rule::RequestMediaTypeAdded, None, Some(place), what);
        }
    }

    /// How the properties of a form are written.
    fn encoding(&mut self, base: &Node<'d>, head: &Node<'d>) {
        let names = |media: &Node<'d>| {
            let encoding = media.get("encoding");
            encoding.iter().flat_map(Node::entries).map(|(name, _)| name).collect::<BTreeSet<_>>()
        };
        for name in names(base).union(&names(head)) {
            let (before, after) = (Written::of(base, name), Written::of(head, name));
            let property = |media: &Node<'d>| media.path(["schema", "properties", name]);
            if property(base).is_none() || property(head).is_none() || after.takes(&before) {
                continue;
            }
            let place = |media: &Node<'d>| {
                let encoding = media.place("encoding");
                media.path(["encoding", name]).map_or(encoding, |written| written.at)
            };
            let what = format!("`{name}` is {after}, was {before}");
            self.tell(Rule::RequestEncodingChanged, Some(place(base)), Some(place(head)), what);
        }
    }
}

/// How a property of a form becomes text.
#[derive(Debug, PartialEq, Eq)]
struct Written {
    media_types: Vec<String>,
    style: String,
    explode: bool,
}

impl Written {
    /// What `encoding` says, or the defaults of OpenAPI 3.0.3 (section 4.7.15.1).
    fn of(media: &Node<'_>, name: &str) -> Self {
        let encoding = media.path(["encoding", name]);
        let text = |key| encoding.as_ref().and_then(|encoding| encoding.text(key));
        let media_types = text("contentType").map_or_else(
            || {
                let property = media.path(["schema", "properties", name]);
                vec![default_type(property.as_ref()).to_owned()]
            },
            |types| types.split(',').map(|media_type| media_type.trim().to_owned()).collect(),
        );
        let style = text("style").unwrap_or("form").to_owned();
        let explode = encoding.as_ref().and_then(|encoding| encoding.value.get("explode")?.as_bool());
        Self { media_types, explode: explode.unwrap_or(style == "form"), style }
    }

    /// Whether what was written so is read in this way too.
    fn takes(&self, before: &Self) -> bool {
        let is_taken = |media_type: &String| self.media_types.iter().any(|range| covers(range, media_type));
        self.style == before.style
            && self.explode == before.explode
            && before.media_types.iter().all(is_taken)
    }
}

impl std::fmt::Display for Written {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let explode = if self.explode { ", exploded" } else { "" };
        write!(formatter, "`{}` ({}{explode})", self.media_types.join(", "), self.style)
    }
}

fn default_type(property: Option<&Node<'_>>) -> &'static str {
    let Some(property) = property else { return "text/plain" };
    match (property.text("type"), property.text("format")) {
        (Some("object"), _) => "application/json",
        (Some("string"), Some("binary" | "base64")) => "application/octet-stream",
        (Some("array"), _) => match property.get("items") {
            Some(items) => default_type(Some(&items)),
            None => "text/plain",
        },
        _ => "text/plain",
    }
}
