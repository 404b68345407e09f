//! Servers: the addresses at which the API is.

use serde_json::Value;

use super::Walk;
use crate::api::Operation;
use crate::node::Node;
use crate::rules::Rule;

impl<'d> Walk<'d> {
    /// Compares the addresses of the documents.
    pub(super) fn root_servers(&mut self) {
        self.addresses(&Node::root(self.base), &Node::root(self.head));
    }

    /// Compares the addresses of an operation, where it or its path has some of its own.
    pub(super) fn servers(&mut self, base: &Operation<'d>, head: &Operation<'d>) {
        let (old, new) = (holder(base), holder(head));
        let root = |node: &Node<'_>| node.at.is_empty();
        if !root(&old) || !root(&new) {
            self.addresses(&old, &new);
        }
    }

    fn addresses(&mut self, base: &Node<'d>, head: &Node<'d>) {
        let (old, new) = (Server::of(base), Server::of(head));
        for before in &old {
            match new.iter().find(|after| after.url == before.url) {
                Some(after) => self.variables(before, after),
                None => {
                    let what = format!("`{}` is gone", before.url);
                    self.tell(Rule::ServerRemoved, Some(before.at(base)), Some(head.place("servers")), what);
                }
            }
        }
        for after in new.iter().filter(|after| !old.iter().any(|before| before.url == after.url)) {
            let what = format!("`{}` is new", after.url);
            self.tell(Rule::ServerAdded, None, Some(after.at(head)), what);
        }
    }

    fn variables(&mut self, before: &Server<'d>, after: &Server<'d>) {
        let (Some(base), Some(head)) = (&before.node, &after.node) else { return };
        for (name, old) in base.get("variables").iter().flat_map(Node::entries) {
            let Some(new) = head.path(["variables", name]) else { continue };
            let values =
                |variable: &Node<'d>| variable.value.get("enum").and_then(Value::as_array).map(Vec::as_slice);
            let gone = match (values(&old), values(&new)) {
                (Some(old), Some(new)) => old.iter().filter(|value| !new.contains(value)).cloned().collect(),
                (None, Some(_)) => vec![Value::from("any other value")],
                _ => Vec::new(),
            };
            for value in gone {
                let what = format!("`{name}` cannot be {value}");
                self.both(Rule::ServerVariableValueRemoved, &old, &new, "enum", what);
            }
            if let (Some(was), Some(is)) = (old.text("default"), new.text("default"))
                && was != is
            {
                let what = format!("`{name}` is `{is}` unless said otherwise, was `{was}`");
                self.both(Rule::ServerVariableDefaultChanged, &old, &new, "default", what);
            }
        }
    }
}

/// One address.
struct Server<'d> {
    url: &'d str,
    node: Option<Node<'d>>,
}

impl<'d> Server<'d> {
    /// The `servers` of a document, path or operation; without any, the API is where the document is.
    fn of(holder: &Node<'d>) -> Vec<Self> {
        let servers = holder.get("servers");
        let servers = servers.iter().flat_map(Node::items);
        let servers =
            servers.filter_map(|node| Some(Self { url: plain(node.text("url")?), node: Some(node) }));
        let servers: Vec<Self> = servers.collect();
        if servers.is_empty() { vec![Self { url: "/", node: None }] } else { servers }
    }

    fn at(&self, holder: &Node<'d>) -> orderly_document::Pointer {
        self.node.as_ref().map_or_else(|| holder.at.clone(), |node| node.at.clone())
    }
}

/// An address without the slash at its end, which means nothing: paths begin with one.
fn plain(url: &str) -> &str {
    match url.strip_suffix('/') {
        Some("") | None => url,
        Some(shorter) => shorter,
    }
}

/// The document, path or operation whose `servers` count for an operation.
fn holder<'d>(operation: &Operation<'d>) -> Node<'d> {
    let root = Node::root(operation.node.document());
    let own = [&operation.node, &operation.item].into_iter().find(|node| node.value.get("servers").is_some());
    own.cloned().unwrap_or(root)
}
