//! The operations and security schemes as constants.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust;
use super::source::Source;
use crate::codegen::model::interface::{Interface, Operation, SchemeKind, SecurityScheme, Status, Tag};

/// The file `operations.rs`.
pub(crate) fn file(interface: &Interface) -> String {
    let mut source = Source::new("Every operation and every security scheme of the document.");
    source.import("orderly_api_runtime as runtime");
    for scheme in &interface.schemes {
        source.items(self::scheme(scheme));
    }
    for tag in &interface.tags {
        for operation in &tag.operations {
            source.items(self::operation(interface, tag, operation));
        }
    }
    let all = interface
        .tags
        .iter()
        .flat_map(|tag| &tag.operations)
        .map(|operation| rust::ident(&operation.constant));
    source.items(quote! {
        /// All operations, by tag, in the order of the document.
        pub const OPERATIONS: &[runtime::Operation] = &[#(#all),*];
    });
    source.finish()
}

fn scheme(scheme: &SecurityScheme) -> TokenStream {
    let (constant, name) = (rust::ident(&scheme.constant), &scheme.name);
    let docs = format!(" The security scheme `{name}`.");
    let kind = match &scheme.kind {
        SchemeKind::Bearer => quote!(Bearer),
        SchemeKind::Basic => quote!(Basic),
        SchemeKind::Header(name) => quote!(Header(#name)),
        SchemeKind::Query(name) => quote!(Query(#name)),
        SchemeKind::Cookie(name) => quote!(Cookie(#name)),
    };
    quote! {
        #[doc = #docs]
        pub const #constant: runtime::SecurityScheme =
            runtime::SecurityScheme { name: #name, kind: runtime::SchemeKind::#kind };
    }
}

fn operation(interface: &Interface, tag: &Tag, operation: &Operation) -> TokenStream {
    let constant = rust::ident(&operation.constant);
    let Operation { id, http_method, path, .. } = operation;
    let docs = format!(" `{http_method} {path}`");
    let tag = tag.tag.as_deref().unwrap_or("");
    let unsuffixed = |code: u16| proc_macro2::Literal::u16_unsuffixed(code);
    let statuses = operation.answers.iter().filter_map(|answer| match answer.status {
        Status::Exact(code) => Some(unsuffixed(code)),
        Status::Range(_) | Status::Default => None,
    });
    let ranges = operation.answers.iter().filter_map(|answer| match answer.status {
        Status::Range(digit) => Some(unsuffixed(digit.into())),
        Status::Exact(_) | Status::Default => None,
    });
    let has_default = operation.answers.iter().any(|answer| answer.status == Status::Default);
    let security =
        if operation.security.is_public() { &[] } else { operation.security.alternatives.as_slice() };
    let security = security.iter().map(|alternative| {
        let schemes =
            alternative.schemes.iter().map(|index| rust::ident(&interface.schemes[*index].constant));
        let scopes = &alternative.scopes;
        quote!(runtime::Alternative { schemes: &[#(#schemes),*], scopes: &[#(#scopes),*] })
    });
    quote! {
        #[doc = #docs]
        pub const #constant: runtime::Operation = runtime::Operation {
            id: #id,
            method: #http_method,
            path: #path,
            tag: #tag,
            statuses: &[#(#statuses),*],
            status_ranges: &[#(#ranges),*],
            has_default: #has_default,
            security: &[#(#security),*],
        };
    }
}
