//! What a document means in terms of Rust: types, operations, parameters, answers.
//!
//! The rules of OpenAPI 3.0 stand here and nowhere else: what `nullable`, `allOf` or `explode` mean,
//! which parameters a path hands down, what an operation without `security` requires. What comes out
//! (`Interface`) speaks of structs, enums and traits only.

mod answer;
mod body;
mod cycle;
mod default;
pub(crate) mod interface;
pub(crate) mod names;
pub(crate) mod node;
mod object;
mod operation;
pub(crate) mod parameter;
mod scalar;
mod schema;
mod security;
mod shape;
pub(crate) mod types;
mod union;
mod usage;
pub(crate) mod uses;

#[cfg(test)]
mod tests;

use self::interface::{Interface, Tag};
use self::names::Scope;
use self::node::Node;
use self::operation::Draft;
use self::schema::Builder;
use self::usage::Usage;
use orderly_document::{Diagnostics, Document, Refused};

/// Modules that every generated interface has.
const MODULES: [&str; 9] =
    ["types", "routes", "description", "operations", "runtime", "std", "core", "self", "generated"];

/// Works out the interface of a document.
///
/// # Errors
/// [`Refused`] when something cannot be generated; all reasons are in `diagnostics`.
pub(crate) fn build(document: &Document, diagnostics: &mut Diagnostics) -> Result<Interface, Refused> {
    let root = Node::root(document);
    let mut drafts = operation::drafts(&root, diagnostics);
    let schemes = security::schemes(&root, diagnostics);
    let entries: Vec<_> = drafts.iter().flat_map(operation::entries).collect();
    let usage = Usage::of(&entries);
    let mut builder = Builder::new(&root, usage, diagnostics);
    operation::name(&mut drafts, &mut builder.scope);
    let mut tags = tags(&root, &drafts, &mut builder.scope);
    builder.components(&root);
    for draft in &drafts {
        let built = operation::build(&mut builder, &root, draft, &schemes);
        if let (Some(operation), Some(tag)) =
            (built, tags.iter_mut().find(|tag| tag.tag.as_deref() == draft.tag))
        {
            tag.operations.push(operation);
        }
    }
    let mut types = builder.finish();
    diagnostics.verdict()?;
    cycle::break_all(&mut types);
    let title = root.get("info").and_then(|info| info.prose("title")).unwrap_or_default();
    Ok(Interface { title, types, tags, schemes })
}

/// The tags that have operations: declared ones in the order of the document, others as they occur.
fn tags(root: &Node<'_>, drafts: &[Draft<'_>], types: &mut Scope) -> Vec<Tag> {
    let declared: Vec<Node<'_>> = root.items_of("tags").collect();
    let mut order: Vec<Option<&str>> = declared.iter().map(|tag| tag.text("name")).collect();
    for draft in drafts {
        if !order.contains(&draft.tag) {
            order.push(draft.tag);
        }
    }
    let mut modules = Scope::without(&MODULES);
    let mut tags: Vec<Tag> = Vec::new();
    for tag in order {
        let used = drafts.iter().any(|draft| draft.tag == tag);
        if !used || tags.iter().any(|other| other.tag.as_deref() == tag) {
            continue;
        }
        let described = declared.iter().find(|node| node.text("name") == tag);
        let name = tag.unwrap_or("default");
        tags.push(Tag {
            tag: tag.map(str::to_owned),
            description: described.and_then(|node| node.prose("description")),
            trait_name: types.take(&format!("{}Api", names::pascal(name))),
            module: modules.take(&names::module(name)),
            operations: Vec::new(),
        });
    }
    tags
}
