//! Answers: an enum with a variant for each declared status, and how it is written.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::rust;
use super::source::Source;
use super::tags::{content_type, forms_enum};
use crate::codegen::model::interface::{Answer, Content, Form, Header, HeaderText, Operation, Status};
use crate::codegen::model::types::Types;

/// Writes the answer of an operation.
pub(crate) fn write(types: &Types, operation: &Operation, source: &mut Source) {
    let name = rust::ident(&operation.response_name);
    let docs = format!(" What `{}` answers.", operation.id.replace('`', ""));
    let variants = operation.answers.iter().map(|answer| variant(types, answer));
    let arms = operation.answers.iter().map(arm);
    source.items(quote! {
        #[doc = #docs]
        #[derive(Debug)]
        pub enum #name {
            #(#variants)*
        }

        impl runtime::Respond for #name {
            fn respond(self) -> Result<runtime::Response, runtime::Failure> {
                match self {
                    #(#arms)*
                }
            }
        }
    });
    for body in operation.answers.iter().filter_map(|answer| answer.body.as_ref()) {
        if body.forms.len() > 1 {
            source.items(forms_enum(types, &body.enum_name, &body.forms));
        }
    }
}

/// One status with its headers and body.
fn variant(types: &Types, answer: &Answer) -> TokenStream {
    let name = rust::ident(&answer.variant);
    let status = match answer.status {
        Status::Exact(code) => format!("{code}"),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    let text = match &answer.description {
        Some(description) => format!("{status}: {description}"),
        None => format!("{status}."),
    };
    let docs = Docs::of(Some(&text), "").tokens();
    let choice = chooses(answer).then(|| {
        quote! {
            /// Which status it is.
            status: runtime::StatusCode,
        }
    });
    let body = answer.body.as_ref().map(|body| {
        let ty = match body.forms.as_slice() {
            [single] => content_type(types, &single.content),
            _ => {
                let name = rust::ident(&body.enum_name);
                quote!(#name)
            }
        };
        quote! {
            /// The body.
            body: #ty,
        }
    });
    let headers = answer.headers.iter().map(|header| {
        let (field, ty) = (rust::ident(&header.field), rust::ty(types, &header.ty));
        let ty = if header.required { ty } else { quote!(Option<#ty>) };
        let docs = format!(" The header `{}`.", header.name);
        quote!(#[doc = #docs] #field: #ty,)
    });
    if fields(answer).is_empty() {
        quote!(#docs #name,)
    } else {
        quote!(#docs #name { #choice #body #(#headers)* },)
    }
}

/// Whether the variant stands for more than one status.
fn chooses(answer: &Answer) -> bool {
    !matches!(answer.status, Status::Exact(_))
}

/// The names of a variant's fields.
fn fields(answer: &Answer) -> Vec<TokenStream> {
    let status = chooses(answer).then(|| quote!(status));
    let body = answer.body.as_ref().map(|_| quote!(body));
    let headers = answer.headers.iter().map(|header| {
        let field = rust::ident(&header.field);
        quote!(#field)
    });
    status.into_iter().chain(body).chain(headers).collect()
}

/// The arm that writes a variant.
fn arm(answer: &Answer) -> TokenStream {
    let name = rust::ident(&answer.variant);
    let fields = fields(answer);
    let pattern = if fields.is_empty() { quote!(Self::#name) } else { quote!(Self::#name { #(#fields),* }) };
    let start = match answer.status {
        Status::Exact(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(runtime::Reply::new(#code))
        }
        Status::Range(digit) => {
            let digit = proc_macro2::Literal::u16_unsuffixed(digit.into());
            quote!(runtime::Reply::in_range(status, #digit))
        }
        Status::Default => quote!(runtime::Reply::with_status(status)),
    };
    let headers = answer.headers.iter().map(self::header);
    let reply = quote!(#start #(#headers)*);
    match &answer.body {
        None => quote!(#pattern => #reply.empty(),),
        Some(body) => match body.forms.as_slice() {
            [single] => {
                let end = ending(single, &quote!(&body), &quote!(body));
                quote!(#pattern => #reply.#end,)
            }
            several => {
                let choice = rust::ident(&body.enum_name);
                let arms = several.iter().map(|form| {
                    let variant = rust::ident(&form.variant);
                    let end = ending(form, &quote!(&body), &quote!(body));
                    quote!(#choice::#variant(body) => reply.#end,)
                });
                quote! {
                    #pattern => {
                        let reply = #reply;
                        match body {
                            #(#arms)*
                        }
                    }
                }
            }
        },
    }
}

/// The call that writes the body.
fn ending(form: &Form, by_reference: &TokenStream, by_value: &TokenStream) -> TokenStream {
    // A range such as `image/*` is no type that can be sent.
    let media_type =
        if form.media_type.contains('*') { "application/octet-stream" } else { &form.media_type };
    match form.content {
        Content::Json(_) | Content::Form(_) | Content::Multipart(_) => {
            quote!(json(#media_type, #by_reference))
        }
        Content::Text => quote!(text(#media_type, #by_value)),
        Content::Bytes => quote!(bytes(#media_type, #by_value)),
        Content::Stream => quote!(stream(#media_type, #by_value)),
    }
}

/// The call that writes a header.
fn header(header: &Header) -> TokenStream {
    let (name, field) = (&header.name, rust::ident(&header.field));
    match (header.text, header.required) {
        (HeaderText::Display, true) => quote!(.header(#name, &#field)),
        (HeaderText::Display, false) => quote!(.optional_header(#name, #field.as_ref())),
        (HeaderText::List, true) => quote!(.header_list(#name, &#field)),
        (HeaderText::List, false) => quote!(.header_list(#name, &#field.unwrap_or_default())),
        (HeaderText::Json, true) => quote!(.header(#name, &serde_json::json!(#field))),
        (HeaderText::Json, false) => {
            quote!(.optional_header(#name, #field.map(|value| serde_json::json!(value)).as_ref()))
        }
    }
}
