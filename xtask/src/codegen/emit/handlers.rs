//! Handlers: read a request into its struct, call the service, write its answer.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use super::rust;
use super::structs::option;
use super::tags::has_request;
use crate::codegen::model::interface::{
    Body, Content, Form, Interface, Location, Operation, Parameter, Reading, Tag,
};
use crate::codegen::model::names::Scope;
use crate::codegen::model::types::{Presence, Types};

/// The handler of an operation.
pub(crate) fn handler(interface: &Interface, tag: &Tag, operation: &Operation) -> TokenStream {
    let name = rust::ident(&operation.method_name);
    let service = rust::ident(&tag.trait_name);
    let docs = format!(" Handles `{} {}`.", operation.http_method, operation.path);
    let mut arguments = Vec::new();
    let authenticate = match () {
        () if operation.security.is_public() => TokenStream::new(),
        () if operation.security.is_optional() => {
            arguments.push(quote!(principal));
            quote!(let principal = call.authenticate_optional(&*service).await?;)
        }
        () => {
            arguments.push(quote!(principal));
            quote!(let principal = call.authenticate(&*service).await?;)
        }
    };
    let read = if has_request(operation) {
        arguments.push(quote!(request));
        read(&interface.types, operation)
    } else {
        quote!(call.finish(|| Some(()))?;)
    };
    quote! {
        #[doc = #docs]
        pub(super) async fn #name<T: #service>(
            service: std::sync::Arc<T>,
            mut call: runtime::Call,
        ) -> Result<runtime::Response, runtime::Failure> {
            #authenticate
            #read
            call.answer(service.#name(#(#arguments),*).await)
        }
    }
}

