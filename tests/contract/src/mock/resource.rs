//! What a document makes plain about the things behind it: `POST /things` makes what `/things/{id}` is about.

use std::collections::BTreeMap;

use orderly_document::Pointer;

use super::{
    page::List,
    shape::{may_be_id, members},
    wrapper::Wrapping,
};
use crate::{
    document::{Content, Document, Location, Operation},
    route::Template,
    state::plain,
};

/// Members that may hold a thing's id, besides the one that is called like the parameter.
const IDS: [&str; 8] = ["id", "uuid", "sid", "key", "slug", "name", "code", "number"];

/// Things of one kind.
#[derive(Debug)]
pub(super) struct Resource {
    /// The path of all of them.
    pub(super) collection: Template,
    /// The path of one.
    pub(super) item: Template,
    /// Which of that path's parameters is the id: the last.
    pub(super) position: usize,
    /// Where the parameter's schema stands.
    pub(super) schema: Option<Pointer>,
    /// The member that has the id, with the places of its schemas.
    pub(super) id: Option<(String, Vec<Pointer>)>,
    /// Where the schema of one of them stands, as it is read.
    pub(super) body: Option<Pointer>,
    /// How bodies hold one of them.
    pub(super) wrapping: Wrapping,
}

/// What an operation does to things of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Create,
    List,
    Read,
    Replace,
    Change,
    Delete,
}

/// All kinds of things, and what each operation does.
#[derive(Debug, Default)]
pub(super) struct Resources {
    all: Vec<Resource>,
    roles: BTreeMap<String, (usize, Role)>,
}

impl Resources {
    pub(super) fn of(document: &Document) -> Self {
        let mut resources = Self::default();
        let operations = document.operations();
        let whole = operations.iter().map(|operation| operation.template.as_str());
        let begun = operations.iter().flat_map(|operation| beginnings(operation.template.as_str()));
        // Outer things come before those that are in them.
        let mut items: BTreeMap<String, &str> = BTreeMap::new();
        for path in whole.chain(begun) {
            items.entry(shape(path)).or_insert(path);
        }
        for item in items.into_values() {
            let Some((collection, last)) = item.rsplit_once('/') else { continue };
            let parameter = last.strip_prefix('{').and_then(|last| last.strip_suffix('}'));
            if let Some(parameter) =
                parameter.filter(|name| !name.contains(['{', '}']) && !collection.is_empty())
            {
                resources.add(document, collection, item, parameter);
            }
        }
        resources
    }

    /// What an operation does, and to which things.
    pub(super) fn role(&self, operation: &Operation) -> Option<(&Resource, Role)> {
        let (index, role) = self.roles.get(&operation.id)?;
        Some((&self.all[*index], *role))
    }

    /// The kinds of things on whose path an operation's path begins.
    pub(super) fn above(&self, operation: &Operation) -> impl Iterator<Item = &Resource> {
        let shape = shape(operation.template.as_str());
        let is_above = move |resource: &&Resource| {
            let rest = shape.strip_prefix(&self::shape(resource.item.as_str()));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.all.iter().filter(is_above)
    }

    fn add(&mut self, document: &Document, collection: &str, item: &str, parameter: &str) {
        let at = |path: &str, method: &str| {
            let of_path = document.operations().iter().filter(move |one| one.template.as_str() == path);
            let method = method.to_owned();
            of_path.into_iter().find(move |one| one.method.as_str() == method)
        };
        let (create, list) = (at(collection, "POST"), at(collection, "GET"));
        let read = at(item, "GET");
        let listed = list.and_then(success_body).and_then(|body| List::of(document.source(), &body));
        let listed = listed.filter(|list| !members(document.source(), &list.items).is_empty());
        if create.is_none() && listed.is_none() {
            return;
        }
        let bodies = [
            read.and_then(success_body),
            create.and_then(success_body),
            listed.as_ref().map(|list| list.items.clone()),
        ];
        let bodies: Vec<Pointer> = bodies.into_iter().flatten().collect();
        let wrapping = Wrapping::of(document.source(), parameter, &bodies);
        let index = self.all.len();
        let roles = [
            (create, Role::Create),
            (list.filter(|_| listed.is_some()), Role::List),
            (read, Role::Read),
            (at(item, "PUT"), Role::Replace),
            (at(item, "PATCH"), Role::Change),
            (at(item, "DELETE"), Role::Delete),
        ];
        for (operation, role) in roles {
            if let Some(operation) = operation {
                self.roles.insert(operation.id.clone(), (index, role));
            }
        }
        let declared = document
            .operations()
            .iter()
            .filter(|operation| operation.template.as_str().starts_with(item))
            .flat_map(|operation| operation.parameters_in(Location::Path))
            .find(|known| known.name == parameter);
        self.all.push(Resource {
            collection: Template::new(collection),
            item: Template::new(item),
            position: item.matches('{').count().saturating_sub(1),
            schema: declared.map(|parameter| parameter.schema.clone()),
            id: id_member(document, parameter, bodies.iter().chain(wrapping.things())),
            body: bodies.first().cloned(),
            wrapping,
        });
    }
}

/// What a path is below: `/rooms` and `/rooms/{room}` for `/rooms/{room}/seats`.
fn beginnings(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').skip(1).map(|(end, _)| &path[..end])
}

/// A path without the names of its parameters, which are not the same everywhere: `/rooms/{}/seats`.
fn shape(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |shape, part| shape + "{}" + part.split_once('}').map_or("", |(_, rest)| rest))
}

/// Where the schema stands of the JSON that an operation answers when all is well.
pub(super) fn success_body(operation: &Operation) -> Option<Pointer> {
    let (_, answer) = super::answer::success(operation)?;
    answer.content.iter().find(|content| content.is_json()).map(Content::schema)
}

fn id_member<'b>(
    document: &Document,
    parameter: &str,
    bodies: impl Iterator<Item = &'b Pointer>,
) -> Option<(String, Vec<Pointer>)> {
    let source = document.source();
    let described: Vec<(String, Pointer)> =
        bodies.flat_map(|body| members(source, body)).filter(|(_, place)| may_be_id(source, place)).collect();
    let parameter = plain(parameter);
    let names = std::iter::once(parameter.as_str()).chain(IDS);
    let name = names.into_iter().find_map(|wanted| {
        let found = described.iter().find(|(name, _)| plain(name) == wanted);
        found.map(|(name, _)| name.clone())
    })?;
    let places = described.into_iter().filter(|(known, _)| *known == name).map(|(_, place)| place).collect();
    Some((name, places))
}
