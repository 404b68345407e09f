//! Which operation makes what another one needs.
//!
//! Declared `links` come first. What they do not say is taken from the paths (`POST /orders` makes what
//! `/orders/{order_id}` names), from schemas (a member whose schema is the component that the parameter has), and from
//! names (`order_id` in a body is an order's).

use std::collections::BTreeMap;

use http::Method;
use orderly_document::Pointer;

use super::{
    kind::{self, Kind, KindId},
    link,
    site::{self, Site, Step},
};
use crate::document::{Content, Document, Location, Operation};

/// What the operations of a document have to do with each other.
#[derive(Debug)]
pub struct Graph {
    kinds: Vec<Kind>,
    uses: BTreeMap<String, Uses>,
}

/// What an operation does to things.
#[derive(Debug, Clone, Default)]
pub struct Uses {
    /// The things that its path names, outermost first, by parameter.
    pub path: Vec<(String, KindId)>,
    /// The things that other parameters name.
    pub parameters: Vec<(Location, String, KindId)>,
    /// The things that its bodies refer to, by media type.
    pub bodies: BTreeMap<String, Vec<(Vec<Step>, KindId)>>,
    /// What it does, and to which kind.
    pub action: Option<(Action, KindId)>,
    /// What its answers tell of things, by the name of the answer.
    pub(super) yields: BTreeMap<String, Vec<Yield>>,
}

/// What can be done to a kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// `POST /things`
    Create,
    /// `GET /things`
    List,
    /// `GET /things/{id}`
    Read,
    /// `PUT /things/{id}` or `PATCH /things/{id}`
    Change,
    /// `DELETE /things/{id}`
    Remove,
    /// Anything else on one thing: `POST /things/{id}/cancel`
    Act,
}

/// A place in an answer that names a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Yield {
    pub(super) kind: KindId,
    pub(super) source: Source,
    /// It is the thing that the operation is about, rather than another one that it refers to.
    pub(super) own: bool,
}

/// Where in an exchange a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// In the answer's body.
    Body(Vec<Step>),
    /// In a header of the answer.
    Header(String),
    /// In the request's body.
    RequestBody(Vec<Step>),
    /// In the request's path.
    RequestPath(String),
    /// In the request's query.
    RequestQuery(String),
}

impl Graph {
    /// Reads it from a document.
    pub fn of(document: &Document) -> Self {
        let mut graph = Self { kinds: kind::kinds(document), uses: BTreeMap::new() };
        for operation in document.operations() {
            let mut uses = Uses { path: graph.path(operation), ..Uses::default() };
            uses.action = graph.action_of(operation, &uses.path);
            uses.parameters = graph.parameters(document, operation);
            let bodies = operation.body.iter().flat_map(|body| &body.content);
            uses.bodies = bodies
                .map(|content| (content.media_type.clone(), graph.references(document, content)))
                .collect();
            uses.yields = graph.yields(document, operation, uses.action);
            graph.uses.insert(operation.id.clone(), uses);
        }
        for (operation, answer, link) in link::all(document, &graph) {
            let Some(uses) = graph.uses.get_mut(&operation) else { continue };
            // Of a list, a link can only name one item.
            let of_list = uses.action.is_some_and(|(action, _)| action == Action::List);
            let yields = uses.yields.entry(answer).or_default();
            if link.own && !of_list {
                yields.retain(|known| known.kind != link.kind || !known.own);
            }
            if !yields.contains(&link) {
                yields.push(link);
            }
        }
        graph
    }

    /// All kinds.
    pub fn kinds(&self) -> impl Iterator<Item = (KindId, &Kind)> {
        self.kinds.iter().enumerate().map(|(number, kind)| (KindId(number), kind))
    }

