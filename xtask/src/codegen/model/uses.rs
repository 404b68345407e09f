//! Who uses which type: where it is to be written, and whether it has anything to check.

use std::collections::HashSet;

use super::interface::{Content, Form, Interface, Operation};
use super::types::{Additional, Bounds, Kind, Type, TypeId, Types};

/// The module of types that no single tag owns.
pub(crate) const SHARED: &str = "shared";

/// The types that a definition uses directly.
pub(crate) fn places(kind: &Kind) -> Vec<&Type> {
    match kind {
        Kind::Alias(ty) => vec![ty],
        Kind::List { item, .. } => vec![item],
        Kind::Map { value, .. } => vec![value],
        Kind::Struct(object) => {
            let kept = match &object.additional {
                Additional::Kept(ty) => Some(ty),
                Additional::Ignored | Additional::Refused => None,
            };
            object.fields.iter().map(|field| &field.ty).chain(kept).collect()
        }
        Kind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Kind::Newtype { .. } | Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Checked => Vec::new(),
    }
}

/// The named type within collections and wrappers.
pub(crate) fn innermost(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => innermost(inner),
        Type::Scalar(_) | Type::Json => None,
    }
}

/// The module of each definition: the tag's that alone leads to it, else [`SHARED`].
pub(crate) fn groups(interface: &Interface) -> Vec<String> {
    let types = &interface.types;
    let mut owners: Vec<Option<&str>> = vec![None; types.definitions.len()];
    for tag in &interface.tags {
        let mut seen = HashSet::new();
        let mut waiting: Vec<TypeId> =
            tag.operations.iter().flat_map(of_operation).filter_map(innermost).collect();
        while let Some(id) = waiting.pop() {
            if seen.insert(id) {
                waiting.extend(places(&types.get(id).kind).into_iter().filter_map(innermost));
            }
        }
        for id in seen {
            owners[id.0] = Some(owners[id.0].map_or(tag.module.as_str(), |_| SHARED));
        }
    }
    owners.into_iter().map(|owner| owner.unwrap_or(SHARED).to_owned()).collect()
}

/// The types in what an operation takes and gives.
pub(crate) fn of_operation(operation: &Operation) -> impl Iterator<Item = &Type> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let request = operation.body.iter().flat_map(|body| &body.forms);
    let headers = operation.answers.iter().flat_map(|answer| &answer.headers).map(|header| &header.ty);
    let answers =
        operation.answers.iter().filter_map(|answer| answer.body.as_ref()).flat_map(|body| &body.forms);
    parameters.chain(headers).chain(request.chain(answers).filter_map(of_form))
}

fn of_form(form: &Form) -> Option<&Type> {
    match &form.content {
        Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) => Some(ty),
        Content::Text | Content::Bytes | Content::Stream => None,
    }
}

/// Whether values of a type can be invalid although they have been read: bounds of collections.
pub(crate) fn is_checked_within(types: &Types, ty: &Type) -> bool {
    let mut seen = HashSet::new();
    let mut waiting: Vec<TypeId> = innermost(ty).into_iter().collect();
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        let kind = &types.get(id).kind;
        if has_bounds(kind) {
            return true;
        }
        waiting.extend(places(kind).into_iter().filter_map(innermost));
    }
    false
}

fn has_bounds(kind: &Kind) -> bool {
    let bounded = |bounds: &Bounds| !bounds.is_empty();
    match kind {
        Kind::List { bounds, .. } | Kind::Map { bounds, .. } => bounded(bounds),
        Kind::Struct(object) => {
            bounded(&object.bounds) || object.fields.iter().any(|field| bounded(&field.bounds))
        }
        _ => false,
    }
}
