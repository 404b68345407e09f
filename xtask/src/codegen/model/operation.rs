//! Operations: what the paths of a document hold, and what each asks for and answers.

use std::collections::HashMap;

use super::interface::{Body, Location, Operation, Parameter, SecurityScheme};
use super::names::{self, Scope};
use super::node::Node;
use super::schema::Builder;
use super::types::Direction;
use super::{answer, body, parameter, security};
use orderly_document::{Diagnostic, Diagnostics};

/// The methods of a path item, as OpenAPI 3.0.3 lists them.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation before its schemas are looked at.
pub(crate) struct Draft<'d> {
    pub(crate) path: &'d str,
    pub(crate) item: Node<'d>,
    pub(crate) method: &'d str,
    pub(crate) node: Node<'d>,
    pub(crate) id: String,
    pub(crate) tag: Option<&'d str>,
    pub(crate) method_name: String,
    pub(crate) request_name: String,
    pub(crate) response_name: String,
}

/// Every operation of the document, in its order.
pub(crate) fn drafts<'d>(root: &Node<'d>, diagnostics: &mut Diagnostics) -> Vec<Draft<'d>> {
    let mut routes: HashMap<(String, &str), &str> = HashMap::new();
    let mut ids: HashMap<String, ()> = HashMap::new();
    let mut drafts: Vec<Draft<'d>> = Vec::new();
    for (path, item) in root.members_of("paths") {
        if path.starts_with("x-") {
            continue;
        }
        let Some(item) = diagnostics.absorb(item.follow()) else { continue };
        check_template(&item, path, diagnostics);
        for (method, node) in item.members() {
            if !METHODS.contains(&method) {
                remark_on_other(method, &node, diagnostics);
                continue;
            }
            if let Some(other) = routes.insert((shape(path), method), path) {
                let message = format!("`{path}` and `{other}` are the same path");
                diagnostics.push(
                    node.refused(message)
                        .hint("templates that differ only by the names of parameters cannot be told apart"),
                );
                continue;
            }
            let id = node.prose("operationId").unwrap_or_else(|| format!("{method} {path}"));
            if ids.insert(id.clone(), ()).is_some() {
                diagnostics.push(node.refused(format!("the operationId `{id}` is used twice")));
                continue;
            }
            diagnostics.extend(["callbacks", "servers"].iter().filter_map(|key| node.without_bearing(key)));
            let tag = node.items_of("tags").find_map(|tag| tag.value.as_str());
            drafts.push(Draft {
                path,
                item: item.clone(),
                method,
                node,
                id,
                tag,
                method_name: String::new(),
                request_name: String::new(),
                response_name: String::new(),
            });
        }
    }
    drafts
}

/// Gives every operation the names of its method, its request and its answer.
pub(crate) fn name(drafts: &mut [Draft<'_>], types: &mut Scope) {
    let mut methods = Scope::without(&["routes", "service", "call", "request", "principal"]);
    for draft in drafts {
        draft.method_name = methods.take(&names::field(&draft.id));
        let pascal = names::pascal(draft.method_name.strip_prefix("r#").unwrap_or(&draft.method_name));
        draft.request_name = types.take(&format!("{pascal}Request"));
        draft.response_name = types.take(&format!("{pascal}Response"));
    }
}

/// What stands in a path item beside the operations.
fn remark_on_other(key: &str, node: &Node<'_>, diagnostics: &mut Diagnostics) {
    match key {
        "servers" => diagnostics.push(node.ignored("`servers` has no bearing on the server")),
        "parameters" | "summary" | "description" | "$ref" => {}
        extension if extension.starts_with("x-") => {}
        other => diagnostics.push(node.ignored(format!("`{other}` is no method of OpenAPI 3.0"))),
    }
}

/// A path without the names of its parameters.
fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut within = false;
    for sign in path.chars() {
        within = (within || sign == '{') && sign != '}';
        if !within {
            shape.push(sign);
        }
    }
    shape
}