/// Reads parameters and body, all of them before the first refusal.
fn read(types: &Types, operation: &Operation) -> TokenStream {
    let mut scope = Scope::without(&["call", "service", "principal", "request", "body"]);
    let request = rust::ident(&operation.request_name);
    let mut statements = Vec::new();
    let mut members = Vec::new();
    for parameter in &operation.parameters {
        let (field, local) = (rust::ident(&parameter.field), rust::ident(&scope.take(&parameter.field)));
        let value = self::parameter(types, parameter);
        statements.push(quote!(let #local = #value;));
        members.push(member(&field, &local));
    }
    if let Some(body) = &operation.body {
        let value = self::body(types, body);
        statements.push(quote!(let body = #value;));
        members.push(quote!(body: body?));
    }
    quote! {
        #(#statements)*
        let request = call.finish(|| Some(#request { #(#members),* }))?;
    }
}

fn member(field: &Ident, local: &Ident) -> TokenStream {
    quote!(#field: #local?)
}

/// The expression that reads a parameter.
fn parameter(types: &Types, parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let start = match parameter.location {
        Location::Path => quote!(call.path(#name)),
        Location::Query => quote!(call.query(#name)),
        Location::Header => quote!(call.header(#name)),
        Location::Cookie => quote!(call.cookie(#name)),
    };
    let style =
        parameter.style.as_deref().and_then(style).map(|style| quote!(.style(runtime::Style::#style)));
    let explode = parameter.explode.map(|explode| quote!(.explode(#explode)));
    let bounds = &parameter.bounds;
    let items = (bounds.min.is_some() || bounds.max.is_some()).then(|| {
        let count = |end: u64| usize::try_from(end).unwrap_or(usize::MAX);
        let min = proc_macro2::Literal::usize_unsuffixed(count(bounds.min.unwrap_or(0)));
        let max = option(bounds.max.map(count));
        quote!(.items(#min, #max))
    });
    let unique = bounds.unique.then(|| quote!(.unique()));
    let empty = parameter.allow_empty.then(|| quote!(.allow_empty()));
    let ty = rust::ty(types, &parameter.ty);
    let schema = &parameter.schema;
    let end = match (parameter.reading, &parameter.presence) {
        (Reading::Text, Presence::Default(value @ Value::Array(_))) => {
            let value = rust::default(types, &parameter.ty, value);
            quote!(.or_else::<#ty>(|| #value))
        }
        (Reading::Text, Presence::Default(value)) => {
            let text = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            quote!(.or_default_text::<#ty>(#text))
        }
        (Reading::Text, Presence::Optional) => quote!(.optional::<#ty>()),
        (Reading::Text, _) => quote!(.required::<#ty>()),
        (Reading::Schema, Presence::Optional) => quote!(.schema(#schema).optional_value::<#ty>()),
        (Reading::Schema, Presence::Default(value)) => {
            let value = rust::default(types, &parameter.ty, value);
            quote!(.schema(#schema).value_or_else::<#ty>(|| #value))
        }
        (Reading::Json, Presence::Default(value)) => {
            let value = rust::default(types, &parameter.ty, value);
            quote!(.json(#schema).value_or_else::<#ty>(|| #value))
        }
        (Reading::Schema, _) => quote!(.schema(#schema).required_value::<#ty>()),
        (Reading::Json, Presence::Optional) => quote!(.json(#schema).optional_value::<#ty>()),
        (Reading::Json, _) => quote!(.json(#schema).required_value::<#ty>()),
    };
    quote!(#start #style #explode #items #unique #empty #end)
}

fn style(name: &str) -> Option<Ident> {
    Some(rust::ident(match name {
        "form" => "Form",
        "simple" => "Simple",
        "label" => "Label",
        "matrix" => "Matrix",
        "spaceDelimited" => "SpaceDelimited",
        "pipeDelimited" => "PipeDelimited",
        "deepObject" => "DeepObject",
        _ => return None,
    }))
}

/// The expression that reads the body.
fn body(types: &Types, body: &Body) -> TokenStream {
    if let [Form { media_type, content: Content::Json(ty), schema, .. }] = body.forms.as_slice() {
        let (ty, schema) = (rust::ty(types, ty), pointer(schema));
        return if body.required {
            quote!(call.json_body::<#ty>(#media_type, #schema).await?)
        } else {
            quote!(call.optional_json_body::<#ty>(#media_type, #schema).await?)
        };
    }
    let media_types = body.forms.iter().map(|form| &form.media_type);
    let several = body.forms.len() > 1;
    let last = body.forms.len() - 1;
    let arms = body.forms.iter().enumerate().map(|(index, form)| {
        let value = self::form(types, form);
        let choice = several.then(|| {
            let (name, variant) = (rust::ident(&body.enum_name), rust::ident(&form.variant));
            quote!(.map(#name::#variant))
        });
        let some = (!body.required).then(|| quote!(.map(Some)));
        let number = proc_macro2::Literal::usize_unsuffixed(index);
        let pattern = if index == last { quote!(Some(_)) } else { quote!(Some(#number)) };
        quote!(#pattern => #value #choice #some,)
    });
    let missing = if body.required { quote!(call.missing_body()) } else { quote!(Some(None)) };
    quote! {
        match call.media_type(&[#(#media_types),*])? {
            #(#arms)*
            None => #missing,
        }
    }
}

/// The expression that reads one media type.
fn form(types: &Types, form: &Form) -> TokenStream {
    let schema = pointer(&form.schema);
    match &form.content {
        Content::Json(ty) => {
            let ty = rust::ty(types, ty);
            quote!(call.json::<#ty>(#schema).await?)
        }
        Content::Form(ty) => {
            let ty = rust::ty(types, ty);
            quote!(call.form::<#ty>(#schema).await?)
        }
        Content::Multipart(ty) => {
            let ty = rust::ty(types, ty);
            quote!(call.multipart::<#ty>(#schema).await?)
        }
        Content::Text => quote!(call.text().await?),
        Content::Bytes => quote!(call.bytes().await?),
        Content::Stream => quote!(call.stream()),
    }
}

/// A body without a schema has no mistakes that a schema could name: the whole document stands for it.
fn pointer(schema: &str) -> &str {
    if schema.is_empty() { "#" } else { schema }
}