    /// A kind of this graph.
    pub fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[id.0]
    }

    /// What an operation does to things.
    ///
    /// # Panics
    /// If the operation is one of another document.
    pub fn uses(&self, operation: &Operation) -> &Uses {
        &self.uses[&operation.id]
    }

    /// The operations that do something to a kind.
    pub fn doing<'d>(
        &self,
        document: &'d Document,
        action: Action,
        kind: KindId,
    ) -> impl Iterator<Item = &'d Operation> {
        let wanted = Some((action, kind));
        document.operations().iter().filter(move |operation| self.uses(operation).action == wanted)
    }

    /// The kinds that a path parameter of an operation may name besides its own: the same thing under another path.
    pub(super) fn kin(&self, kind: KindId) -> impl Iterator<Item = KindId> {
        let own = &self.kinds[kind.0];
        let alike = move |other: &Kind| {
            (own.component.is_some() && own.component == other.component)
                || (own.noun == other.noun && !own.names.is_disjoint(&other.names))
        };
        self.kinds().filter(move |(id, other)| *id != kind && alike(other)).map(|(id, _)| id)
    }

    /// The kind that a path parameter names.
    pub(super) fn of_parameter(&self, operation: &Operation, name: &str) -> Option<KindId> {
        let steps = kind::steps(operation.template.as_str());
        let (_, item) = steps.iter().find(|(parameter, _)| parameter == name)?;
        self.kinds.iter().position(|kind| kind.item == *item).map(KindId)
    }

    fn path(&self, operation: &Operation) -> Vec<(String, KindId)> {
        let steps = kind::steps(operation.template.as_str());
        steps
            .into_iter()
            .filter_map(|(name, item)| {
                Some((name, KindId(self.kinds.iter().position(|kind| kind.item == item)?)))
            })
            .collect()
    }

    fn action_of(&self, operation: &Operation, path: &[(String, KindId)]) -> Option<(Action, KindId)> {
        let template = kind::anonymous(operation.template.as_str());
        if let Some((_, kind)) = path.last().filter(|(_, kind)| self.kinds[kind.0].item == template) {
            let action = match operation.method {
                Method::GET => Action::Read,
                Method::PUT | Method::PATCH => Action::Change,
                Method::DELETE => Action::Remove,
                Method::POST => Action::Act,
                _ => return None,
            };
            return Some((action, *kind));
        }
        if let Some(kind) = self.kinds.iter().position(|kind| kind.collection == template) {
            match operation.method {
                Method::GET => return Some((Action::List, KindId(kind))),
                Method::POST => return Some((Action::Create, KindId(kind))),
                _ => {}
            }
        }
        path.last().map(|(_, kind)| (Action::Act, *kind))
    }

    /// The kind that a value names by its schema or by the name of its member.
    fn named(&self, document: &Document, schema: &Pointer, name: Option<&str>) -> Option<KindId> {
        if let Some(component) = kind::named(document, schema) {
            let mut alike = self.kinds().filter(|(_, kind)| kind.component.as_ref() == Some(&component));
            if let Some((first, kind)) = alike.next() {
                // A component that names things of several nouns says of none of them which it is.
                return alike.all(|(_, other)| other.noun == kind.noun).then_some(first);
            }
        }
        let mut called = self.kinds().filter(|(_, kind)| name.is_some_and(|name| kind.is_called(name)));
        let (first, kind) = called.next()?;
        called.all(|(_, other)| other.noun == kind.noun).then_some(first)
    }

    fn parameters(&self, document: &Document, operation: &Operation) -> Vec<(Location, String, KindId)> {
        let others = operation.parameters.iter().filter(|parameter| parameter.location != Location::Path);
        others
            .filter_map(|parameter| {
                let kind = self.named(document, &parameter.schema, Some(&parameter.name))?;
                Some((parameter.location, parameter.name.clone(), kind))
            })
            .collect()
    }

    fn references(&self, document: &Document, content: &Content) -> Vec<(Vec<Step>, KindId)> {
        let sites = site::sites(document.source(), &content.schema());
        let named = |site: Site| Some((self.named(document, &site.schema, site.name())?, site.path));
        sites.into_iter().filter_map(named).map(|(kind, path)| (path, kind)).collect()
    }

    fn yields(
        &self,
        document: &Document,
        operation: &Operation,
        action: Option<(Action, KindId)>,
    ) -> BTreeMap<String, Vec<Yield>> {
        let successes =
            operation.answers.iter().filter(|(name, _)| name.starts_with('2') || *name == "default");
        let mut yields = BTreeMap::new();
        for (name, answer) in successes {
            let mut here = Vec::new();
            for content in answer.content.iter().filter(|content| content.is_json()) {
                let sites = site::sites(document.source(), &content.schema());
                let own = action.and_then(|(action, kind)| self.own(action, kind, &sites));
                for site in sites {
                    let is_own = own.as_ref() == Some(&site.path);
                    let kind = match action {
                        Some((_, kind)) if is_own => Some(kind),
                        _ => self.named(document, &site.schema, site.name()),
                    };
                    let Some(kind) = kind else { continue };
                    here.push(Yield { kind, source: Source::Body(site.path), own: is_own });
                }
            }
            if let Some((Action::Create, kind)) = action
                && !here.iter().any(|one: &Yield| one.own)
            {
                here.extend(self.chosen_by_client(document, operation, kind));
            }
            yields.insert(name.clone(), here);
        }
        yields
    }

    /// The place in an answer that names the thing that the operation is about.
    fn own(&self, action: Action, kind: KindId, sites: &[Site]) -> Option<Vec<Step>> {
        let kind = &self.kinds[kind.0];
        let fits = |site: &Site| {
            let name = match (action, site.path.as_slice()) {
                (Action::List, [.., Step::Each, Step::Member(name)]) if site.path.len() <= 3 => name,
                (Action::Create | Action::Read | Action::Change, [Step::Member(name)]) => name,
                (
                    Action::Create | Action::Read | Action::Change,
                    [Step::Member(around), Step::Member(name)],
                ) if ["data", "item", "result", &kind.noun].contains(&kind::plain(around).as_str()) => name,
                _ => return None,
            };
            Some((kind.rank(name)?, site.path.len()))
        };
        sites
            .iter()
            .filter_map(|site| Some((fits(site)?, site)))
            .min_by_key(|(rank, _)| *rank)
            .map(|(_, site)| site.path.clone())
    }

    /// A name that the client gives the thing in the body that makes it, where the answer does not tell it.
    fn chosen_by_client(&self, document: &Document, operation: &Operation, kind: KindId) -> Option<Yield> {
        let content = operation.body.as_ref()?.content.iter().find(|content| content.is_json())?;
        let sites = site::sites(document.source(), &content.schema());
        let named = |site: &Site| match site.path.as_slice() {
            [Step::Member(name)] => self.kinds[kind.0].rank(name) == Some(0),
            _ => false,
        };
        let site = sites.into_iter().find(named)?;
        Some(Yield { kind, source: Source::RequestBody(site.path), own: true })
    }
}
