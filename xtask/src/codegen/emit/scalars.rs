//! Constrained scalars and enums.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Number;

use super::docs::Docs;
use super::rust;
use crate::codegen::model::types::{Format, Member, Rules, Scalar};

/// A scalar that cannot hold a value against its rules.
pub(crate) fn newtype(name: &str, docs: &Docs, inner: Scalar, rules: &Rules) -> String {
    let (mac, head) = match inner {
        Scalar::I32 => ("integer", format!("{name}(i32)")),
        Scalar::I64 => ("integer", format!("{name}(i64)")),
        Scalar::F32 => ("number", format!("{name}(f32)")),
        Scalar::F64 => ("number", format!("{name}(f64)")),
        _ => ("string", name.to_owned()),
    };
    let rules = keywords(inner, rules).join(", ");
    format!("runtime::{mac}! {{\n{}    pub struct {head} {{ {rules} }}\n}}\n", docs.comment("    "))
}

/// The rules as `keyword: limit`.
fn keywords(inner: Scalar, rules: &Rules) -> Vec<String> {
    let whole = matches!(inner, Scalar::I32 | Scalar::I64);
    let number = |number: &Number| match number.as_i64() {
        Some(integer) if whole => integer.to_string(),
        _ => format!("{:?}", number.as_f64().unwrap_or_default()),
    };
    let mut words = Vec::new();
    let mut add = |keyword: &str, limit: Option<String>| {
        words.extend(limit.map(|limit| format!("{keyword}: {limit}")));
    };
    add("min_length", rules.min_length.map(|length| length.to_string()));
    add("max_length", rules.max_length.map(|length| length.to_string()));
    add("pattern", rules.pattern.as_deref().map(rust::literal));
    add("format", rules.format.map(|format| rust::literal(format_name(format))));
    if let Some(bound) = &rules.minimum {
        add(if bound.exclusive { "exclusive_minimum" } else { "minimum" }, Some(number(&bound.value)));
    }
    if let Some(bound) = &rules.maximum {
        add(if bound.exclusive { "exclusive_maximum" } else { "maximum" }, Some(number(&bound.value)));
    }
    add("multiple_of", rules.multiple_of.as_ref().map(number));
    words
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Email => "email",
        Format::Uri => "uri",
        Format::UriReference => "uri-reference",
        Format::Hostname => "hostname",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        Format::Time => "time",
        Format::Password => "password",
        Format::DateTime => "date-time",
        Format::Date => "date",
        Format::Uuid => "uuid",
    }
}

/// A string that is one of a list.
pub(crate) fn string_enum(name: &str, docs: &Docs, members: &[Member<String>]) -> String {
    let mut out = format!("runtime::string_enum! {{\n{}    pub enum {name} {{\n", docs.comment("    "));
    for member in members {
        out.push_str(&Docs::of(None, &format!("`{}`.", member.value)).comment("        "));
        out.push_str(&format!("        {} = {},\n", member.name, rust::literal(&member.value)));
    }
    out.push_str("    }\n}\n");
    out
}

/// An integer that is one of a list.
pub(crate) fn integer_enum(name: &Ident, docs: &Docs, members: &[Member<i64>]) -> TokenStream {
    let docs = docs.tokens();
    let variants: Vec<Ident> = members.iter().map(|member| rust::ident(&member.name)).collect();
    let values: Vec<TokenStream> = members
        .iter()
        .map(|member| {
            let value = proc_macro2::Literal::i128_unsuffixed(i128::from(member.value).abs());
            if member.value < 0 { quote!(-#value) } else { quote!(#value) }
        })
        .collect();
    let texts = members.iter().map(|member| format!(" {}.", member.value));
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "i64", into = "i64")]
        pub enum #name {
            #(#[doc = #texts] #variants,)*
        }

        impl From<#name> for i64 {
            fn from(value: #name) -> Self {
                match value {
                    #(#name::#variants => #values,)*
                }
            }
        }

        impl TryFrom<i64> for #name {
            type Error = runtime::InvalidValue;

            fn try_from(number: i64) -> Result<Self, runtime::InvalidValue> {
                match number {
                    #(#values => Ok(Self::#variants),)*
                    _ => Err(runtime::InvalidValue::new("enum", "is not one of the allowed numbers")),
                }
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "{}", i64::from(*self))
            }
        }

        impl runtime::Valid for #name {}

        impl validator::Validate for #name {
            fn validate(&self) -> Result<(), validator::ValidationErrors> {
                Ok(())
            }
        }
    }
}
