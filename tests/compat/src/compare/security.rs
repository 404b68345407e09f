//! Security: whether a credential that was enough is enough still.
//!
//! Requirements are alternatives; within one, every scheme and every scope is needed.

use std::collections::{BTreeMap, BTreeSet};

use orderly_document::Document;
use serde_json::Value;

use super::{Walk, quoted};
use crate::api::Operation;
use crate::node::Node;
use crate::rules::Rule;

/// One alternative: schemes with the scopes that a token of each needs. Without a scheme, anybody may call.
type Alternative<'d> = BTreeMap<&'d str, BTreeSet<&'d str>>;

impl<'d> Walk<'d> {
    /// Compares the credentials that an operation asks for.
    pub(super) fn security(&mut self, base: &Operation<'d>, head: &Operation<'d>) {
        let (old, new) = (alternatives(base), alternatives(head));
        let place = |operation: &Operation<'d>| {
            operation.inherited("security").map_or_else(|| operation.node.at.clone(), |security| security.at)
        };
        let places = (Some(place(base)), Some(place(head)));
        let is_refused = |before: &&Alternative<'d>| !new.iter().any(|after| self.is_enough(before, after));
        let refused: Vec<&Alternative<'d>> = old.iter().filter(is_refused).collect();
        for before in refused.iter().copied() {
            let (rule, what) = self.refused(before, &new);
            let places = match rule {
                Rule::SecuritySchemeChanged => {
                    let names = before.keys().find(|name| self.has_changed(name));
                    let scheme = |document: &'d Document| {
                        names.and_then(|name| scheme(document, name)).map(|scheme| scheme.at)
                    };
                    (scheme(self.base), scheme(self.head))
                }
                _ => places.clone(),
            };
            self.tell(rule, places.0, places.1, what);
        }
        if new.iter().any(BTreeMap::is_empty) {
            if !old.iter().any(BTreeMap::is_empty) {
                self.tell(Rule::AuthenticationDropped, places.0, places.1, "anybody may call");
            }
            return;
        }
        for after in &new {
            let known = old.iter().filter(|before| self.is_enough(before, after));
            let known: Vec<&Alternative<'d>> = known.collect();
            let (rule, what) = match known.iter().any(|before| self.is_enough(after, before)) {
                true => continue,
                false if known.is_empty() => {
                    // What asks for more than an alternative of the base was told with that one.
                    let replaces = |before: &Alternative<'d>| {
                        self.is_enough(after, before)
                            || before.keys().collect::<Vec<_>>() == after.keys().collect::<Vec<_>>()
                    };
                    if refused.iter().any(|before| replaces(before)) {
                        continue;
                    }
                    (Rule::SecurityAlternativeAdded, format!("{} is enough", named(after)))
                }
                false => (Rule::SecurityLoosened, format!("{} is enough", named(after))),
            };
            self.tell(rule, places.0.clone(), places.1.clone(), what);
        }
    }

    /// Whether what a client has for one alternative of the base is all that one of the head needs.
    fn is_enough(&self, has: &Alternative<'d>, needs: &Alternative<'d>) -> bool {
        needs.iter().all(|(needed, scopes)| {
            has.iter().any(|(name, had)| self.is_same(name, needed) && scopes.is_subset(had))
        })
    }

    /// Whether two schemes take the same credential. One that only goes by another name does.
    fn is_same(&self, name: &str, other: &str) -> bool {
        let both = |name: &str| scheme(self.base, name).is_some() && scheme(self.head, name).is_some();
        if name == other {
            return !self.has_changed(name);
        }
        if both(name) || both(other) {
            return false;
        }
        let form =
            |name: &str| scheme(self.base, name).or_else(|| scheme(self.head, name)).map(|it| form(&it));
        form(name).is_some() && form(name) == form(other)
    }

    fn has_changed(&self, name: &str) -> bool {
        match (scheme(self.base, name), scheme(self.head, name)) {
            (Some(base), Some(head)) => form(&base) != form(&head),
            _ => false,
        }
    }

    /// Why an alternative of the base is not enough any more.
    fn refused(&self, before: &Alternative<'d>, new: &[Alternative<'d>]) -> (Rule, String) {
        if before.is_empty() {
            let needed: Vec<String> = new.iter().map(named).collect();
            return (Rule::AuthenticationRequired, format!("{} is needed", needed.join(" or ")));
        }
        if let Some(name) = before.keys().find(|name| self.has_changed(name)) {
            let form = |document| scheme(document, name).map(|scheme| form(&scheme)).unwrap_or_default();
            let what = format!("`{name}` is {}, was {}", form(self.head), form(self.base));
            return (Rule::SecuritySchemeChanged, what);
        }
        let shares = |after: &&Alternative<'d>| {
            before.keys().all(|name| after.keys().any(|other| self.is_same(name, other)))
        };
        match new.iter().filter(shares).min_by_key(|after| after.len()) {
            Some(after) if after.len() > before.len() => {
                let more = after.keys().filter(|name| !before.keys().any(|known| self.is_same(known, name)));
                let what = format!("{} needs {} beside it", named(before), quoted(more.copied()));
                (Rule::SecuritySchemeRequired, what)
            }
            Some(after) => {
                let had: BTreeSet<&str> = before.values().flatten().copied().collect();
                let more = after.values().flatten().filter(|scope| !had.contains(*scope));
                let what = format!("{} needs the scope {}", named(before), quoted(more.copied()));
                (Rule::SecurityScopeRequired, what)
            }
            None => (Rule::SecurityAlternativeRemoved, format!("{} is not enough any more", named(before))),
        }
    }

    /// Compares where tokens are had, and for what, whichever operation they are for.
    pub(super) fn schemes(&mut self) {
        let (Some(old), Some(new)) = (schemes(self.base), schemes(self.head)) else { return };
        for (name, base) in old.entries() {
            let Some(head) = new.get(name).filter(|head| form(head) == form(&base)) else { continue };
            self.address(name, &base, &head, "openIdConnectUrl");
            for (flow, base) in base.get("flows").iter().flat_map(Node::members) {
                let Some(head) = head.path(["flows", flow]) else { continue };
                for key in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
                    self.address(name, &base, &head, key);
                }
                for (scope, _) in base.get("scopes").iter().flat_map(|scopes| pairs(scopes.value)) {
                    if head.value.get("scopes").is_none_or(|scopes| scopes.get(scope).is_none()) {
                        let places = (base.at.child("scopes").child(scope), head.place("scopes"));
                        let what = format!("`{name}` has no scope `{scope}`");
                        self.tell(Rule::OauthScopeRemoved, Some(places.0), Some(places.1), what);
                    }
                }
            }
        }
    }

    fn address(&mut self, name: &str, base: &Node<'d>, head: &Node<'d>, key: &str) {
        if let (Some(old), Some(new)) = (base.text(key), head.text(key))
            && old != new
        {
            let what = format!("`{key}` of `{name}` is `{new}`, was `{old}`");
            self.both(Rule::SecurityAddressChanged, base, head, key, what);
        }
    }
}

