//! Writes the glue over progenitor's builders: a call can be awaited, and a list gives its pages and items
//! as streams.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use heck::ToPascalCase;
use quote::ToTokens;
use serde_json::Value;
use syn::{
    Fields, FnArg, GenericArgument, ImplItem, Item, ItemMod, PathArguments, PathSegment, ReturnType, Type,
};

use super::events;
use super::source::Source;
use crate::codegen::lower::facts;

/// The file with the glue for each builder of the client.
pub(super) fn of(view: &Value, client: &syn::File) -> Result<Source, String> {
    let paged = paged_builders(view);
    let mut pages = BTreeSet::new();
    let mut code = String::from(
        "//! A call is sent by awaiting it; a list gives its pages and items as streams.\n\
         #[allow(unused_imports)]\n\
         use super::client::{ByteStream, builder, types};\n",
    );
    let (items, events) = (page_items(client), events::glue(view, client));
    for (builder, answer) in answers(client) {
        let _ = writeln!(code, "sdk::call!({builder} => {answer});");
        if let Some(line) = events.get(&builder).filter(|_| answer == "ByteStream") {
            code.push_str(line);
        }
        if paged.contains(&builder)
            && let Some(item) = items.get(&answer)
        {
            let _ = writeln!(code, "sdk::pages!({builder} => {answer});");
            pages.insert((answer, item.clone()));
        }
    }
    for (page, item) in pages {
        let _ = writeln!(code, "sdk::page!({page} => {item});");
    }
    Source::parse(&code)
}

fn paged_builders(view: &Value) -> BTreeSet<String> {
    let items = view["paths"].as_object().into_iter().flatten();
    let operations = items.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    let paged = operations.filter(|(_, operation)| operation.get(facts::PAGED) == Some(&Value::Bool(true)));
    paged.filter_map(|(_, operation)| Some(operation["operationId"].as_str()?.to_pascal_case())).collect()
}

/// By builder: what a successful call gives.
pub(super) fn answers(client: &syn::File) -> BTreeMap<String, String> {
    let mut answers = BTreeMap::new();
    for item in module(client, "builder").into_iter().flat_map(content) {
        let Item::Impl(block) = item else { continue };
        let Some(builder) = last_segment(&block.self_ty) else { continue };
        for method in &block.items {
            let ImplItem::Fn(method) = method else { continue };
            let by_value = matches!(method.sig.inputs.first(), Some(FnArg::Receiver(_)));
            if method.sig.ident != "send" || !by_value {
                continue;
            }
            // `Result<ResponseValue<T>, Error<E>>`
            let ReturnType::Type(_, result) = &method.sig.output else { continue };
            let answer = argument(result).and_then(argument);
            if let Some(answer) = answer {
                answers.insert(builder.clone(), answer.to_token_stream().to_string());
            }
        }
    }
    answers
}

/// By page type: the type of its items. Types are written as seen from beside the module `types`.
fn page_items(client: &syn::File) -> BTreeMap<String, String> {
    let mut items = BTreeMap::new();
    for item in module(client, "types").into_iter().flat_map(content) {
        let Item::Struct(page) = item else { continue };
        let Fields::Named(fields) = &page.fields else { continue };
        let field =
            fields.named.iter().find(|field| field.ident.as_ref().is_some_and(|name| name == "items"));
        let Some(of_page) = field.and_then(|field| argument(&field.ty)) else { continue };
        let text = of_page.to_token_stream().to_string();
        let text = if text.starts_with(':') { text } else { format!("types :: {text}") };
        items.insert(format!("types :: {}", page.ident), text);
    }
    items
}

pub(super) fn module<'a>(client: &'a syn::File, name: &str) -> Option<&'a ItemMod> {
    client.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => Some(module),
        _ => None,
    })
}

pub(super) fn content(module: &ItemMod) -> impl Iterator<Item = &Item> {
    module.content.iter().flat_map(|(_, items)| items)
}

pub(super) fn last_segment(path: &Type) -> Option<String> {
    let Type::Path(path) = path else { return None };
    path.path.segments.last().map(|segment| segment.ident.to_string())
}

/// The first type argument: `T` of `Vec<T>`.
fn argument(of: &Type) -> Option<&Type> {
    let Type::Path(path) = of else { return None };
    argument_of(path.path.segments.last()?)
}

/// The first type argument of a part of a path.
pub(super) fn argument_of(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(argument) => Some(argument),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_builder_can_be_awaited_and_lists_give_pages() {
        let client = syn::parse_file(
            "pub mod types { pub struct ThingPage { pub items: ::std::vec::Vec<Thing>, pub next_cursor: Option<String> } }
             pub mod builder {
                 impl<'a> ListThings<'a> { pub async fn send(self) -> Result<ResponseValue<types::ThingPage>, Error<::sdk::Problem>> {} }
                 impl<'a> DeleteThing<'a> { pub async fn send(self) -> Result<ResponseValue<()>, Error<::sdk::Problem>> {} }
             }",
        )
        .unwrap();
        let view =
            json!({"paths": {"/things": {"get": {"operationId": "list_things", "x-sdk-paged": true}}}});
        let text = of(&view, &client).unwrap().text();
        let plain: String = text.split_whitespace().collect();
        for expected in [
            "sdk::call!(DeleteThing=>());",
            "sdk::call!(ListThings=>types::ThingPage);",
            "sdk::pages!(ListThings=>types::ThingPage);",
            "sdk::page!(types::ThingPage=>types::Thing);",
        ] {
            assert!(plain.contains(expected), "{expected} in {text}");
        }
    }
}
