//! Reads shapes out of the document: references followed, `allOf` merged, unions taken apart.

use std::{collections::BTreeSet, sync::Arc};

use orderly_api_runtime::Direction;
use orderly_document::{Pointer, reference};
use serde_json::{Map, Value};

use super::{
    cache::Cache,
    kind::Kinds,
    pattern::Expression,
    rule::{Demand, Rule, is_checked},
    shape::{Node, Shape, Union},
};
use crate::{case::Keyword, document::Document};

/// Ways that are looked at, at most, where unions stand within unions.
const MAX_ALTERNATIVES: usize = 48;

/// Unions side by side are combined fully up to so many ways; beyond, each branch is taken once.
const MAX_PRODUCT: usize = 12;

/// The schemas of a document in one direction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'d> {
    pub(super) document: &'d Document,
    pub(super) direction: Direction,
}

impl<'d> Reader<'d> {
    pub(super) fn cache(self) -> &'d Cache {
        self.document.values(self.direction)
    }

    /// The node of one schema.
    pub(super) fn node(self, schema: &Pointer) -> Node {
        Node::new([self.end(schema)])
    }

    /// Every way to be what a node demands; none if its branches contradict each other in kind.
    pub(super) fn alternatives(self, node: &Node) -> Arc<[Shape]> {
        self.cache().shapes(node, || {
            let mut shapes = Vec::new();
            if let Some(parts) = self.parts(&node.0) {
                self.expand(parts, Vec::new(), &mut shapes);
            }
            shapes.into()
        })
    }

    /// What a node demands besides its unions.
    pub(super) fn base(self, node: &Node) -> Shape {
        self.shape(self.parts(&node.0).unwrap_or_default(), Vec::new())
    }

    /// Where references end; the place itself if they lead nowhere.
    pub(super) fn end(self, place: &Pointer) -> Pointer {
        self.document.source().resolve(place).map_or_else(|_| place.clone(), |resolved| resolved.pointer)
    }

    pub(super) fn schema(self, place: &Pointer) -> Option<&'d Map<String, Value>> {
        self.document.source().get(place)?.as_object().filter(|schema| !schema.contains_key("$ref"))
    }

    /// The schemas with those of their `allOf`, each once. `None` if a reference leads nowhere: then nothing is known.
    fn parts(self, places: &[Pointer]) -> Option<Vec<Pointer>> {
        let mut parts = Vec::new();
        places.iter().all(|place| self.add_part(place, &mut parts)).then_some(parts)
    }

    fn add_part(self, place: &Pointer, parts: &mut Vec<Pointer>) -> bool {
        let place = self.end(place);
        let Some(schema) = self.schema(&place) else { return false };
        if parts.contains(&place) {
            return true;
        }
        parts.push(place.clone());
        let branches = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
        (0..branches).all(|index| self.add_part(&place.child("allOf").index(index), parts))
    }

    fn expand(self, parts: Vec<Pointer>, taken: Vec<Union>, shapes: &mut Vec<Shape>) {
        let is_new = |union: &Union| taken.iter().all(|known: &Union| known.place != union.place);
        let open: Vec<Union> = parts.iter().flat_map(|place| self.unions(place)).filter(is_new).collect();
        if open.is_empty() {
            shapes.push(self.shape(parts, taken));
            return;
        }
        let ways = open.iter().map(|union| union.branches.len()).product::<usize>();
        let most = open.iter().map(|union| union.branches.len()).max().unwrap_or(1);
        let is_full = ways <= MAX_PRODUCT;
        for way in 0..if is_full { ways } else { most } {
            if shapes.len() >= MAX_ALTERNATIVES {
                return;
            }
            let (mut parts, mut taken, mut rest) = (parts.clone(), taken.clone(), way);
            let mut is_known = true;
            for union in &open {
                let branches = union.branches.len();
                let index = rest % branches;
                if is_full {
                    rest /= branches;
                }
                is_known &= self.add_part(&union.branches[index], &mut parts);
                taken.push(Union { taken: index, ..union.clone() });
            }
            if is_known {
                self.expand(parts, taken, shapes);
            }
        }
    }

    fn unions(self, place: &Pointer) -> Vec<Union> {
        let Some(schema) = self.schema(place) else { return Vec::new() };
        let union = |(keyword, name): (Keyword, &str)| {
            let branches = schema.get(name)?.as_array()?.len();
            let place = place.child(name);
            let branches: Vec<_> = (0..branches).map(|index| place.index(index)).collect();
            (!branches.is_empty()).then_some(Union { keyword, place, branches, taken: 0 })
        };
        [(Keyword::OneOf, "oneOf"), (Keyword::AnyOf, "anyOf")].into_iter().filter_map(union).collect()
    }

    fn shape(self, parts: Vec<Pointer>, unions: Vec<Union>) -> Shape {
        let mut shape = Shape {
            parts,
            kinds: Kinds::ALL,
            rules: Vec::new(),
            members: Vec::new(),
            hidden: Vec::new(),
            other: Some(Node::default()),
            is_open: false,
            items: Node::default(),
            nots: Vec::new(),
            unions: Vec::new(),
            examples: Vec::new(),
        };
        for place in shape.parts.clone() {
            if let Some(schema) = self.schema(&place) {
                self.rules(&place, schema, &mut shape);
            }
        }
        self.members(&mut shape);
        for union in &unions {
            shape.rules.push(Rule {
                keyword: union.keyword,
                place: union.place.clone(),
                demand: Demand::Elsewhere,
            });
            shape.rules.extend(self.tag(union));
        }
        shape.unions = unions;
        shape
    }

    /// The rules of one schema; those about its members too, but not what the members are.
    fn rules(self, place: &Pointer, schema: &Map<String, Value>, shape: &mut Shape) {
        use Keyword as K;
        let is = |name: &str| schema.get(name) == Some(&Value::Bool(true));
        let amount = |name: &str| schema.get(name).and_then(Value::as_u64);
        let number = |name: &str| schema.get(name).and_then(Value::as_number).cloned();
        let text = |name: &str| schema.get(name).and_then(Value::as_str);
        let list = |name: &str| schema.get(name).and_then(Value::as_array);
        let is_composed = ["allOf", "anyOf", "oneOf", "not"].iter().any(|name| schema.contains_key(*name));
        // Elsewhere null stands outside the whole schema, and is tried by itself.
        let allows_null = is("nullable") && !is_composed && schema.contains_key("type");

        let mut rules: Vec<(K, Option<Demand>)> = Vec::new();
        if let Some(names) = schema.get("type") {
            let kinds = Kinds::named(names) | if allows_null { Kinds::NULL } else { Kinds::NONE };
            shape.kinds = shape.kinds & kinds;
            rules.push((K::Type, Some(Demand::Type(kinds))));
        }
        if is("nullable") {
            rules.push((K::Nullable, Some(Demand::Elsewhere)));
        }
        rules.push((
            K::Enum,
            list("enum").map(|values| {
                let mut values = values.clone();
                if allows_null && !values.contains(&Value::Null) {
                    values.push(Value::Null);
                }
                Demand::Enum(values)
            }),
        ));
        rules.push((K::Format, text("format").map(|name| Demand::Format(name.to_owned()))));
        rules.push((
            K::Pattern,
            text("pattern").map(|source| Demand::Pattern(Arc::new(Expression::new(source)))),
        ));
        rules.push((K::MinLength, amount("minLength").map(Demand::MinLength)));
        rules.push((K::MaxLength, amount("maxLength").map(Demand::MaxLength)));
        rules.push((K::Minimum, number("minimum").map(Demand::Minimum)));
        rules.push((K::Maximum, number("maximum").map(Demand::Maximum)));
        rules.push((
            K::ExclusiveMinimum,
            number("minimum").filter(|_| is("exclusiveMinimum")).map(Demand::Differs),
        ));
        rules.push((
            K::ExclusiveMaximum,
            number("maximum").filter(|_| is("exclusiveMaximum")).map(Demand::Differs),
        ));
        rules.push((K::MultipleOf, number("multipleOf").map(Demand::MultipleOf)));
        rules.push((K::MinItems, amount("minItems").map(Demand::MinItems)));
        rules.push((K::MaxItems, amount("maxItems").map(Demand::MaxItems)));
        rules.push((K::UniqueItems, is("uniqueItems").then_some(Demand::Unique)));
        rules.push((K::MinProperties, amount("minProperties").map(Demand::MinProperties)));
        rules.push((K::MaxProperties, amount("maxProperties").map(Demand::MaxProperties)));
        rules.push((K::AllOf, list("allOf").map(|_| Demand::Elsewhere)));
        rules.push((K::Not, schema.get("not").map(|_| Demand::Elsewhere)));
        for (keyword, demand) in rules {
            if let Some(demand) = demand {
                shape.rules.push(Rule { keyword, place: place.child(keyword.name()), demand });
            }
        }

        let hidden = self.hidden(place, schema);
        for (index, name) in list("required").into_iter().flatten().enumerate() {
            if let Some(name) = name.as_str().filter(|name| !hidden.contains(*name)) {
                let place = place.child("required").index(index);
                let demand = Demand::Required(name.to_owned());
                shape.rules.push(Rule { keyword: K::Required, place, demand });
            }
        }
        let known = properties(schema).map(|(name, _)| name.clone()).collect();
        let additional = match schema.get("additionalProperties") {
            None => None,
            Some(Value::Bool(false)) => Some(Demand::Closed(known)),
            Some(_) => Some(Demand::Open(known)),
        };
        if let Some(demand) = additional {
            let place = place.child("additionalProperties");
            shape.rules.push(Rule { keyword: K::AdditionalProperties, place, demand });
        }
        if schema.contains_key("items") {
            shape.items = shape.items.and([self.end(&place.child("items"))]);
        }
        if schema.contains_key("not") {
            shape.nots.push(place.child("not"));
        }
        shape
            .examples
            .extend(["example", "default"].into_iter().filter_map(|name| schema.get(name).cloned()));
    }

    /// What the members are that the parts of a shape name, and the others.
    fn members(self, shape: &mut Shape) {
        let schemas: Vec<_> =
            shape.parts.iter().filter_map(|place| Some((place.clone(), self.schema(place)?))).collect();
        let mut names: Vec<&String> = Vec::new();
        let mut seen = BTreeSet::new();
        for (name, _) in schemas.iter().flat_map(|(_, schema)| properties(schema)) {
            if seen.insert(name) {
                names.push(name);
            }
        }
        let hidden: BTreeSet<String> =
            schemas.iter().flat_map(|(place, schema)| self.hidden(place, schema)).collect();
        let other = |place: &Pointer, schema: &Map<String, Value>| match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => None,
            Some(Value::Object(_)) => Some(Some(self.end(&place.child("additionalProperties")))),
            _ => Some(None),
        };
        for name in names {
            let place = |(place, schema): &(Pointer, &Map<String, Value>)| match properties(schema)
                .any(|(known, _)| known == name)
            {
                true => Some(Some(self.end(&place.child("properties").child(name)))),
                false => other(place, schema),
            };
            let places: Option<Vec<Option<Pointer>>> = schemas.iter().map(place).collect();
            let Some(places) = places else { continue };
            let node = Node::new(places.into_iter().flatten());
            if !hidden.contains(name) {
                shape.members.push((name.clone(), node));
                continue;
            }
            let says = |place: &&Pointer| self.is_hidden(place);
            if let (Direction::Request, Some(place)) = (self.direction, node.0.iter().find(says)) {
                let (place, demand) = (place.child("readOnly"), Demand::Absent(name.clone()));
                shape.rules.push(Rule { keyword: Keyword::ReadOnly, place, demand });
            }
            shape.hidden.push((name.clone(), node));
        }
        let others: Option<Vec<Option<Pointer>>> =
            schemas.iter().map(|(place, schema)| other(place, schema)).collect();
        shape.is_open = schemas.iter().any(|(_, schema)| schema.contains_key("additionalProperties"));
        shape.other = others.map(|others| Node::new(others.into_iter().flatten()));
    }

    /// The members of a schema that belong to the other direction.
    fn hidden(self, place: &Pointer, schema: &Map<String, Value>) -> BTreeSet<String> {
        let place = place.child("properties");
        let names = properties(schema).map(|(name, _)| name);
        names.filter(|name| self.is_hidden(&self.end(&place.child(name)))).cloned().collect()
    }

    fn is_hidden(self, place: &Pointer) -> bool {
        let keyword = match self.direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        self.schema(place).is_some_and(|schema| schema.get(keyword) == Some(&Value::Bool(true)))
    }

    /// The tag that a discriminator demands for the branch that was taken: what the mapping calls the branch, or else
    /// its name (OpenAPI 3.0.3, "Discriminator Object").
    fn tag(self, union: &Union) -> Option<Rule> {
        let schema = union.place.parent()?;
        let discriminator = self.schema(&schema)?.get("discriminator")?;
        let name = discriminator.get("propertyName")?.as_str()?;
        let branch = reference(self.document.source().get(union.branches.get(union.taken)?)?)?;
        let short = branch.rsplit('/').next().unwrap_or(branch);
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let is_meant = |target: &Value| target == branch || target == short;
        let mapped = mapping.into_iter().flatten().filter(|(_, target)| is_meant(target));
        let mut tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
        if tags.is_empty() {
            tags.push(short.to_owned());
        }
        let place = schema.child("discriminator");
        Some(Rule { keyword: Keyword::Discriminator, place, demand: Demand::Tag(name.to_owned(), tags) })
    }
}

impl Shape {
    /// Whether a text has a format that says what it must be, without saying how: only the document's own values are
    /// sure to have it.
    pub(super) fn is_opaque(&self) -> bool {
        self.rules.iter().any(|rule| match &rule.demand {
            Demand::Format(name) => !is_checked(name) && !matches!(name.as_str(), "password" | "binary"),
            _ => false,
        })
    }
}

fn properties(schema: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}
