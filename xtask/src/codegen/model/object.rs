//! Objects: the properties of a schema and of all it is composed of, as the fields of one struct.

use serde_json::Value;

use super::node::Node;
use super::schema::Builder;
use super::shape::{self, Shape};
use super::types::{Additional, Bounds, Direction, Field, Presence, Struct, Type};
use super::{default, names, usage};
use orderly_document::Diagnostic;

/// How deep `allOf` may nest; deeper is taken for a circle.
const MAX_COMPOSITION: u8 = 16;

/// An object and what it is composed of, taken together.
#[derive(Default)]
struct Flat<'d> {
    properties: Vec<(&'d str, Node<'d>)>,
    required: Vec<&'d str>,
    additional: Option<Node<'d>>,
    bounds: Bounds,
    parts: usize,
}

/// The struct of an object schema; `None` if its parts cannot be said in one Rust type.
///
/// # Errors
/// Refusals of the schemas within.
pub(crate) fn build(
    builder: &mut Builder<'_>,
    node: &Node<'_>,
    direction: Direction,
    name: &str,
) -> Result<Option<Struct>, Diagnostic> {
    let mut flat = Flat::default();
    if !flat.add(node, MAX_COMPOSITION)? {
        return Ok(None);
    }
    let closed = flat.additional.as_ref().is_some_and(|node| *node.value == Value::Bool(false));
    let undeclared: Vec<&str> = flat.undeclared();
    // A property that is required yet not declared may be anything, which only an open object allows.
    if (!undeclared.is_empty() && flat.additional.is_some()) || (flat.parts > 1 && flat.additional.is_some())
    {
        return Ok(None);
    }
    let additional = match flat.additional.take() {
        None => Additional::Ignored,
        Some(_) if closed => Additional::Refused,
        Some(values) if values.object().is_some() => {
            Additional::Kept(builder.owned(&values, direction, &format!("{name}Value"))?.with_null())
        }
        Some(_) => Additional::Kept(Type::Json),
    };
    let mut scope = names::Scope::without(&["additional"]);
    let mut fields = Vec::new();
    for (key, property) in &flat.properties {
        if !usage::is_left_out(property, direction) {
            let required = flat.required.contains(key);
            fields.push(field(builder, &mut scope, key, property, required, direction, name)?);
        }
    }
    for key in undeclared {
        fields.push(Field {
            name: scope.take(&names::field(key)),
            key: key.to_owned(),
            ty: Type::Json,
            presence: Presence::Required,
            bounds: Bounds::default(),
            description: None,
            deprecated: false,
        });
    }
    Ok(Some(Struct { fields, additional, bounds: flat.bounds }))
}

/// One property as a field.
fn field(
    builder: &mut Builder<'_>,
    scope: &mut names::Scope,
    key: &str,
    property: &Node<'_>,
    required: bool,
    direction: Direction,
    owner: &str,
) -> Result<Field, Diagnostic> {
    let used = builder.usage_of(property, direction, &format!("{owner}{}", names::pascal(key)))?;
    let target = property.follow()?;
    let (bounds, nullable) = (used.bounds, used.nullable && used.ty != Type::Json);
    let fallback = match target.value.get("default") {
        Some(value) if !required => default::checked(builder, &target, &used, value),
        _ => None,
    };
    let (ty, presence) = match (required, fallback) {
        (true, _) => (used.with_null(), Presence::Required),
        (false, Some(value)) => (used.with_null(), Presence::Default(value)),
        (false, None) if nullable => (used.ty, Presence::Patch),
        (false, None) => (used.ty, Presence::Optional),
    };
    Ok(Field {
        name: scope.take(&names::field(key)),
        key: key.to_owned(),
        ty,
        presence,
        bounds,
        description: property.prose("description").or_else(|| target.prose("description")),
        deprecated: target.flag("deprecated"),
    })
}