/// What no request can match, or the router cannot tell apart.
fn check_template(item: &Node<'_>, path: &str, diagnostics: &mut Diagnostics) {
    let braces_match = path.matches('{').count() == path.matches('}').count();
    if !path.starts_with('/') {
        diagnostics.push(item.refused(format!("the path `{path}` does not begin with `/`")));
    } else if path.contains("}{") || !braces_match {
        diagnostics.push(
            item.refused(format!("the parameters of `{path}` cannot be told apart"))
                .hint("two parameters in one segment need a sign between them"),
        );
    } else if path.contains(['#', '?']) {
        let message =
            format!("no request has the path `{path}`: what begins with `#` or `?` is no part of a path");
        diagnostics.push(item.warning(message));
    }
}

/// The names of a template's parameters.
fn template_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// The schemas that enter and leave an operation.
pub(crate) fn entries<'d>(draft: &Draft<'d>) -> Vec<(Node<'d>, Direction)> {
    let content = |node: Option<Node<'d>>, direction| {
        let media = node.into_iter().flat_map(|node| node.members_of("content"));
        media.filter_map(move |(_, media)| Some((media.get("schema")?, direction))).collect::<Vec<_>>()
    };
    let parameters = parameter::merged(&draft.item, &draft.node).unwrap_or_default();
    let mut entries: Vec<(Node<'d>, Direction)> = parameters
        .iter()
        .filter_map(|parameter| Some((parameter::schema(parameter)?.0, Direction::Request)))
        .collect();
    entries.extend(content(draft.node.resolved("requestBody").ok().flatten(), Direction::Request));
    for (_, response) in draft.node.members_of("responses") {
        let Ok(response) = response.follow() else { continue };
        for (_, header) in response.members_of("headers") {
            let schema = header.follow().ok().and_then(|header| Some(parameter::schema(&header)?.0));
            entries.extend(schema.map(|schema| (schema, Direction::Answer)));
        }
        entries.extend(content(Some(response), Direction::Answer));
    }
    entries
}

/// Works out one operation.
///
/// Each part is looked at before a refusal ends it, so that one run tells of them all; `None` once one was told.
pub(crate) fn build(
    builder: &mut Builder<'_>,
    root: &Node<'_>,
    draft: &Draft<'_>,
    schemes: &[SecurityScheme],
) -> Option<Operation> {
    let node = &draft.node;
    let plain_name = draft.method_name.strip_prefix("r#").unwrap_or(&draft.method_name);
    let parameters = parameters(builder, draft, plain_name);
    let parameters = builder.diagnostics.absorb(parameters);
    let body = body(builder, node, plain_name);
    let body = builder.diagnostics.absorb(body);
    let answers = answer::all(builder, node, plain_name);
    let answers = builder.diagnostics.absorb(answers);
    let security = builder.diagnostics.absorb(security::of(root, node, schemes));
    Some(Operation {
        id: draft.id.clone(),
        method_name: draft.method_name.clone(),
        constant: plain_name.to_uppercase(),
        request_name: draft.request_name.clone(),
        response_name: draft.response_name.clone(),
        http_method: draft.method.to_uppercase(),
        path: draft.path.to_owned(),
        summary: node.prose("summary"),
        description: node.prose("description"),
        deprecated: node.flag("deprecated"),
        parameters: parameters?,
        body: body?,
        answers: answers?,
        security: security?,
    })
}

fn parameters(
    builder: &mut Builder<'_>,
    draft: &Draft<'_>,
    plain_name: &str,
) -> Result<Vec<Parameter>, Diagnostic> {
    let mut scope = Scope::without(&["body"]);
    let mut parameters = Vec::new();
    for parameter in parameter::merged(&draft.item, &draft.node)? {
        let Some(built) = parameter::build(builder, &mut scope, &parameter, plain_name)? else { continue };
        if built.location == Location::Path && !template_names(draft.path).any(|name| name == built.name) {
            let message = format!("the path has no parameter `{}`", built.name);
            builder.diagnostics.push(parameter.warning(message).hint("it is left out"));
            continue;
        }
        parameters.push(built);
    }
    Ok(parameters)
}

fn body(builder: &mut Builder<'_>, node: &Node<'_>, plain_name: &str) -> Result<Option<Body>, Diagnostic> {
    match node.resolved("requestBody")? {
        Some(body) => body::of_request(builder, &body, plain_name),
        None => Ok(None),
    }
}
