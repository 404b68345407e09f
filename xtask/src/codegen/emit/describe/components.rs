//! Tags, security schemes and component schemas in the words of poem-openapi.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{external_docs, function_names, option, text};
use crate::codegen::emit::rust;
use crate::codegen::model::node::Node;

/// The function that registers them.
pub(crate) fn register(root: &Node<'_>) -> TokenStream {
    let tags = root.items_of("tags").filter_map(|tag| {
        let name = tag.text("name")?;
        let (description, external) = (text(&tag, "description"), external_docs(&tag));
        Some(quote! {
            registry.create_tag(MetaTag { name: #name, description: #description, external_docs: #external });
        })
    });
    let schemes = components(root, "securitySchemes").filter_map(|(name, node)| {
        let scheme = scheme(&node.follow().ok()?)?;
        Some(quote!(registry.create_security_scheme(#name, #scheme);))
    });
    let schemas: Vec<TokenStream> = components(root, "schemas")
        .zip(schemas(root))
        .map(|((name, _), (function, _))| quote!(registry.schemas.insert(#name.to_owned(), #function());))
        .collect();
    let tags: Vec<TokenStream> = tags.collect();
    let schemes: Vec<TokenStream> = schemes.collect();
    let is_empty = tags.is_empty() && schemes.is_empty() && schemas.is_empty();
    let registry = rust::ident(if is_empty { "_registry" } else { "registry" });
    quote! {
        /// Tags, security schemes and schemas.
        pub(super) fn register(#registry: &mut Registry) {
            #(#tags)*
            #(#schemes)*
            #(#schemas)*
        }
    }
}

/// The component schemas with the functions that describe them.
pub(crate) fn schemas<'d>(root: &Node<'d>) -> Vec<(Ident, Node<'d>)> {
    let names = function_names(components(root, "schemas").map(|(name, _)| name), "schema");
    let functions = names.iter().map(|name| rust::ident(name));
    functions.zip(components(root, "schemas").map(|(_, node)| node)).collect()
}

/// The components of one section.
fn components<'d>(
    root: &Node<'d>,
    section: &'static str,
) -> impl Iterator<Item = (&'d str, Node<'d>)> + use<'d> {
    root.get("components").into_iter().flat_map(move |components| components.members_of(section))
}

fn scheme(node: &Node<'_>) -> Option<TokenStream> {
    let kind = node.text("type")?;
    let (description, name, place) = (text(node, "description"), text(node, "name"), text(node, "in"));
    let (scheme, format) = (text(node, "scheme"), text(node, "bearerFormat"));
    let connect = text(node, "openIdConnectUrl");
    let flows = option(node.get("flows").map(|flows| {
        let flow = |key: &str| option(flows.get(key).map(|flow| self::flow(&flow)));
        let (implicit, password) = (flow("implicit"), flow("password"));
        let (credentials, code) = (flow("clientCredentials"), flow("authorizationCode"));
        quote! {
            MetaOAuthFlows {
                implicit: #implicit,
                password: #password,
                client_credentials: #credentials,
                authorization_code: #code,
            }
        }
    }));
    Some(quote! {
        MetaSecurityScheme {
            ty: #kind,
            description: #description,
            name: #name,
            key_in: #place,
            scheme: #scheme,
            bearer_format: #format,
            flows: #flows,
            openid_connect_url: #connect,
        }
    })
}

/// One flow of OAuth 2.
fn flow(node: &Node<'_>) -> TokenStream {
    let (authorize, token) = (text(node, "authorizationUrl"), text(node, "tokenUrl"));
    let refresh = text(node, "refreshUrl");
    let scopes = node.members_of("scopes").map(|(name, description)| {
        let description = option(description.value.as_str().map(|text| quote!(#text)));
        quote!(MetaOAuthScope { name: #name, description: #description })
    });
    let scopes = rust::list(scopes);
    quote! {
        MetaOAuthFlow {
            authorization_url: #authorize,
            token_url: #token,
            refresh_url: #refresh,
            scopes: #scopes,
        }
    }
}
