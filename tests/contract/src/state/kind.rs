//! The kinds of things that an API keeps, read from its paths: `/orders/{order_id}` is one of a kind.

use std::collections::BTreeSet;

use orderly_document::Pointer;
use serde_json::Value;

use crate::document::{Document, Location, Operation};

/// Names that say nothing about what is named.
const GENERAL: [&str; 10] =
    ["id", "ids", "uid", "uuid", "name", "key", "slug", "code", "number", "identifier"];

/// The number of a kind in its [`Graph`](super::Graph).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub(super) usize);

/// A kind of thing: what a path parameter names.
#[derive(Debug, Clone)]
pub struct Kind {
    /// What one is called, from the path: `order` for `/orders/{order_id}`.
    pub noun: String,
    /// The path up to and with the parameter, without its name: `/orders/{}`.
    pub(super) item: String,
    /// The path without the parameter.
    pub(super) collection: String,
    /// The names that parameters give it.
    pub(super) names: BTreeSet<String>,
    /// The component that all of its parameters have as schema, if there is one.
    pub(super) component: Option<Pointer>,
}

/// The parameters of a template in order, each with the anonymous path that it ends.
pub(super) fn steps(template: &str) -> Vec<(String, String)> {
    let mut steps = Vec::new();
    let mut path = String::new();
    for segment in template.trim_end_matches('/').split('/').skip(1) {
        path.push('/');
        let mut rest = segment;
        let mut names = Vec::new();
        while let Some((before, name, after)) = parameter(rest) {
            path.push_str(before);
            path.push_str("{}");
            names.push(name.to_owned());
            rest = after;
        }
        path.push_str(rest);
        // Several parameters in one segment are told apart by their number.
        let ends = |number: usize| if number == 0 { path.clone() } else { format!("{path}#{number}") };
        steps.extend(names.into_iter().enumerate().map(|(number, name)| (name, ends(number))));
    }
    steps
}

/// A template without the names of its parameters and without a slash at its end.
pub(super) fn anonymous(template: &str) -> String {
    let mut path = String::new();
    let mut rest = template.trim_end_matches('/');
    while let Some((before, _, after)) = parameter(rest) {
        path.push_str(before);
        path.push_str("{}");
        rest = after;
    }
    path + rest
}

fn parameter(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// All kinds of a document.
pub(super) fn kinds(document: &Document) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    for operation in document.operations() {
        for (name, item) in steps(operation.template.as_str()) {
            let component = component(document, operation, &name);
            match kinds.iter_mut().find(|kind| kind.item == item) {
                Some(kind) => {
                    kind.names.insert(name);
                    if kind.component != component {
                        kind.component = None;
                    }
                }
                None => {
                    let (collection, _) = item.rsplit_once('/').unwrap_or_default();
                    kinds.push(Kind {
                        noun: noun(collection, &name),
                        collection: collection.to_owned(),
                        names: BTreeSet::from([name]),
                        component,
                        item,
                    });
                }
            }
        }
    }
    kinds
}

/// The component that a path parameter has as its schema.
fn component(document: &Document, operation: &Operation, name: &str) -> Option<Pointer> {
    let parameter = operation.parameters_in(Location::Path).find(|parameter| parameter.name == name)?;
    named(document, &parameter.schema)
}

/// The component that a schema is, if it can be that of an id.
pub(super) fn named(document: &Document, schema: &Pointer) -> Option<Pointer> {
    let resolved = document.source().resolve(schema).ok()?;
    resolved.component("schemas")?;
    let is_id = matches!(resolved.value["type"].as_str(), Some("string" | "integer"))
        && resolved.value.get("enum").is_none_or(Value::is_null);
    is_id.then_some(resolved.pointer)
}

/// What one thing of a collection is called.
fn noun(collection: &str, parameter: &str) -> String {
    let last = collection.rsplit('/').next().unwrap_or_default();
    if last.is_empty() || last.contains("{}") {
        let name = plain(parameter);
        return name.strip_suffix("id").filter(|stem| !stem.is_empty()).unwrap_or(&name).to_owned();
    }
    singular(&plain(last))
}

fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for (ending, keep) in [("sses", 2), ("xes", 1), ("ches", 2), ("shes", 2)] {
        if let Some(stem) = word.strip_suffix(ending) {
            return format!("{stem}{}", &ending[..keep]);
        }
    }
    if word.ends_with("ss") || word.ends_with("us") {
        return word.to_owned();
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

/// A name without what styles of writing add to it: `orderId`, `order_id` and `order-id` are one.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

impl Kind {
    /// Whether a name outside of a thing names one of this kind: `order_id`, `orderId`, `order`.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let name = plain(name);
        if GENERAL.contains(&name.as_str()) {
            return false;
        }
        let by_parameter = self.names.iter().any(|own| plain(own) == name);
        by_parameter || name.strip_suffix("id").or(name.strip_suffix("ids")) == Some(self.noun.as_str())
    }

    /// How well a member of the thing itself fits as what names it; less is better.
    pub(crate) fn rank(&self, member: &str) -> Option<usize> {
        let name = plain(member);
        if self.names.iter().any(|own| plain(own) == name) {
            return Some(0);
        }
        if name == "id" {
            return Some(1);
        }
        if name == format!("{}id", self.noun) {
            return Some(2);
        }
        let ends = self.names.iter().any(|own| plain(own).strip_prefix(self.noun.as_str()) == Some(&name));
        ends.then_some(3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_named_by_the_path_that_they_end() {
        let step = |name: &str, path: &str| (name.to_owned(), path.to_owned());
        assert_eq!(
            steps("/orgs/{org}/repos/{repo}/tags"),
            [step("org", "/orgs/{}"), step("repo", "/orgs/{}/repos/{}")]
        );
        assert_eq!(
            steps("/maps/{x}-{y}.png"),
            [step("x", "/maps/{}-{}.png"), step("y", "/maps/{}-{}.png#1")]
        );
        assert_eq!(steps("/things/{id}/"), [step("id", "/things/{}")]);
        assert_eq!(anonymous("/a/{x}/b/{y}/"), "/a/{}/b/{}");
    }

    #[test]
    fn a_thing_is_called_by_the_singular_of_its_collection() {
        let cases = [
            ("/v1/orders", "order_id", "order"),
            ("/api-keys", "id", "apikey"),
            ("/categories", "id", "category"),
            ("/boxes", "id", "box"),
            ("/addresses", "id", "address"),
            ("/status", "id", "status"),
            ("/user", "username", "user"),
            ("/repos/{}", "repoId", "repo"),
        ];
        for (collection, parameter, expected) in cases {
            assert_eq!(noun(collection, parameter), expected, "{collection}");
        }
    }
}
