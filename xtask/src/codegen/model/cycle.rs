//! Types that contain themselves: a `Box` where the size would be infinite, a newtype where an alias would be.

use super::types::{Additional, Kind, Type, TypeId, Types};
use super::uses::innermost;

/// Makes every type finite.
pub(crate) fn break_all(types: &mut Types) {
    break_aliases(types);
    break_containment(types);
}

/// The state of a definition during the search.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

/// An alias that leads back to itself becomes a type of its own.
fn break_aliases(types: &mut Types) {
    for index in 0..types.definitions.len() {
        if alias_returns(types, TypeId(index)) {
            let definition = &mut types.definitions[index];
            definition.kind = match std::mem::replace(&mut definition.kind, Kind::Checked) {
                Kind::Alias(Type::List(item)) => Kind::List { item: *item, bounds: Default::default() },
                Kind::Alias(Type::Map(value)) => Kind::Map { value: *value, bounds: Default::default() },
                _ => Kind::Checked,
            };
        }
    }
}

/// Whether following aliases from a definition leads back to it.
fn alias_returns(types: &Types, start: TypeId) -> bool {
    let mut at = start;
    for _ in 0..=types.definitions.len() {
        let Kind::Alias(ty) = &types.get(at).kind else { return false };
        match innermost(ty) {
            Some(next) if next == start => return true,
            Some(next) => at = next,
            None => return false,
        }
    }
    false
}

/// Depth-first search; a use that leads back to a type being visited is boxed.
fn break_containment(types: &mut Types) {
    let mut marks = vec![Mark::New; types.definitions.len()];
    for index in 0..types.definitions.len() {
        visit(types, TypeId(index), &mut marks);
    }
}

fn visit(types: &mut Types, id: TypeId, marks: &mut [Mark]) {
    if marks[id.0] != Mark::New {
        return;
    }
    marks[id.0] = Mark::Open;
    for place in 0..places(&mut types.definitions[id.0].kind).len() {
        let target = places(&mut types.definitions[id.0].kind).get(place).and_then(|ty| inline(ty));
        match target {
            Some(target) if marks[target.0] == Mark::Open => {
                if let Some(ty) = places(&mut types.definitions[id.0].kind).get_mut(place) {
                    box_inline(ty);
                }
            }
            Some(target) => visit(types, target, marks),
            None => {}
        }
    }
    marks[id.0] = Mark::Done;
}

/// The types that a definition uses.
fn places(kind: &mut Kind) -> Vec<&mut Type> {
    match kind {
        Kind::Alias(ty) => vec![ty],
        Kind::List { item, .. } => vec![item],
        Kind::Map { value, .. } => vec![value],
        Kind::Struct(object) => {
            let kept = match &mut object.additional {
                Additional::Kept(ty) => Some(ty),
                Additional::Ignored | Additional::Refused => None,
            };
            object.fields.iter_mut().map(|field| &mut field.ty).chain(kept).collect()
        }
        Kind::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        Kind::Newtype { .. } | Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Checked => Vec::new(),
    }
}

/// The type held in place, not behind a collection.
fn inline(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => inline(inner),
        Type::List(_) | Type::Map(_) | Type::Boxed(_) | Type::Scalar(_) | Type::Json => None,
    }
}

fn box_inline(ty: &mut Type) {
    match ty {
        Type::Nullable(inner) => box_inline(inner),
        other => *other = Type::Boxed(Box::new(other.clone())),
    }
}
