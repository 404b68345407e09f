//! Schemas in the words of poem-openapi.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::external_docs;
use crate::codegen::emit::rust;
use crate::codegen::model::node::Node;

/// A schema where it is used: a reference to a component, or written out.
pub(crate) fn reference(node: &Node<'_>) -> TokenStream {
    if let Some(name) = node.text("$ref").and_then(|text| text.strip_prefix("#/components/schemas/"))
        && !name.contains('/')
    {
        return quote!(MetaSchemaRef::Reference(#name.to_owned()));
    }
    let schema = schema(node);
    quote!(MetaSchemaRef::Inline(Box::new(#schema)))
}

/// A schema, keyword by keyword.
pub(crate) fn schema(node: &Node<'_>) -> TokenStream {
    if node.is_reference() {
        // A component that is another one's second name, or a reference to what is no component.
        let target = reference_target(node);
        return quote!(MetaSchema { all_of: Vec::from([#target]), ..MetaSchema::ANY });
    }
    let members: Vec<TokenStream> =
        node.members().filter_map(|(key, value)| keyword(node, key, &value)).collect();
    quote!(MetaSchema { #(#members,)* ..MetaSchema::ANY })
}

fn reference_target(node: &Node<'_>) -> TokenStream {
    match node.text("$ref").and_then(|text| text.strip_prefix("#/components/schemas/")) {
        Some(name) if !name.contains('/') => quote!(MetaSchemaRef::Reference(#name.to_owned())),
        _ => quote!(MetaSchemaRef::Inline(Box::new(MetaSchema::ANY))),
    }
}

/// One keyword as a member of `MetaSchema`; `None` for what that cannot say.
fn keyword(node: &Node<'_>, key: &str, value: &Node<'_>) -> Option<TokenStream> {
    let field = rust::ident(field(key)?);
    let words = || value.items().filter_map(|item| item.value.as_str());
    let schemas = || value.items().map(|item| reference(&item));
    let value = match key {
        "type" => {
            let text = value.value.as_str()?;
            quote!(#text)
        }
        "format" | "description" => {
            let text = value.value.as_str()?;
            quote!(Some(#text))
        }
        "title" | "pattern" => {
            let text = value.value.as_str()?;
            quote!(Some(#text.to_owned()))
        }
        "externalDocs" => external_docs(node),
        "default" | "example" => {
            let value = rust::json(value.value);
            quote!(Some(#value))
        }
        "required" => rust::list(words().map(|word| quote!(#word))),
        "enum" => rust::list(value.items().map(|item| rust::json(item.value))),
        "properties" => rust::list(value.members().map(|(name, property)| {
            let property = reference(&property);
            quote!((#name, #property))
        })),
        "items" => {
            let items = reference(value);
            quote!(Some(Box::new(#items)))
        }
        "additionalProperties" => match value.value {
            Value::Bool(false) => quote!(Some(Box::new(orderly_api_runtime::meta::closed()))),
            Value::Bool(true) => quote!(Some(Box::new(MetaSchemaRef::Inline(Box::new(MetaSchema::ANY))))),
            _ => {
                let values = reference(value);
                quote!(Some(Box::new(#values)))
            }
        },
        "deprecated" | "nullable" | "readOnly" | "writeOnly" => {
            let flag = value.value.as_bool()?;
            quote!(#flag)
        }
        "exclusiveMinimum" | "exclusiveMaximum" | "uniqueItems" => {
            let flag = value.value.as_bool()?;
            quote!(Some(#flag))
        }
        "anyOf" | "oneOf" | "allOf" => rust::list(schemas()),
        "discriminator" => discriminator(value)?,
        "multipleOf" | "minimum" | "maximum" => {
            let number = rust::float(value.value.as_f64()?);
            quote!(Some(#number))
        }
        _ => {
            let count = usize::try_from(node.count(key)?).ok()?;
            let count = proc_macro2::Literal::usize_unsuffixed(count);
            quote!(Some(#count))
        }
    };
    Some(quote!(#field: #value))
}

/// The member of `MetaSchema` that holds a keyword.
fn field(key: &str) -> Option<&'static str> {
    Some(match key {
        "type" => "ty",
        "format" => "format",
        "title" => "title",
        "description" => "description",
        "externalDocs" => "external_docs",
        "default" => "default",
        "example" => "example",
        "required" => "required",
        "properties" => "properties",
        "items" => "items",
        "additionalProperties" => "additional_properties",
        "enum" => "enum_items",
        "deprecated" => "deprecated",
        "nullable" => "nullable",
        "readOnly" => "read_only",
        "writeOnly" => "write_only",
        "anyOf" => "any_of",
        "oneOf" => "one_of",
        "allOf" => "all_of",
        "discriminator" => "discriminator",
        "multipleOf" => "multiple_of",
        "minimum" => "minimum",
        "maximum" => "maximum",
        "exclusiveMinimum" => "exclusive_minimum",
        "exclusiveMaximum" => "exclusive_maximum",
        "minLength" => "min_length",
        "maxLength" => "max_length",
        "pattern" => "pattern",
        "minItems" => "min_items",
        "maxItems" => "max_items",
        "uniqueItems" => "unique_items",
        "minProperties" => "min_properties",
        "maxProperties" => "max_properties",
        _ => return None,
    })
}

fn discriminator(node: &Node<'_>) -> Option<TokenStream> {
    let property = node.text("propertyName")?;
    let mapping = node.members_of("mapping").filter_map(|(tag, target)| {
        let target = target.value.as_str()?;
        Some(quote!((#tag.to_owned(), #target.to_owned())))
    });
    let mapping = rust::list(mapping);
    Some(quote!(Some(MetaDiscriminatorObject { property_name: #property, mapping: #mapping })))
}
