//! Has the fields of merge patches read from JSON as they are written: null clears a field (RFC 7396, section 1), where
//! serde would take it for one that is not given.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Field, parse_quote};

/// Tells serde of every such field.
pub(super) fn keep_null(client: &mut syn::File) {
    Keeper.visit_file_mut(client);
}

struct Keeper;

impl VisitMut for Keeper {
    fn visit_field_mut(&mut self, field: &mut Field) {
        let written: String = field.ty.to_token_stream().to_string().split_whitespace().collect();
        // The builders of types hold these fields too, and serde knows nothing of them.
        let is_serialized = field.attrs.iter().any(|attribute| attribute.path().is_ident("serde"));
        if is_serialized && written.starts_with("::std::option::Option<::sdk::Patch<") {
            field.attrs.push(parse_quote! { #[serde(default, deserialize_with = "::sdk::Patch::given")] });
        }
        visit_mut::visit_field_mut(self, field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::sdk::source::Source;

    #[test]
    fn fields_of_merge_patches_are_read_by_the_patch() {
        let mut client = syn::parse_file(
            "pub struct P {
                 #[serde(skip_serializing_if = \"Option::is_none\")]
                 pub a: ::std::option::Option<::sdk::Patch<A>>,
                 #[serde(skip_serializing_if = \"Option::is_none\")]
                 pub b: ::std::option::Option<B>,
             }
             struct Builder { a: Result<::std::option::Option<::sdk::Patch<A>>, String> }",
        )
        .unwrap();
        keep_null(&mut client);
        let text = Source::from(client).text();
        assert_eq!(text.matches("deserialize_with = \"::sdk::Patch::given\"").count(), 1, "{text}");
    }
}
