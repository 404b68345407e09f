//! Writes the commands as a table in Rust. Of each entry only what differs from an empty one is written.

use proc_macro2::TokenStream;
use quote::quote;

use super::body::{Body, Encoding, Form, Member};
use super::commands::{Access, Command, Group};
use super::parameters::{Parameter, Place, Style};
use super::schema::{Kind, Scalar};

/// The part that ties the generated files together.
pub(super) const MODULE: &str = "\
//! The generated part of the command line.

mod commands;

pub(crate) use self::commands::TAGS;
";

/// The file with the table.
pub(super) fn of(groups: &[Group]) -> Result<String, String> {
    let groups = groups.iter().map(group);
    let code = quote! {
        //! Every operation as a command, by tag.

        #[allow(unused_imports)]
        use crate::table::{
            Access, Body, Command, Encoding, Form, Kind, Member, Parameter, Place, Style, Tag, Value,
        };

        /// The commands by tag.
        pub(crate) const TAGS: &[Tag] = &[#(#groups),*];
    };
    let file = syn::parse2(code).map_err(|error| error.to_string())?;
    Ok(prettyplease::unparse(&file))
}

fn group(group: &Group) -> TokenStream {
    let Group { name, description, commands } = group;
    let commands = commands.iter().map(command);
    quote!(Tag { name: #name, description: #description, commands: &[#(#commands),*] })
}

fn command(command: &Command) -> TokenStream {
    let Command { name, operation, summary, method, path, .. } = command;
    let parameters = command.parameters.iter().map(parameter);
    let access = match command.access {
        Access::Public => quote!(Access::Public),
        Access::Optional => quote!(Access::Optional),
        Access::Login => quote!(Access::Login),
    };
    let mut rest = TokenStream::new();
    rest.extend(said("description", &command.description));
    if !command.parameters.is_empty() {
        rest.extend(quote!(parameters: &[#(#parameters),*],));
    }
    rest.extend(command.body.as_ref().map(body));
    rest.extend(said("answer", &command.answer));
    rest.extend(flag("is_paged", command.is_paged));
    rest.extend(flag("is_deprecated", command.is_deprecated));
    quote! {
        Command {
            name: #name,
            operation: #operation,
            method: #method,
            path: #path,
            access: #access,
            summary: #summary,
            #rest
            ..Command::EMPTY
        }
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let Parameter { name, option, .. } = parameter;
    let place = match parameter.place {
        Place::Path => quote!(Place::Path),
        Place::Query => quote!(Place::Query),
        Place::Header => quote!(Place::Header),
        Place::Cookie => quote!(Place::Cookie),
    };
    let style = match parameter.style {
        Style::One => None,
        Style::Repeated => Some(quote!(Style::Repeated)),
        Style::Joined(by) => Some(quote!(Style::Joined(#by))),
        Style::Deep => Some(quote!(Style::Deep)),
        Style::Spread => Some(quote!(Style::Spread)),
        Style::Json => Some(quote!(Style::Json)),
    };
    let mut rest = TokenStream::new();
    rest.extend(style.map(|style| quote!(style: #style,)));
    rest.extend(flag("required", parameter.required));
    rest.extend(value(&parameter.value, parameter.default.as_deref(), parameter.example.as_deref()));
    rest.extend(said("description", &parameter.description));
    quote!(Parameter { name: #name, option: #option, place: #place, #rest ..Parameter::EMPTY })
}

fn body(body: &Body) -> TokenStream {
    let Body { media_type, members, nullable, .. } = body;
    let encoding = match body.encoding {
        Encoding::Json => quote!(Encoding::Json),
        Encoding::Form => quote!(Encoding::Form),
        Encoding::Parts => quote!(Encoding::Parts),
        Encoding::Raw => quote!(Encoding::Raw),
    };
    let members = members.iter().map(member);
    let example = body.example.as_ref().map(|example| said("example", &example.to_string()));
    let required = body.required;
    quote! {
        body: Some(Body {
            media_type: #media_type,
            encoding: #encoding,
            required: #required,
            members: &[#(#members),*],
            nullable: &[#(#nullable),*],
            #example
            ..Body::EMPTY
        }),
    }
}

fn member(one: &Member) -> TokenStream {
    let Member { option, path, .. } = one;
    let form = match &one.form {
        Form::One => None,
        Form::Json => Some(quote!(Form::Json)),
        Form::Item => Some(quote!(Form::Item)),
        Form::Entry(parts) => {
            let parts = parts.iter().map(member);
            Some(quote!(Form::Entry(&[#(#parts),*])))
        }
    };
    let mut rest = TokenStream::new();
    rest.extend(form.map(|form| quote!(form: #form,)));
    rest.extend(flag("required", one.required));
    rest.extend(value(&one.value, one.default.as_deref(), None));
    rest.extend(said("description", &one.description));
    quote!(Member { option: #option, path: &[#(#path),*], #rest ..Member::EMPTY })
}

fn value(scalar: &Scalar, default: Option<&str>, example: Option<&str>) -> Option<TokenStream> {
    let mut members = TokenStream::new();
    match scalar.kind {
        Kind::Text => {}
        Kind::Integer => members.extend(quote!(kind: Kind::Integer,)),
        Kind::Number => members.extend(quote!(kind: Kind::Number,)),
        Kind::Boolean => members.extend(quote!(kind: Kind::Boolean,)),
    }
    members.extend(said("format", scalar.format.as_deref().unwrap_or_default()));
    if !scalar.choices.is_empty() {
        let choices = &scalar.choices;
        members.extend(quote!(choices: &[#(#choices),*],));
    }
    members.extend(said("bounds", scalar.bounds.as_deref().unwrap_or_default()));
    members.extend(default.map(|text| quote!(default: Some(#text),)));
    members.extend(example.map(|text| quote!(example: Some(#text),)));
    (!members.is_empty()).then(|| quote!(value: Value { #members ..Value::EMPTY },))
}

fn said(name: &str, text: &str) -> Option<TokenStream> {
    let name = quote::format_ident!("{name}");
    (!text.is_empty()).then(|| quote!(#name: #text,))
}

fn flag(name: &str, truth: bool) -> Option<TokenStream> {
    let name = quote::format_ident!("{name}");
    truth.then(|| quote!(#name: true,))
}
