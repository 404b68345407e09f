//! The document in the words of poem-openapi: a function for each operation and each schema.

mod components;
mod schema;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::codegen::emit::rust;
use crate::codegen::emit::source::Source;
use crate::codegen::model::interface::{Interface, Operation};
use crate::codegen::model::names::{self, Scope};
use crate::codegen::model::node::Node;
use crate::codegen::model::parameter;
use orderly_document::Document;

/// The file `description.rs`.
pub(crate) fn file(document: &Document, interface: &Interface) -> String {
    let root = Node::root(document);
    let mut source = Source::new("The document as poem-openapi describes it.");
    source.import("poem_openapi::registry::*");
    let operations: Vec<&Operation> = interface.tags.iter().flat_map(|tag| &tag.operations).collect();
    let mut paths = Vec::new();
    let mut functions = Vec::new();
    for (path, item) in root.members_of("paths") {
        let Ok(item) = item.follow() else { continue };
        let of_path: Vec<&Operation> =
            operations.iter().copied().filter(|operation| operation.path == path).collect();
        if of_path.is_empty() {
            continue;
        }
        let names = of_path.iter().map(|operation| function_of(operation));
        let operations = rust::list(names.map(|name| quote!(#name())));
        paths.push(quote!(MetaPath { path: #path.to_owned(), operations: #operations }));
        for operation in of_path {
            functions.push(self::operation(&root, &item, operation));
        }
    }
    let paths = rust::list(paths);
    source.items(quote! {
        /// The operations, path by path.
        pub(super) fn paths() -> Vec<MetaPath> {
            #paths
        }
    });
    source.items(components::register(&root));
    functions.into_iter().for_each(|function| source.items(function));
    for (function, schema) in components::schemas(&root) {
        let schema = schema::schema(&schema);
        source.items(quote!(fn #function() -> MetaSchema { #schema }));
    }
    source.finish()
}

/// The function that describes an operation.
fn function_of(operation: &Operation) -> Ident {
    rust::ident(&format!("{}_operation", operation.constant.to_lowercase()))
}

/// One operation.
fn operation(root: &Node<'_>, item: &Node<'_>, operation: &Operation) -> TokenStream {
    let function = function_of(operation);
    let Some(node) = item.get(&operation.http_method.to_lowercase()) else { return TokenStream::new() };
    let tags = rust::list(node.items_of("tags").filter_map(|tag| tag.value.as_str()).map(|tag| quote!(#tag)));
    let method = rust::ident(&operation.http_method);
    let (summary, description) = (text(&node, "summary"), text(&node, "description"));
    let external = external_docs(&node);
    let parameters = parameter::merged(item, &node).unwrap_or_default();
    let parameters = rust::list(parameters.iter().map(parameter));
    let request = option(node.resolved("requestBody").ok().flatten().map(|body| {
        let (description, content, required) =
            (text(&body, "description"), content(&body), body.flag("required"));
        quote!(MetaRequest { description: #description, content: #content, required: #required })
    }));
    let responses = node
        .members_of("responses")
        .filter(|(status, _)| !status.starts_with("x-"))
        .filter_map(|(status, response)| Some(self::response(status, &response.follow().ok()?)));
    let responses = rust::list(responses);
    let deprecated = node.flag("deprecated");
    let security = node.get("security").or_else(|| root.get("security"));
    let security = security.into_iter().flat_map(|security| security.items()).map(|requirement| {
        let members = requirement.members().map(|(scheme, scopes)| {
            let scopes = rust::list(
                scopes.items().filter_map(|scope| scope.value.as_str()).map(|scope| quote!(#scope)),
            );
            quote!((#scheme, #scopes))
        });
        quote!(std::collections::HashMap::from([#(#members),*]))
    });
    let security = rust::list(security);
    let id = text(&node, "operationId");
    quote! {
        fn #function() -> MetaOperation {
            MetaOperation {
                tags: #tags,
                method: orderly_api_runtime::Method::#method,
                summary: #summary,
                description: #description,
                external_docs: #external,
                params: #parameters,
                request: #request,
                responses: MetaResponses { responses: #responses },
                deprecated: #deprecated,
                security: #security,
                operation_id: #id,
                code_samples: Vec::new(),
            }
        }
    }
}

fn parameter(node: &Node<'_>) -> TokenStream {
    let name = node.text("name").unwrap_or_default();
    let schema = schema_of(node);
    let place = rust::ident(&names::pascal(node.text("in").unwrap_or_default()));
    let description = owned(node, "description");
    let (required, deprecated) = (node.flag("required"), node.flag("deprecated"));
    let style = node.text("style");
    let form = style.map_or(matches!(node.text("in"), Some("query" | "cookie")), |style| style == "form");
    let explode = node.value.get("explode").and_then(Value::as_bool).unwrap_or(form);
    let style = option(style.map(|style| {
        let style = rust::ident(&names::pascal(style));
        quote!(poem_openapi::ParameterStyle::#style)
    }));
    quote! {
        MetaOperationParam {
            name: #name.to_owned(),
            schema: #schema,
            in_type: MetaParamIn::#place,
            description: #description,
            required: #required,
            deprecated: #deprecated,
            explode: #explode,
            style: #style,
        }
    }
}

fn response(status: &str, node: &Node<'_>) -> TokenStream {
    let description = node.text("description").unwrap_or_default();
    let (code, range) = match status.parse::<u16>() {
        Ok(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            (quote!(Some(#code)), quote!(None))
        }
        Err(_) if status == "default" => (quote!(None), quote!(None)),
        Err(_) => (quote!(None), quote!(Some(#status.to_owned()))),
    };
    let content = content(node);
    let headers = rust::list(node.members_of("headers").filter_map(|(name, header)| {
        let header = header.follow().ok()?;
        let (description, schema) = (owned(&header, "description"), schema_of(&header));
        let (required, deprecated) = (header.flag("required"), header.flag("deprecated"));
        Some(quote! {
            MetaHeader {
                name: #name.to_owned(),
                description: #description,
                required: #required,
                deprecated: #deprecated,
                schema: #schema,
            }
        })
    }));
    quote! {
        MetaResponse {
            description: #description,
            status: #code,
            status_range: #range,
            content: #content,
            headers: #headers,
        }
    }
}

/// The media types of a body.
fn content(node: &Node<'_>) -> TokenStream {
    let media = node.members_of("content").map(|(media_type, node)| {
        let schema = schema_of(&node);
        quote!(MetaMediaType { content_type: #media_type, schema: #schema })
    });
    rust::list(media)
}

/// The `schema` of a parameter, header or media type.
fn schema_of(node: &Node<'_>) -> TokenStream {
    match node.get("schema") {
        Some(schema) => schema::reference(&schema),
        None => quote!(MetaSchemaRef::Inline(Box::new(MetaSchema::ANY))),
    }
}

/// Text that is there or not, as `Option<&'static str>`.
pub(crate) fn text(node: &Node<'_>, key: &str) -> TokenStream {
    option(node.text(key).map(|text| quote!(#text)))
}

/// Text that is there or not, as `Option<String>`.
pub(crate) fn owned(node: &Node<'_>, key: &str) -> TokenStream {
    option(node.text(key).map(|text| quote!(#text.to_owned())))
}

pub(crate) fn option(tokens: Option<TokenStream>) -> TokenStream {
    match tokens {
        Some(tokens) => quote!(Some(#tokens)),
        None => quote!(None),
    }
}

pub(crate) fn external_docs(node: &Node<'_>) -> TokenStream {
    option(node.get("externalDocs").map(|external| {
        let url = external.text("url").unwrap_or_default();
        let description = owned(&external, "description");
        quote!(MetaExternalDocument { url: #url.to_owned(), description: #description })
    }))
}

/// Names for the functions of components, apart from those of operations.
pub(crate) fn function_names<'t>(components: impl Iterator<Item = &'t str>, suffix: &str) -> Vec<String> {
    let mut scope = Scope::default();
    components.map(|name| scope.take(&format!("{}_{suffix}", names::snake(name)))).collect()
}