impl<'d> Flat<'d> {
    /// Takes in a schema and its parts. `false` if they do not go together in one struct.
    fn add(&mut self, node: &Node<'d>, depth: u8) -> Result<bool, Diagnostic> {
        let Some(depth) = depth.checked_sub(1) else { return Ok(false) };
        let node = node.follow()?;
        for part in node.items_of("allOf") {
            if shape::is_annotation(&part) {
                continue;
            }
            let is_object = matches!(
                shape::of(&part.follow()?)?,
                Shape::Struct | Shape::Map(_) | Shape::Same("allOf", _)
            );
            if !is_object || !self.add(&part, depth)? {
                return Ok(false);
            }
        }
        let own = ["properties", "required", "additionalProperties", "minProperties", "maxProperties"];
        if own.iter().any(|key| node.has(key)) {
            self.parts += 1;
        }
        for (key, property) in node.members_of("properties") {
            if !self.property(key, property)? {
                return Ok(false);
            }
        }
        self.required.extend(node.items_of("required").filter_map(|item| item.value.as_str()));
        if let Some(additional) = node.get("additionalProperties") {
            // `true` beside other parts says nothing that an open object does not.
            if *additional.value != Value::Bool(true) || self.parts == 1 && !node.has("allOf") {
                self.additional = Some(additional);
            }
        }
        let bounds = shape::properties(&node);
        self.bounds.min = self.bounds.min.max(bounds.min);
        self.bounds.max = [self.bounds.max, bounds.max].into_iter().flatten().min();
        Ok(true)
    }

    /// Takes in a property; where two parts declare it, the narrower declaration stands.
    fn property(&mut self, key: &'d str, property: Node<'d>) -> Result<bool, Diagnostic> {
        let Some((_, present)) = self.properties.iter_mut().find(|(known, _)| *known == key) else {
            self.properties.push((key, property));
            return Ok(true);
        };
        match narrower(&present.follow()?, &property.follow()?)? {
            Narrower::First => {}
            Narrower::Second => *present = property,
            Narrower::Neither => return Ok(false),
        }
        Ok(true)
    }

    /// Properties that are required but not declared.
    fn undeclared(&self) -> Vec<&'d str> {
        let mut keys: Vec<&str> = Vec::new();
        for key in &self.required {
            let declared = self.properties.iter().any(|(known, _)| known == key);
            if !declared && !keys.contains(key) {
                keys.push(key);
            }
        }
        keys
    }
}

/// Which of two schemas allows only what the other allows too.
enum Narrower {
    First,
    Second,
    Neither,
}

fn narrower(first: &Node<'_>, second: &Node<'_>) -> Result<Narrower, Diagnostic> {
    if first.pointer == second.pointer || first.value == second.value {
        return Ok(Narrower::First);
    }
    let (one, other) = (shape::of(first)?, shape::of(second)?);
    let values =
        |node: &Node<'_>| -> Vec<Value> { node.items_of("enum").map(|item| item.value.clone()).collect() };
    let within = |small: &Node<'_>, large: &Node<'_>| {
        let large = values(large);
        values(small).iter().all(|value| large.contains(value))
    };
    let string = |shape: &Shape| matches!(shape, Shape::Scalar(super::types::Scalar::String));
    Ok(match (&one, &other) {
        (_, Shape::Json) => Narrower::First,
        (Shape::Json, _) => Narrower::Second,
        (Shape::StringEnum, Shape::StringEnum) if within(second, first) => Narrower::Second,
        (Shape::StringEnum, Shape::StringEnum) if within(first, second) => Narrower::First,
        (Shape::StringEnum | Shape::Newtype(super::types::Scalar::String, _), other) if string(other) => {
            Narrower::First
        }
        (one, Shape::StringEnum | Shape::Newtype(super::types::Scalar::String, _)) if string(one) => {
            Narrower::Second
        }
        (Shape::Scalar(one), Shape::Scalar(other)) if one == other => Narrower::First,
        _ => Narrower::Neither,
    })
}

/// The keys of an object's properties, including those of its parts; empty for what is no struct.
pub(crate) fn keys<'d>(node: &Node<'d>) -> Vec<(&'d str, Node<'d>)> {
    let mut flat = Flat::default();
    match node.follow().and_then(|node| shape::of(&node)) {
        Ok(Shape::Struct | Shape::Same("allOf", _)) => match flat.add(node, MAX_COMPOSITION) {
            Ok(true) => flat.properties,
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
