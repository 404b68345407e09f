//! Lets the types over text be shown: progenitor gives those with rules of their own no `Display`.

use std::collections::HashSet;
use std::fmt::Write as _;

use quote::ToTokens;
use syn::{Fields, Item, ItemImpl, ItemStruct, Type};

use super::source::Source;

/// The file with a line for each such type.
pub(super) fn of(client: &syn::File) -> Result<Source, String> {
    let types = client.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_ref().map(|(_, items)| items),
        _ => None,
    });
    let mut shown = HashSet::new();
    let mut texts = Vec::new();
    for item in types.into_iter().flatten() {
        match item {
            Item::Impl(block) => shown.extend(displayed(block)),
            Item::Struct(item) if is_text(item) => texts.push(item.ident.to_string()),
            _ => {}
        }
    }
    let mut code = String::from(
        "//! Types over text are shown as their text.\n\
         #[allow(unused_imports)]\n\
         use super::client::types;\n",
    );
    for name in texts.iter().filter(|name| !shown.contains(*name)) {
        let _ = writeln!(code, "sdk::text!(types::{name});");
    }
    Source::parse(&code)
}

/// `struct Name(String)`
fn is_text(item: &ItemStruct) -> bool {
    let Fields::Unnamed(fields) = &item.fields else { return false };
    let mut fields = fields.unnamed.iter();
    let (Some(only), None) = (fields.next(), fields.next()) else { return false };
    only.ty.to_token_stream().to_string() == ":: std :: string :: String"
}

/// The type whose `Display` this block is.
fn displayed(block: &ItemImpl) -> Option<String> {
    let implemented = block.trait_.as_ref()?.0.segments.last()?;
    let Type::Path(owner) = &*block.self_ty else { return None };
    (implemented.ident == "Display").then(|| owner.path.segments.last().map(|name| name.ident.to_string()))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_cannot_be_shown_yet_can_be_shown() {
        let client = syn::parse_file(
            "mod types {
                pub struct Sku(::std::string::String);
                pub struct Note(pub ::std::string::String);
                impl ::std::fmt::Display for Note {}
                pub struct Count(i32);
            }",
        )
        .unwrap();
        let text = of(&client).unwrap().text();
        assert!(text.contains("sdk::text!(types::Sku);"), "{text}");
        assert_eq!(text.matches("sdk::text!").count(), 1, "{text}");
    }
}
