//! Writes the operations by tag: `client.orders().create()` calls what `client.create_order()` calls.

use std::collections::BTreeMap;

use heck::ToPascalCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{Expr, FnArg, Ident, ImplItem, ImplItemFn, Item, Lit, Meta, ReturnType, Type};

use super::short_names::short_names;
use super::source::Source;
use crate::codegen::lower::facts;
use crate::codegen::model::names::{self, Scope};

/// What the hand-written layer and progenitor's traits call their methods.
const RESERVED: [&str; 8] = ["builder", "with", "api_version", "baseurl", "client", "exec", "inner", "pre"];

/// A method of the client that begins a call.
struct Call {
    method: Ident,
    builder: Ident,
    docs: String,
}

/// The file with a type for each tag.
pub(super) fn of(view: &Value, client: &syn::File) -> Result<Source, String> {
    let calls = calls(client);
    let mut taken: Vec<String> = methods(client).map(|method| method.sig.ident.to_string()).collect();
    taken.extend(RESERVED.map(str::to_owned));
    let mut accessors = Scope::without(&taken.iter().map(String::as_str).collect::<Vec<_>>());
    let mut types = Scope::without(&["Client"]);
    let mut code = quote! {
        //! The operations by tag: `client.orders().create()` calls what `client.create_order()` calls.

        #[allow(unused_imports)]
        use super::client::{Client, builder};
    };
    for (tag, ids) in tags(view) {
        let tagged: Vec<&Call> = ids.iter().filter_map(|id| calls.get(&id.to_pascal_case())).collect();
        if tagged.is_empty() {
            continue;
        }
        let (accessor, name) = (accessors.take(&names::field(&tag)), types.take(&names::pascal(&tag)));
        code.extend(of_tag(view, &tag, &accessor, &name, &tagged)?);
    }
    syn::parse2::<syn::File>(code).map(Source::from).map_err(|error| error.to_string())
}

fn of_tag(
    view: &Value,
    tag: &str,
    accessor: &str,
    name: &str,
    calls: &[&Call],
) -> Result<TokenStream, String> {
    let parsed = |text: &str| syn::parse_str::<Ident>(text).or_else(|_| syn::parse_str(&format!("r#{text}")));
    let accessor = match accessor.strip_prefix("r#") {
        Some(plain) => Ident::new_raw(plain, proc_macro2::Span::call_site()),
        None => parsed(accessor).map_err(|error| format!("{error}: {accessor}"))?,
    };
    let name = format_ident!("{name}");
    let description = view[facts::TAG_TEXTS][tag]
        .as_str()
        .map_or_else(|| format!("Operations tagged `{tag}`."), str::to_owned);
    let methods = calls.iter().zip(method_names(calls, tag)).map(|(call, short)| {
        let Call { method, builder, docs } = call;
        quote! {
            #[doc = #docs]
            pub fn #short(&self) -> builder::#builder<'a> {
                self.0.#method()
            }
        }
    });
    Ok(quote! {
        impl Client {
            #[doc = #description]
            pub fn #accessor(&self) -> #name<'_> {
                #name(self)
            }
        }

        #[doc = #description]
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'a>(&'a Client);

        impl<'a> #name<'a> {
            #(#methods)*
        }
    })
}

/// The tags in the order in which operations name them, with the ids of theirs.
fn tags(view: &Value) -> Vec<(String, Vec<String>)> {
    let mut tags: Vec<(String, Vec<String>)> = Vec::new();
    let items = view["paths"].as_object().into_iter().flatten();
    for (_, operation) in items.flat_map(|(_, item)| item.as_object().into_iter().flatten()) {
        let Some(id) = operation["operationId"].as_str() else { continue };
        for tag in operation[facts::TAGS].as_array().into_iter().flatten().filter_map(Value::as_str) {
            match tags.iter_mut().find(|(known, _)| known == tag) {
                Some((_, ids)) => ids.push(id.to_owned()),
                None => tags.push((tag.to_owned(), vec![id.to_owned()])),
            }
        }
    }
    tags
}

