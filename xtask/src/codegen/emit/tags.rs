//! One file a tag: the trait, and for each operation its request, its answer and its handler.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::answers;
use super::docs::Docs;
use super::handlers;
use super::rust;
use super::source::Source;
use crate::codegen::model::interface::{Body, Content, Form, Interface, Operation, Tag};
use crate::codegen::model::types::{Presence, Types};
use crate::codegen::model::uses;
use crate::codegen::write::Files;

/// Writes the files of all tags.
pub(crate) fn write(interface: &Interface, files: &mut Files) {
    for tag in &interface.tags {
        files.insert(format!("{}.rs", tag.module), file(interface, tag));
    }
}

fn file(interface: &Interface, tag: &Tag) -> String {
    let types = &interface.types;
    let sentence = match &tag.tag {
        Some(name) => format!("Operations tagged `{name}`."),
        None => "Operations without a tag.".to_owned(),
    };
    let mut source = Source::new(&sentence);
    let mut mentioned = BTreeSet::new();
    for ty in tag.operations.iter().flat_map(uses::of_operation) {
        rust::mentions(types, ty, &mut mentioned);
    }
    if !mentioned.is_empty() {
        let names: Vec<String> = mentioned.into_iter().collect();
        source.import(format!("super::types::{{{}}}", names.join(", ")));
    }
    source.import("orderly_api_runtime as runtime");
    source.items(interface_trait(tag));
    for operation in &tag.operations {
        request(types, operation, &mut source);
        answers::write(types, operation, &mut source);
    }
    for operation in &tag.operations {
        source.items(handlers::handler(interface, tag, operation));
    }
    source.finish()
}

/// The trait with a method for each operation.
fn interface_trait(tag: &Tag) -> TokenStream {
    let name = rust::ident(&tag.trait_name);
    let fallback = match &tag.tag {
        Some(tag) => format!("Operations tagged `{tag}`."),
        None => "Operations without a tag.".to_owned(),
    };
    let docs = Docs::of(tag.description.as_deref(), &fallback).tokens();
    let methods = tag.operations.iter().map(|operation| {
        let (docs, method) = (docs_of(operation), rust::ident(&operation.method_name));
        let response = rust::ident(&operation.response_name);
        let principal = principal(operation).map(|ty| quote!(principal: #ty,));
        let request = has_request(operation).then(|| {
            let request = rust::ident(&operation.request_name);
            quote!(request: #request,)
        });
        quote! {
            #docs
            fn #method(&self, #principal #request)
                -> impl std::future::Future<Output = Result<#response, Self::Error>> + Send;
        }
    });
    quote! {
        #docs
        pub trait #name: runtime::Service {
            #(#methods)*
        }
    }
}

/// The type of the principal; `None` if anybody may call.
fn principal(operation: &Operation) -> Option<TokenStream> {
    match () {
        () if operation.security.is_public() => None,
        () if operation.security.is_optional() => Some(quote!(Option<Self::Principal>)),
        () => Some(quote!(Self::Principal)),
    }
}

fn docs_of(operation: &Operation) -> TokenStream {
    let route = format!("`{} {}`", operation.http_method, operation.path);
    let docs = match (&operation.summary, &operation.description) {
        (None, None) => Docs::of(None, &route),
        (Some(first), second) => Docs::of(Some(first), "").and(second.as_deref()).paragraph(&route),
        (None, Some(description)) => Docs::of(Some(description), "").paragraph(&route),
    };
    if operation.deprecated { docs.paragraph("Deprecated in the document.").tokens() } else { docs.tokens() }
}

/// Whether an operation takes anything but credentials.
pub(crate) fn has_request(operation: &Operation) -> bool {
    !operation.parameters.is_empty() || operation.body.is_some()
}

/// The struct of parameters and body.
fn request(types: &Types, operation: &Operation, source: &mut Source) {
    if !has_request(operation) {
        return;
    }
    let name = rust::ident(&operation.request_name);
    let docs = format!(" What `{}` takes.", method_link(operation));
    let parameters = operation.parameters.iter().map(|parameter| {
        let (field, ty) = (rust::ident(&parameter.field), rust::ty(types, &parameter.ty));
        let ty = if parameter.presence == Presence::Optional { quote!(Option<#ty>) } else { ty };
        let docs = Docs::of(parameter.description.as_deref(), &format!("`{}`.", parameter.name));
        let docs =
            if parameter.deprecated { docs.paragraph("Deprecated in the document.") } else { docs }.tokens();
        quote!(#docs pub #field: #ty,)
    });
    let body = operation.body.as_ref().map(|body| {
        let ty = body_type(types, body);
        let ty = if body.required { ty } else { quote!(Option<#ty>) };
        let docs = Docs::of(body.description.as_deref(), "The body.").tokens();
        quote!(#docs pub body: #ty,)
    });
    source.items(quote! {
        #[doc = #docs]
        #[derive(Debug)]
        pub struct #name {
            #(#parameters)*
            #body
        }
    });
    if let Some(body) = operation.body.as_ref().filter(|body| body.forms.len() > 1) {
        source.items(forms_enum(types, &body.enum_name, &body.forms));
    }
}

/// How rustdoc finds the method.
fn method_link(operation: &Operation) -> String {
    operation.id.replace(['[', ']', '`'], "")
}

/// The type of a request's body.
fn body_type(types: &Types, body: &Body) -> TokenStream {
    match body.forms.as_slice() {
        [single] => content_type(types, &single.content),
        _ => {
            let name = rust::ident(&body.enum_name);
            quote!(#name)
        }
    }
}

/// The type of what a media type holds.
pub(crate) fn content_type(types: &Types, content: &Content) -> TokenStream {
    match content {
        Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) => rust::ty(types, ty),
        Content::Text => quote!(String),
        Content::Bytes => quote!(runtime::Bytes),
        Content::Stream => quote!(runtime::Body),
    }
}

/// A body that has one of several media types.
pub(crate) fn forms_enum(types: &Types, name: &str, forms: &[Form]) -> TokenStream {
    let name = rust::ident(name);
    let variants = forms.iter().map(|form| {
        let (variant, ty) = (rust::ident(&form.variant), content_type(types, &form.content));
        let docs = Docs::of(None, &format!("`{}`.", form.media_type)).tokens();
        quote!(#docs #variant(#ty),)
    });
    quote! {
        /// The body, by its media type.
        #[derive(Debug)]
        pub enum #name {
            #(#variants)*
        }
    }
}
