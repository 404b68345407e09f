//! Answers: statuses, media types, bodies and headers. Ranges and `default` stand for what is not said more precisely.

use std::collections::BTreeMap;

use super::Walk;
use super::schemas::Part;
use crate::media::{self, covers};
use crate::node::Node;
use crate::rules::Rule;
use crate::schema::Direction;

/// The answers of an operation by status: `200`, `4XX`, `default`.
struct Answers<'d> {
    at: orderly_document::Pointer,
    by_status: BTreeMap<String, (&'d str, Node<'d>)>,
}

impl<'d> Answers<'d> {
    fn of(operation: &Node<'d>) -> Option<Self> {
        let responses = operation.get("responses")?;
        let by_status = responses.members().map(|(status, answer)| {
            let key = if status == "default" { status.to_owned() } else { status.to_uppercase() };
            (key, (status, answer))
        });
        Some(Self { at: responses.at.clone(), by_status: by_status.collect() })
    }

    /// What is said of a status: by itself, by its range, or by `default`, which stands for a success only where none is
    /// named.
    fn covering(&self, status: &str) -> Option<&Node<'d>> {
        let range = format!("{}XX", status.chars().next().unwrap_or_default());
        let names_success = self.by_status.keys().any(|status| is_success(status));
        let by_default = !is_success(status) || !names_success;
        let of = |key: &str| self.by_status.get(key).map(|(_, answer)| answer);
        of(status).or_else(|| of(&range)).or_else(|| of("default").filter(|_| by_default))
    }

    /// Whether there is a status of a range.
    fn is_within(&self, range: &str) -> bool {
        let class = range.strip_suffix("XX");
        class.is_some_and(|class| self.by_status.keys().any(|status| status.starts_with(class)))
    }

    /// The place of a status within the operation, not that of a component.
    fn place(&self, status: &str) -> orderly_document::Pointer {
        self.by_status.get(status).map_or_else(|| self.at.clone(), |(written, _)| self.at.child(written))
    }
}

fn is_success(status: &str) -> bool {
    status.starts_with(['1', '2', '3'])
}

impl<'d> Walk<'d> {
    /// Compares what two versions of an operation answer.
    pub(super) fn answers(&mut self, base: &Node<'d>, head: &Node<'d>) {
        let (Some(old), Some(new)) = (Answers::of(base), Answers::of(head)) else { return };
        for status in old.by_status.keys() {
            match (old.covering(status), new.covering(status)) {
                (Some(before), Some(after)) => self.answer(status, before, after),
                // A range of which some statuses are left.
                _ if new.is_within(status) => {}
                _ => {
                    let rule = match is_success(status) {
                        true => Rule::SuccessStatusRemoved,
                        false => Rule::ErrorStatusRemoved,
                    };
                    let what = format!("{status} is not answered any more");
                    self.tell(rule, Some(old.place(status)), Some(new.at.clone()), what);
                }
            }
        }
        for status in new.by_status.keys().filter(|status| !old.by_status.contains_key(*status)) {
            match (old.covering(status), new.covering(status)) {
                (Some(before), Some(after)) => self.answer(status, before, after),
                _ => {
                    let rule = match is_success(status) {
                        true => Rule::SuccessStatusAdded,
                        false => Rule::ErrorStatusAdded,
                    };
                    self.tell(rule, None, Some(new.place(status)), format!("{status} may be answered"));
                }
            }
        }
    }

    fn answer(&mut self, status: &str, base: &Node<'d>, head: &Node<'d>) {
        match (media::content(base), media::content(head)) {
            (Some(old), Some(new)) => self.offered(&old, &new, &format!("answer {status}")),
            (Some(old), None) => {
                self.tell(Rule::AnswerBodyRemoved, Some(old.at), Some(head.at.clone()), "there is no body");
            }
            (None, Some(new)) => {
                self.tell(Rule::AnswerBodyAdded, Some(base.at.clone()), Some(new.at), "there is a body");
            }
            (None, None) => {}
        }
        self.headers(status, base, head);
        self.links(base, head);
    }

