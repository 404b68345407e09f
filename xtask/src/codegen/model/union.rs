//! `oneOf` and `anyOf`: the variants of an enum and how the right one is found.

use std::collections::HashSet;

use super::names::{self, Scope};
use super::node::Node;
use super::object;
use super::schema::Builder;
use super::shape;
use super::types::{Direction, Matching, Scalar, Type, Union, UnionVariant};
use orderly_document::Diagnostic;

/// The enum of a composition of at least two schemas.
///
/// # Errors
/// Refusals of the schemas within.
pub(crate) fn build(
    builder: &mut Builder<'_>,
    node: &Node<'_>,
    keyword: &str,
    direction: Direction,
    name: &str,
) -> Result<Union, Diagnostic> {
    let members: Vec<Node<'_>> = node.items_of(keyword).filter(|member| !shape::is_null(member)).collect();
    let (matching, tags) = matching(builder, node, keyword, &members)?;
    let mut scope = Scope::default();
    let mut variants = Vec::with_capacity(members.len());
    for (index, member) in members.iter().enumerate() {
        let tags: Vec<String> = tags.get(index).cloned().unwrap_or_default();
        let title =
            component_name(member).or_else(|| member.prose("title")).or_else(|| tags.first().cloned());
        let wish = title.as_deref().map(names::variant);
        let inline = format!("{name}{}", wish.clone().unwrap_or_else(|| format!("Variant{}", index + 1)));
        let ty = builder.owned(member, direction, &inline)?.ty;
        let wish = wish.unwrap_or_else(|| kind_name(&ty, index));
        variants.push(UnionVariant { name: scope.take(&wish), ty, tags });
    }
    Ok(Union { variants, matching })
}

/// How the variant is found, and which tags select each of them.
fn matching(
    builder: &mut Builder<'_>,
    node: &Node<'_>,
    keyword: &str,
    members: &[Node<'_>],
) -> Result<(Matching, Vec<Vec<String>>), Diagnostic> {
    let untagged = if keyword == "oneOf" { Matching::ExactlyOne } else { Matching::First };
    if let Some(discriminator) = node.get("discriminator") {
        let property = discriminator.text("propertyName").unwrap_or_default();
        if let Some(tags) = declared_tags(&discriminator, property, members)? {
            return Ok((Matching::Tagged { property: property.to_owned() }, tags));
        }
        builder.diagnostics.push(
            discriminator
                .ignored("the discriminator does not tell the variants apart")
                .hint("every variant has to be a component that declares and requires the property"),
        );
    }
    match (keyword, told_apart(members)) {
        ("oneOf", Some((property, tags))) => Ok((Matching::Tagged { property }, tags)),
        _ => Ok((untagged, Vec::new())),
    }
}

/// The tags that a discriminator gives to each variant; `None` if it leaves one out or names one twice.
fn declared_tags(
    discriminator: &Node<'_>,
    property: &str,
    members: &[Node<'_>],
) -> Result<Option<Vec<Vec<String>>>, Diagnostic> {
    let mut tags = Vec::with_capacity(members.len());
    for member in members {
        let Some(component) = component_name(member) else { return Ok(None) };
        if !object::keys(member).iter().any(|(key, _)| *key == property) {
            return Ok(None);
        }
        let target = member.follow()?.pointer;
        let mut own = Vec::new();
        for (tag, reference) in discriminator.members_of("mapping") {
            let text = reference.value.as_str().unwrap_or_default();
            let leads_here = if text.starts_with('#') {
                member.document.follow(text, &reference.pointer)?.pointer == target
            } else {
                text == component
            };
            if leads_here {
                own.push(tag.to_owned());
            }
        }
        if own.is_empty() {
            own.push(component);
        }
        tags.push(own);
    }
    let mut seen = HashSet::new();
    let distinct = tags.iter().flatten().all(|tag| seen.insert(tag.clone()));
    Ok(distinct.then_some(tags))
}

/// A required property that has different fixed values in every variant tells them apart as well.
fn told_apart(members: &[Node<'_>]) -> Option<(String, Vec<Vec<String>>)> {
    let candidates = object::keys(members.first()?);
    candidates.into_iter().map(|(key, _)| key).find_map(|key| {
        let mut seen = HashSet::new();
        let tags: Vec<Vec<String>> =
            members.iter().map(|member| fixed_values(member, key)).collect::<Option<_>>()?;
        let distinct = tags.iter().flatten().all(|tag| seen.insert(tag.clone()));
        distinct.then(|| (key.to_owned(), tags))
    })
}

/// The values that an object's required property may have, if they are listed.
fn fixed_values(member: &Node<'_>, key: &str) -> Option<Vec<String>> {
    let target = member.follow().ok()?;
    let required = target.items_of("required").any(|item| item.value == key);
    let (_, property) = object::keys(member).into_iter().find(|(known, _)| *known == key)?;
    let property = property.follow().ok().filter(|_| required)?;
    let values: Vec<String> = property
        .items_of("enum")
        .map(|item| item.value.as_str().map(str::to_owned))
        .collect::<Option<_>>()?;
    (!values.is_empty()).then_some(values)
}

/// The component that a reference leads to.
fn component_name(node: &Node<'_>) -> Option<String> {
    node.is_reference().then(|| node.follow().ok()?.component("schemas"))?
}

/// A variant without a name of its own is called after what it holds.
fn kind_name(ty: &Type, index: usize) -> String {
    match ty {
        Type::Scalar(Scalar::Bool) => "Boolean".to_owned(),
        Type::Scalar(Scalar::I32 | Scalar::I64) => "Integer".to_owned(),
        Type::Scalar(Scalar::F32 | Scalar::F64) => "Number".to_owned(),
        Type::Scalar(Scalar::String) => "Text".to_owned(),
        Type::Scalar(Scalar::DateTime) => "DateTime".to_owned(),
        Type::Scalar(Scalar::Date) => "Date".to_owned(),
        Type::Scalar(Scalar::Uuid) => "Uuid".to_owned(),
        Type::List(_) => "List".to_owned(),
        Type::Map(_) => "Map".to_owned(),
        Type::Json => "Any".to_owned(),
        Type::Nullable(inner) | Type::Boxed(inner) => kind_name(inner, index),
        Type::Named(_) => format!("Variant{}", index + 1),
    }
}
