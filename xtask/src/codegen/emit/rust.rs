//! How types, names and values of the model are written in Rust.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::codegen::model::types::{Kind, Scalar, Type, Types};

/// An identifier; the model has made sure that it is one.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A type where it is used.
pub(crate) fn ty(types: &Types, of: &Type) -> TokenStream {
    match of {
        Type::Named(id) => {
            let name = ident(&types.get(*id).name);
            quote!(#name)
        }
        Type::Scalar(scalar) => self::scalar(*scalar),
        Type::List(item) => {
            let item = ty(types, item);
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = ty(types, value);
            quote!(std::collections::BTreeMap<String, #value>)
        }
        Type::Nullable(inner) => {
            let inner = ty(types, inner);
            quote!(Option<#inner>)
        }
        Type::Boxed(inner) => {
            let inner = ty(types, inner);
            quote!(Box<#inner>)
        }
        Type::Json => quote!(serde_json::Value),
    }
}

pub(crate) fn scalar(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::I32 => quote!(i32),
        Scalar::I64 => quote!(i64),
        Scalar::F32 => quote!(f32),
        Scalar::F64 => quote!(f64),
        Scalar::String => quote!(String),
        Scalar::DateTime => quote!(runtime::DateTime),
        Scalar::Date => quote!(chrono::NaiveDate),
        Scalar::Uuid => quote!(uuid::Uuid),
    }
}

/// The named types that a type mentions.
pub(crate) fn mentions(types: &Types, of: &Type, names: &mut BTreeSet<String>) {
    match of {
        Type::Named(id) => {
            names.insert(types.get(*id).name.clone());
        }
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            mentions(types, inner, names);
        }
        Type::Scalar(_) | Type::Json => {}
    }
}

/// What an alias stands for in the end.
pub(crate) fn unaliased<'t>(types: &'t Types, of: &'t Type) -> &'t Type {
    match of {
        Type::Named(id) => match &types.get(*id).kind {
            Kind::Alias(target) => unaliased(types, target),
            _ => of,
        },
        _ => of,
    }
}

/// A default of the document as an expression of its type.
pub(crate) fn default(types: &Types, of: &Type, value: &Value) -> TokenStream {
    match (unaliased(types, of), value) {
        (Type::Nullable(_), Value::Null) => quote!(None),
        (Type::Nullable(inner), value) => {
            let inner = default(types, inner, value);
            quote!(Some(#inner))
        }
        (Type::List(item), Value::Array(values)) => {
            let values = values.iter().map(|value| default(types, item, value));
            quote!(vec![#(#values),*])
        }
        (Type::Named(id), value) => {
            let definition = types.get(*id);
            let name = ident(&definition.name);
            match (&definition.kind, value) {
                (Kind::StringEnum(members), Value::String(text)) => {
                    let member = members.iter().find(|member| member.value == *text);
                    let variant = ident(member.map_or("Unknown", |member| &member.name));
                    quote!(#name::#variant)
                }
                (Kind::IntegerEnum(members), Value::Number(number)) => {
                    let member = members.iter().find(|member| Some(member.value) == number.as_i64());
                    let variant = ident(member.map_or("Unknown", |member| &member.name));
                    quote!(#name::#variant)
                }
                (Kind::List { item, .. }, Value::Array(values)) => {
                    let values = values.iter().map(|value| default(types, item, value));
                    quote!(#name { items: vec![#(#values),*] })
                }
                (Kind::Newtype { inner, .. }, value) => {
                    let value = plain(*inner, value);
                    quote!(#name::try_from(#value).expect("the document's default fulfils its own schema"))
                }
                _ => quote!(Default::default()),
            }
        }
        (Type::Scalar(scalar), value) => plain(*scalar, value),
        _ => quote!(Default::default()),
    }
}

/// A scalar's value as a literal.
fn plain(scalar: Scalar, value: &Value) -> TokenStream {
    match (scalar, value) {
        (_, Value::String(text)) => quote!(#text.to_owned()),
        (_, Value::Bool(flag)) => quote!(#flag),
        (Scalar::I32 | Scalar::I64, Value::Number(number)) => {
            let number = proc_macro2::Literal::i64_unsuffixed(number.as_i64().unwrap_or_default().abs());
            if value.as_i64().is_some_and(|value| value < 0) { quote!(-#number) } else { quote!(#number) }
        }
        (_, Value::Number(number)) => float(number.as_f64().unwrap_or_default()),
        _ => quote!(Default::default()),
    }
}

/// A literal of a floating-point number; a sign is no part of a literal.
pub(crate) fn float(number: f64) -> TokenStream {
    let literal = proc_macro2::Literal::f64_unsuffixed(number.abs());
    if number < 0.0 { quote!(-#literal) } else { quote!(#literal) }
}

/// Any JSON as an expression of type `serde_json::Value`.
pub(crate) fn json(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(serde_json::Value::Null),
        Value::Array(_) | Value::Object(_) => {
            let tokens = json_tokens(value);
            quote!(serde_json::json!(#tokens))
        }
        Value::Number(number) if !number.is_i64() && !number.is_u64() => {
            let number = float(number.as_f64().unwrap_or_default());
            quote!(serde_json::Value::from(#number))
        }
        scalar => {
            let tokens = json_tokens(scalar);
            quote!(serde_json::Value::from(#tokens))
        }
    }
}

/// A `Vec` as the formatter can lay it out, which leaves the inside of `vec![]` as it is.
pub(crate) fn list(items: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let mut items = items.into_iter().peekable();
    if items.peek().is_some() { quote!(Vec::from([#(#items),*])) } else { quote!(Vec::new()) }
}

/// As the inside of `json!`.
fn json_tokens(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Bool(flag) => quote!(#flag),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) if number < 0 => {
                let number = proc_macro2::Literal::i128_unsuffixed(i128::from(number).abs());
                quote!(-#number)
            }
            (_, Some(number)) => {
                let suffix_needed = number > i32::MAX as u64;
                let literal = if suffix_needed {
                    proc_macro2::Literal::u64_suffixed(number)
                } else {
                    proc_macro2::Literal::u64_unsuffixed(number)
                };
                quote!(#literal)
            }
            _ => float(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => quote!(#text),
        Value::Array(items) => {
            let items = items.iter().map(json_tokens);
            quote!([#(#items),*])
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = json_tokens(value);
                quote!(#key: #value)
            });
            quote!({#(#members),*})
        }
    }
}

/// A Rust string literal, as short as it can be: raw where quoting would need backslashes.
pub(crate) fn literal(text: &str) -> String {
    let plain = !text.contains(['\\', '"']) && !text.chars().any(|sign| sign.is_control());
    if plain {
        return format!("\"{text}\"");
    }
    if text.chars().any(|sign| sign.is_control())
        || text.chars().any(|sign| ('\u{200b}'..='\u{2069}').contains(&sign))
    {
        return format!("{text:?}");
    }
    let mut hashes = "#".repeat(usize::from(text.contains('"')));
    while !hashes.is_empty() && text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}