    /// The media types that an answer may be of. A client chooses among them: one that is gone is missed.
    fn offered(&mut self, old: &Node<'d>, new: &Node<'d>, part: &str) {
        for (media_type, _) in old.entries() {
            let is_kept = media::find(new, media_type).is_some()
                || new.entries().any(|(narrower, _)| covers(media_type, narrower));
            if !is_kept {
                let what = format!("not to be had as `{media_type}`");
                let place = old.at.child(media_type);
                self.tell(Rule::AnswerMediaTypeRemoved, Some(place), Some(new.at.clone()), what);
            }
        }
        for (media_type, after) in new.entries() {
            match media::find(old, media_type) {
                Some((_, before)) => {
                    let part = Part { name: format!("{part} `{media_type}`"), is_text: false };
                    self.schema(&before, &after, Direction::Response, &part);
                    self.annotations(&before, &after, Direction::Response, media_type);
                }
                None => {
                    let what = format!("to be had as `{media_type}`");
                    let place = new.at.child(media_type);
                    self.tell(Rule::AnswerMediaTypeAdded, Some(old.at.clone()), Some(place), what);
                }
            }
        }
    }

    fn headers(&mut self, status: &str, base: &Node<'d>, head: &Node<'d>) {
        // OpenAPI 3.0.3 describes the content type elsewhere and ignores it here.
        let of = |answer: &Node<'d>| {
            let headers = answer.get("headers");
            let headers = headers.iter().flat_map(Node::entries).collect::<Vec<_>>();
            headers
                .into_iter()
                .map(|(name, header)| (name.to_lowercase(), (name, header)))
                .filter(|(name, _)| name != "content-type")
                .collect::<BTreeMap<_, _>>()
        };
        let (old, new) = (of(base), of(head));
        for (key, (name, before)) in &old {
            match new.get(key) {
                Some((_, after)) => {
                    self.header(name, before, after);
                    let part = format!("header `{name}` of answer {status}");
                    self.carried(before, after, part);
                }
                None => {
                    let rule = match before.flag("required") {
                        true => Rule::AnswerHeaderRemoved,
                        false => Rule::AnswerHeaderOptionalRemoved,
                    };
                    let place = base.at.child("headers").child(name);
                    self.tell(rule, Some(place), Some(head.place("headers")), format!("no header `{name}`"));
                }
            }
        }
        for (_, (name, _)) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            let place = head.at.child("headers").child(name);
            self.tell(Rule::AnswerHeaderAdded, None, Some(place), format!("a header `{name}`"));
        }
    }

    fn header(&mut self, name: &str, base: &Node<'d>, head: &Node<'d>) {
        match (base.flag("required"), head.flag("required")) {
            (true, false) => {
                let what = format!("the header `{name}` may be missing");
                self.both(Rule::AnswerHeaderBecameOptional, base, head, "required", what);
            }
            (false, true) => {
                let what = format!("the header `{name}` is always there");
                self.both(Rule::AnswerHeaderBecameRequired, base, head, "required", what);
            }
            _ => {}
        }
        if base.flag("explode") != head.flag("explode") && is_object(base) && is_object(head) {
            let what = format!("header `{name}`: `explode` is {}", head.flag("explode"));
            self.both(Rule::AnswerHeaderExplodeChanged, base, head, "explode", what);
        }
    }

    /// Which values a header has.
    fn carried(&mut self, base: &Node<'d>, head: &Node<'d>, name: String) {
        match (media::content(base), media::content(head)) {
            (Some(old), Some(new)) => self.offered(&old, &new, &name),
            _ => self.schema(base, head, Direction::Response, &Part { name, is_text: true }),
        }
    }
}

/// Whether a header is an object: lists are written with commas either way (OpenAPI 3.0.3, style `simple`).
fn is_object(header: &Node<'_>) -> bool {
    header.get("schema").is_some_and(|schema| schema.text("type") == Some("object"))
}
