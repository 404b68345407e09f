//! Which calls give events, and of what type their data is.

use std::collections::{BTreeMap, HashSet};

use heck::ToPascalCase;
use serde_json::Value;
use syn::{Field, Item, ItemStruct, Type, parse_quote};

use super::source::literal;
use crate::codegen::lower::facts;

/// By builder: the line that gives it its events.
pub(super) fn glue(view: &Value, client: &syn::File) -> BTreeMap<String, String> {
    let types = type_names(client);
    let clients: BTreeMap<String, String> = builders(client)
        .filter_map(|builder| {
            let field = builder.fields.iter().find(|field| is_client(field))?;
            Some((builder.ident.to_string(), field.ident.as_ref()?.to_string()))
        })
        .collect();
    let lines = operations(view).filter_map(|(id, operation)| {
        let builder = id.to_pascal_case();
        let reference = operation.get(facts::EVENT_DATA).and_then(|schema| schema["$ref"].as_str());
        let name = reference.and_then(|reference| reference.strip_prefix("#/components/schemas/"));
        let read = match name.filter(|name| types.contains(*name)) {
            Some(name) => format!("sdk::Event::json => types::{name}"),
            None => "Ok => String".to_owned(),
        };
        let line = format!("sdk::events!({builder}.{}, {}, {read});\n", clients.get(&builder)?, literal(id));
        Some((builder, line))
    });
    lines.collect()
}

/// Lets the glue see which client the builders of such calls belong to.
pub(super) fn show_client(view: &Value, client: &mut syn::File) {
    let chosen: HashSet<String> = operations(view).map(|(id, _)| id.to_pascal_case()).collect();
    for item in client.items.iter_mut().filter_map(builder_module).flat_map(|(_, items)| items) {
        let Item::Struct(builder) = item else { continue };
        if chosen.contains(&builder.ident.to_string()) {
            for field in builder.fields.iter_mut().filter(|field| is_client(field)) {
                field.vis = parse_quote!(pub(in super::super));
            }
        }
    }
}

fn builder_module(item: &mut Item) -> Option<&mut (syn::token::Brace, Vec<Item>)> {
    match item {
        Item::Mod(module) if module.ident == "builder" => module.content.as_mut(),
        _ => None,
    }
}

fn builders(client: &syn::File) -> impl Iterator<Item = &ItemStruct> {
    let modules = client.items.iter().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "builder" => module.content.as_ref(),
        _ => None,
    });
    modules.flat_map(|(_, items)| items).filter_map(|item| match item {
        Item::Struct(builder) => Some(builder),
        _ => None,
    })
}

/// `&'a super::Client`, whatever the field is called: a parameter may have its usual name.
fn is_client(field: &Field) -> bool {
    let Type::Reference(reference) = &field.ty else { return false };
    let Type::Path(path) = &*reference.elem else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Client")
}

/// The operations that answer with events.
fn operations(view: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let items = view["paths"].as_object().into_iter().flatten();
    let operations = items.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    operations
        .filter(|(_, operation)| operation.get(facts::EVENTS) == Some(&Value::Bool(true)))
        .filter_map(|(_, operation)| Some((operation["operationId"].as_str()?, operation)))
}

fn type_names(client: &syn::File) -> HashSet<String> {
    let types = client.items.iter().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    let names = types.flat_map(|(_, items)| items).filter_map(|item| match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::codegen::sdk::source::Source;

    fn view(data: Value) -> Value {
        let events = json!({"operationId": "follow_orders", "x-sdk-events": true, "x-sdk-event-data": data});
        json!({"paths": {"/a": {"get": events}, "/b": {"get": {"operationId": "list_orders"}}}})
    }

    #[test]
    fn events_have_data_of_the_type_that_there_is_or_text() {
        let client = syn::parse_file(
            "pub mod types { pub struct Placed {} }
             pub mod builder { pub struct FollowOrders<'a> { _client: &'a super::Client, client: Result<u8, String> } }",
        )
        .unwrap();
        let cases = [
            (json!({"$ref": "#/components/schemas/Placed"}), "sdk::Event::json => types::Placed"),
            (json!({"$ref": "#/components/schemas/Gone"}), "Ok => String"),
            (json!({"type": "integer"}), "Ok => String"),
        ];
        for (data, read) in cases {
            let lines = glue(&view(data), &client);
            let expected = format!("sdk::events!(FollowOrders._client, \"follow_orders\", {read});\n");
            assert_eq!(lines, BTreeMap::from([("FollowOrders".to_owned(), expected)]));
        }
    }

    #[test]
    fn only_the_calls_with_events_show_their_client() {
        let mut client = syn::parse_file(
            "mod builder {
                 pub struct FollowOrders<'a> { client: &'a super::Client, id: u8 }
                 pub struct ListOrders<'a> { client: &'a super::Client }
             }",
        )
        .unwrap();
        show_client(&view(json!({})), &mut client);
        let text = Source::from(client).text();
        assert_eq!(text.matches("pub(in super::super) client").count(), 1, "{text}");
        assert!(text.find("pub(in super::super) client") < text.find("ListOrders"), "{text}");
    }
}