/// The alternatives of an operation: its own, or the document's; none said means that anybody may call.
fn alternatives<'d>(operation: &Operation<'d>) -> Vec<Alternative<'d>> {
    let security = operation.node.get("security").or_else(|| {
        let root = Node::root(operation.node.document());
        root.get("security")
    });
    let alternatives: Vec<Alternative<'d>> = security.iter().flat_map(Node::items).map(alternative).collect();
    if alternatives.is_empty() { vec![Alternative::new()] } else { alternatives }
}

fn alternative<'d>(requirement: Node<'d>) -> Alternative<'d> {
    let scopes = |scopes: &'d Value| {
        scopes.as_array().into_iter().flatten().filter_map(Value::as_str).collect::<BTreeSet<_>>()
    };
    pairs(requirement.value).map(|(name, value)| (name, scopes(value))).collect()
}

fn pairs(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(key, value)| (key.as_str(), value))
}

fn schemes(document: &Document) -> Option<Node<'_>> {
    Node::root(document).path(["components", "securitySchemes"])
}

fn scheme<'d>(document: &'d Document, name: &str) -> Option<Node<'d>> {
    schemes(document)?.get(name)
}

/// What a client has to have and where it has to put it.
fn form(scheme: &Node<'_>) -> String {
    let text = |key| scheme.text(key).unwrap_or_default();
    match text("type") {
        "apiKey" if text("in") == "header" => {
            format!("an API key in header `{}`", text("name").to_lowercase())
        }
        "apiKey" => format!("an API key in {} `{}`", text("in"), text("name")),
        "http" => format!("HTTP `{}`", text("scheme").to_lowercase()),
        "oauth2" => {
            let mut flows: Vec<&str> =
                scheme.get("flows").iter().flat_map(Node::members).map(|(flow, _)| flow).collect();
            flows.sort_unstable();
            format!("OAuth 2.0 ({})", flows.join(", "))
        }
        other => format!("`{other}`"),
    }
}

/// `` `bearer` `` or `` `bearer` with `device` ``.
fn named(alternative: &Alternative<'_>) -> String {
    if alternative.is_empty() {
        return "nothing".to_owned();
    }
    let scheme = |(name, scopes): (&&str, &BTreeSet<&str>)| match scopes.is_empty() {
        true => format!("`{name}`"),
        false => format!("`{name}` ({})", scopes.iter().copied().collect::<Vec<_>>().join(", ")),
    };
    alternative.iter().map(scheme).collect::<Vec<_>>().join(" with ")
}
