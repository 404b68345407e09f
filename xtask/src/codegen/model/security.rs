//! Security schemes and what operations require of them.

use super::interface::{Alternative, SchemeKind, Security, SecurityScheme};
use super::names::{self, Scope};
use super::node::Node;
use orderly_document::{Diagnostic, Diagnostics};

/// The document's schemes, in their order.
pub(crate) fn schemes(root: &Node<'_>, diagnostics: &mut Diagnostics) -> Vec<SecurityScheme> {
    let declared = root.get("components").and_then(|components| components.get("securitySchemes"));
    let mut scope = Scope::without(&["OPERATIONS", "SCHEMAS"]);
    let mut schemes = Vec::new();
    for (name, node) in declared.into_iter().flat_map(|declared| declared.members()) {
        if let Some(kind) = diagnostics.absorb(node.follow().and_then(|node| kind(&node))) {
            let constant = scope.take(&format!("{}_SCHEME", names::snake(name).to_uppercase()));
            schemes.push(SecurityScheme { name: name.to_owned(), constant, kind });
        }
    }
    schemes
}

fn kind(node: &Node<'_>) -> Result<SchemeKind, Diagnostic> {
    let name = || {
        node.text("name").map(str::to_owned).ok_or_else(|| node.refused("an API key has to have a `name`"))
    };
    match (node.text("type"), node.text("in"), node.text("scheme").map(str::to_ascii_lowercase).as_deref()) {
        (Some("http"), _, Some("basic")) => Ok(SchemeKind::Basic),
        (Some("http"), _, Some("bearer")) | (Some("oauth2" | "openIdConnect"), _, _) => {
            Ok(SchemeKind::Bearer)
        }
        // Any other scheme of RFC 9110 travels in `Authorization` too; the server judges the whole value.
        (Some("http"), _, _) => Ok(SchemeKind::Header("Authorization".to_owned())),
        (Some("apiKey"), Some("header"), _) => Ok(SchemeKind::Header(name()?)),
        (Some("apiKey"), Some("query"), _) => Ok(SchemeKind::Query(name()?)),
        (Some("apiKey"), Some("cookie"), _) => Ok(SchemeKind::Cookie(name()?)),
        _ => Err(node
            .refused("the security scheme is of no known type")
            .hint("http, oauth2, openIdConnect, or apiKey in header, query or cookie")),
    }
}

/// What an operation requires: its own `security`, else the document's.
pub(crate) fn of(
    root: &Node<'_>,
    operation: &Node<'_>,
    schemes: &[SecurityScheme],
) -> Result<Security, Diagnostic> {
    let declared = operation.get("security").or_else(|| root.get("security"));
    let mut alternatives = Vec::new();
    for requirement in declared.into_iter().flat_map(|declared| declared.items()) {
        let mut alternative = Alternative::default();
        for (name, scopes) in requirement.members() {
            let known = schemes.iter().position(|scheme| scheme.name == name);
            let index = known.ok_or_else(|| {
                scopes
                    .refused(format!("there is no security scheme `{name}`"))
                    .hint("declare it under `components.securitySchemes`")
            })?;
            alternative.schemes.push(index);
            alternative
                .scopes
                .extend(scopes.items().filter_map(|scope| scope.value.as_str().map(str::to_owned)));
        }
        alternatives.push(alternative);
    }
    Ok(Security { alternatives })
}
