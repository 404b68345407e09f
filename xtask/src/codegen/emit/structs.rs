//! Structs: fields with what serde and validator have to know of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::rust;
use super::source::Source;
use crate::codegen::model::names;
use crate::codegen::model::types::{Additional, Bounds, Definition, Field, Presence, Struct, Type, Types};
use crate::codegen::model::uses;

/// Writes a struct with its defaults and checks.
pub(crate) fn write(
    types: &Types,
    definition: &Definition,
    object: &Struct,
    docs: &Docs,
    source: &mut Source,
) {
    let name = rust::ident(&definition.name);
    let prefix = names::snake(&definition.name);
    let fields = object.fields.iter().map(|field| self::field(types, field, &prefix));
    let additional = match &object.additional {
        Additional::Kept(value) => {
            let checked = nested(types, value);
            let value = rust::ty(types, value);
            quote! {
                /// Properties that the schema does not name.
                #[serde(flatten)]
                #checked
                pub additional: std::collections::BTreeMap<String, #value>,
            }
        }
        Additional::Ignored | Additional::Refused => TokenStream::new(),
    };
    let closed = matches!(object.additional, Additional::Refused).then(|| quote!(, deny_unknown_fields));
    let check = format!("{prefix}_has_enough_properties");
    let checks = (!object.bounds.is_empty()).then(|| quote!(#[validate(schema(function = #check))]));
    let docs = docs.tokens();
    source.items(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, validator::Validate)]
        #[serde(remote = "Self" #closed)]
        #checks
        pub struct #name {
            #(#fields)*
            #additional
        }
    });
    source.text(&format!("runtime::object!({});", definition.name));
    for field in &object.fields {
        if let Presence::Default(value) = &field.presence {
            let function = rust::ident(&default_function(&prefix, field));
            let (ty, value) = (rust::ty(types, &field.ty), rust::default(types, &field.ty, value));
            let text = format!(" What `{}` is when it is left out.", field.key);
            source.items(quote!(#[doc = #text] fn #function() -> #ty { #value }));
        }
    }
    if !object.bounds.is_empty() {
        source.items(count(&name, &rust::ident(&check), object));
    }
}

/// The function that counts the properties of a struct.
fn count(name: &proc_macro2::Ident, function: &proc_macro2::Ident, object: &Struct) -> TokenStream {
    let present = object.fields.iter().map(|field| {
        let ident = rust::ident(&field.name);
        match field.presence {
            Presence::Optional => quote!(value.#ident.is_some()),
            Presence::Patch => quote!(!value.#ident.is_absent()),
            Presence::Required | Presence::Default(_) => quote!(true),
        }
    });
    let min = usize::try_from(object.bounds.min.unwrap_or(0)).unwrap_or(usize::MAX);
    let max = option(object.bounds.max.map(|max| usize::try_from(max).unwrap_or(usize::MAX)));
    let min = proc_macro2::Literal::usize_unsuffixed(min);
    let counted =
        object.fields.iter().any(|field| matches!(field.presence, Presence::Optional | Presence::Patch));
    let value = rust::ident(if counted { "value" } else { "_value" });
    quote! {
        /// Counts the properties that are there.
        fn #function(#value: &#name) -> Result<(), validator::ValidationError> {
            runtime::property_count(&[#(#present),*], #min, #max)
        }
    }
}

/// `Some(…)` or `None`.
pub(crate) fn option(number: Option<usize>) -> TokenStream {
    match number {
        Some(number) => {
            let number = proc_macro2::Literal::usize_unsuffixed(number);
            quote!(Some(#number))
        }
        None => quote!(None),
    }
}

fn default_function(prefix: &str, field: &Field) -> String {
    format!("{prefix}_{}", field.name.strip_prefix("r#").unwrap_or(&field.name))
}

/// One field with its attributes.
fn field(types: &Types, field: &Field, prefix: &str) -> TokenStream {
    let name = rust::ident(&field.name);
    let plain = rust::ty(types, &field.ty);
    let key = &field.key;
    let rename = (field.name.strip_prefix("r#").unwrap_or(&field.name) != key).then(|| quote!(rename = #key));
    let (ty, how) = match &field.presence {
        Presence::Required if matches!(field.ty, Type::Nullable(_)) => {
            (plain, Some(quote!(deserialize_with = "runtime::present")))
        }
        Presence::Required => (plain, None),
        Presence::Optional => (
            quote!(Option<#plain>),
            Some(quote!(
                default,
                deserialize_with = "runtime::non_null",
                skip_serializing_if = "Option::is_none"
            )),
        ),
        Presence::Patch => (
            quote!(runtime::Patch<#plain>),
            Some(quote!(default, skip_serializing_if = "runtime::Patch::is_absent")),
        ),
        Presence::Default(_) => {
            let function = default_function(prefix, field);
            (plain, Some(quote!(default = #function)))
        }
    };
    let attributes: Vec<TokenStream> = rename.into_iter().chain(how).collect();
    let serde = (!attributes.is_empty()).then(|| quote!(#[serde(#(#attributes),*)]));
    let rules = collection_rules(&field.bounds, matches!(field.ty, Type::List(_)));
    let nested = nested(types, &field.ty);
    let docs = Docs::of(field.description.as_deref(), &format!("`{key}`."));
    let docs = if field.deprecated { docs.paragraph("Deprecated in the document.") } else { docs }.tokens();
    quote! {
        #docs
        #serde
        #rules
        #nested
        pub #name: #ty,
    }
}

/// The validator's attributes for the bounds of a collection.
pub(crate) fn collection_rules(bounds: &Bounds, list: bool) -> TokenStream {
    let end = |key: &str, end: Option<u64>| {
        end.map(|end| {
            let (key, end) = (rust::ident(key), proc_macro2::Literal::u64_unsuffixed(end));
            quote!(#key = #end)
        })
    };
    let ends: Vec<TokenStream> = end("min", bounds.min).into_iter().chain(end("max", bounds.max)).collect();
    let length = (!ends.is_empty()).then(|| quote!(length(#(#ends),*)));
    let unique = (list && bounds.unique).then(|| quote!(custom(function = "runtime::unique_items")));
    let rules: Vec<TokenStream> = length.into_iter().chain(unique).collect();
    if rules.is_empty() { TokenStream::new() } else { quote!(#[validate(#(#rules),*)]) }
}

/// The validator's attribute for what has checks of its own inside.
fn nested(types: &Types, ty: &Type) -> TokenStream {
    if uses::is_checked_within(types, ty) {
        quote!(#[validate(custom(function = "runtime::valid"))])
    } else {
        TokenStream::new()
    }
}
