//! The one adapter between the traits and poem-openapi.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust;
use super::source::Source;
use crate::codegen::model::interface::Interface;

/// The file `routes.rs`.
pub(crate) fn file(interface: &Interface) -> String {
    let mut source = Source::new("The routes of the document, answered by one service.");
    source.import("orderly_api_runtime as runtime");
    for tag in &interface.tags {
        source.import(format!("super::{}", tag.module));
    }
    source.import("super::{description, operations}");
    let traits: Vec<TokenStream> = interface
        .tags
        .iter()
        .map(|tag| {
            let (module, name) = (rust::ident(&tag.module), rust::ident(&tag.trait_name));
            quote!(#module::#name)
        })
        .collect();
    let bound = if traits.is_empty() { quote!(runtime::Service) } else { quote!(#(#traits)+*) };
    let routes = interface.tags.iter().flat_map(|tag| {
        let module = rust::ident(&tag.module);
        tag.operations.iter().map(move |operation| {
            let (constant, handler) = (rust::ident(&operation.constant), rust::ident(&operation.method_name));
            quote!(routes.add(&operations::#constant, #module::#handler);)
        })
    });
    let mutable = interface.tags.iter().any(|tag| !tag.operations.is_empty()).then(|| quote!(mut));
    let binding = if mutable.is_some() { quote!(#mutable routes) } else { quote!(_routes) };
    source.items(quote! {
        /// Every route of the document, answered by `service`.
        pub fn routes<T: #bound>(service: std::sync::Arc<T>, limits: runtime::Limits) -> Routes<T> {
            Routes { service, limits }
        }

        /// The routes of the document; made by [`routes`].
        #[derive(Debug)]
        pub struct Routes<T> {
            service: std::sync::Arc<T>,
            limits: runtime::Limits,
        }

        impl<T: #bound> poem_openapi::OpenApi for Routes<T> {
            fn meta() -> Vec<poem_openapi::registry::MetaApi> {
                Vec::from([poem_openapi::registry::MetaApi { paths: description::paths() }])
            }

            fn register(registry: &mut poem_openapi::registry::Registry) {
                description::register(registry);
            }

            fn add_routes(self, table: &mut runtime::RouteTable) {
                let #binding = runtime::Routing::new(self.service, self.limits, &super::SCHEMAS, table);
                #(#routes)*
            }
        }
    });
    source.finish()
}