fn methods(client: &syn::File) -> impl Iterator<Item = &ImplItemFn> {
    let blocks = client.items.iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => Some(block),
        _ => None,
    });
    let is_client = |ty: &Type| matches!(ty, Type::Path(path) if path.path.is_ident("Client"));
    blocks.filter(move |block| is_client(&block.self_ty)).flat_map(|block| &block.items).filter_map(|item| {
        match item {
            ImplItem::Fn(method) => Some(method),
            _ => None,
        }
    })
}

/// By builder: the methods that begin calls.
fn calls(client: &syn::File) -> BTreeMap<String, Call> {
    let begun = methods(client).filter_map(|method| {
        let ReturnType::Type(_, ty) = &method.sig.output else { return None };
        let Type::Path(path) = &**ty else { return None };
        let is_begun = path.path.segments.first().is_some_and(|first| first.ident == "builder")
            && matches!(method.sig.inputs.first(), Some(FnArg::Receiver(_)));
        let builder = path.path.segments.last()?.ident.clone();
        let call = Call { docs: docs(method), method: method.sig.ident.clone(), builder };
        is_begun.then(|| (call.builder.to_string(), call))
    });
    begun.collect()
}

/// The first paragraph of a method's documentation, and where the rest is.
fn docs(method: &ImplItemFn) -> String {
    let lines = method.attrs.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let summary = text.trim().split("\n\n").next().unwrap_or_default();
    format!("{summary}\n\nSee [`Client::{}`].", method.sig.ident)
}

/// What the methods are called among those of their tag.
fn method_names(calls: &[&Call], tag: &str) -> Vec<Ident> {
    let full: Vec<String> = calls.iter().map(|call| call.method.to_string()).collect();
    let full: Vec<&str> = full.iter().map(String::as_str).collect();
    let shorts = short_names(&full, tag).into_iter().map(|short| syn::parse_str(&short).ok());
    calls.iter().zip(shorts).map(|(call, short)| short.unwrap_or_else(|| call.method.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_tag_has_an_accessor_and_names_that_would_clash_stay_whole() {
        let client = syn::parse_file(
            "impl Client {
                 /** Create a thing\n\nSends a `POST` request\n\n```text\nx\n``` */
                 pub fn create_thing(&self) -> builder::CreateThing<'_> {}
                 pub fn create_things(&self) -> builder::CreateThings<'_> {}
                 pub fn r#move(&self) -> builder::Move<'_> {}
                 pub fn get_thing(&self) -> builder::GetThing<'_> {}
                 pub fn client(&self) -> &reqwest::Client {}
                 pub fn new(baseurl: &str) -> Self {}
             }",
        )
        .unwrap();
        let tagged = |id: &str, tag: &str| json!({ "post": { "operationId": id, "x-sdk-tags": [tag] } });
        let view = json!({
            "x-sdk-tag-texts": { "things": "All things." },
            "paths": {
                "/a": tagged("create_thing", "things"), "/b": tagged("create_things", "things"),
                "/c": tagged("get_thing", "things"), "/d": tagged("move", "client"), "/e": tagged("gone", "gone"),
            },
        });
        let text = of(&view, &client).unwrap().text();
        for expected in [
            "///All things.\n    pub fn things(&self) -> Things<'_> {",
            "/**Create a thing\n\nSee [`Client::create_thing`].*/",
            "pub fn create_thing(&self) -> builder::CreateThing<'a> {",
            "pub fn create_things(&self)",
            "pub fn get(&self) -> builder::GetThing<'a> {\n        self.0.get_thing()",
            "pub fn client2(&self) -> Client2<'_> {",
            "pub fn r#move(&self)",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
        assert!(!text.contains("```") && !text.contains("Gone"), "{text}");
    }
}
