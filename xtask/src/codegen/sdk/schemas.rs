//! Has the types describe themselves as JSON Schema only where a consumer asks for it: the feature `schemars` of the SDK.

use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, ItemEnum, ItemStruct, Meta, Path, Token, parse_quote};

/// Moves each derived `JsonSchema` behind the feature.
pub(super) fn behind_feature(client: &mut syn::File) {
    Mover.visit_file_mut(client);
}

struct Mover;

impl VisitMut for Mover {
    fn visit_item_struct_mut(&mut self, item: &mut ItemStruct) {
        move_in(&mut item.attrs);
        visit_mut::visit_item_struct_mut(self, item);
    }

    fn visit_item_enum_mut(&mut self, item: &mut ItemEnum) {
        move_in(&mut item.attrs);
        visit_mut::visit_item_enum_mut(self, item);
    }
}

fn move_in(attributes: &mut Vec<Attribute>) {
    let mut moved: Option<Path> = None;
    for attribute in attributes.iter_mut().filter(|attribute| attribute.path().is_ident("derive")) {
        let parse = Punctuated::<Path, Token![,]>::parse_terminated;
        let Ok(derived) = attribute.parse_args_with(parse) else { continue };
        let (schema, others): (Vec<Path>, Vec<Path>) = derived
            .into_iter()
            .partition(|path| path.segments.last().is_some_and(|last| last.ident == "JsonSchema"));
        if let (Some(schema), Meta::List(list)) = (schema.into_iter().next(), &mut attribute.meta) {
            list.tokens = quote::quote! { #(#others),* };
            moved = Some(schema);
        }
    }
    if let Some(schema) = moved {
        attributes.push(parse_quote! { #[cfg_attr(feature = "schemars", derive(#schema))] });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::sdk::source::Source;

    #[test]
    fn a_schema_is_derived_with_the_feature_alone() {
        let mut client = syn::parse_file(
            "pub mod types {
                 #[derive(::serde::Serialize, Clone, ::schemars::JsonSchema)] pub struct A;
                 #[derive(Clone, Copy)] pub enum B {}
             }",
        )
        .unwrap();
        behind_feature(&mut client);
        let text = Source::from(client).text();
        let plain: String = text.split_whitespace().collect();
        assert!(plain.contains("#[derive(::serde::Serialize,Clone)]"), "{text}");
        let schema = "#[cfg_attr(feature=\"schemars\",derive(::schemars::JsonSchema))]";
        assert_eq!(plain.matches(schema).count(), 1, "{text}");
        assert!(plain.contains("#[derive(Clone,Copy)]pubenumB{}"), "{text}");
    }
}
