//! Data types: one item for each definition of the model, and the files they stand in.

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;

use super::docs::Docs;
use super::rust;
use super::scalars;
use super::source::Source;
use super::structs;
use crate::codegen::model::interface::Interface;
use crate::codegen::model::types::{Bounds, Definition, Direction, Kind, Matching, Type, Types, Union};
use crate::codegen::model::uses;
use crate::codegen::write::Files;

/// Writes `types/…` and tells where each type stands by `types/mod.rs`.
pub(crate) fn write(interface: &Interface, files: &mut Files) {
    let groups = uses::groups(interface);
    let mut by_module: BTreeMap<&str, Vec<&Definition>> = BTreeMap::new();
    for (definition, module) in interface.types.definitions.iter().zip(&groups) {
        by_module.entry(module).or_default().push(definition);
    }
    let mut index = Source::new("The data types of the document, by the tag that they belong to.");
    let modules: String = by_module.keys().map(|module| format!("mod {module};\n")).collect();
    index.text(&modules);
    let exports: String = by_module.keys().map(|module| format!("pub use self::{module}::*;\n")).collect();
    index.text(&exports);
    files.insert("types/mod.rs", index.finish());
    for (module, definitions) in by_module {
        files.insert(format!("types/{module}.rs"), file(&interface.types, module, &definitions));
    }
}

/// One file of types.
fn file(types: &Types, module: &str, definitions: &[&Definition]) -> String {
    let sentence = match module {
        "shared" => "Types that several tags use.".to_owned(),
        module => format!("Types of `{module}`."),
    };
    let mut source = Source::new(&sentence);
    let mut mentioned = BTreeSet::new();
    for definition in definitions {
        for place in uses::places(&definition.kind) {
            rust::mentions(types, place, &mut mentioned);
        }
        item(types, definition, &mut source);
    }
    for definition in definitions {
        mentioned.remove(&definition.name);
    }
    if !mentioned.is_empty() {
        let names: Vec<String> = mentioned.into_iter().collect();
        source.import(format!("super::{{{}}}", names.join(", ")));
    }
    if source.mentions("runtime::") {
        source.import("orderly_api_runtime as runtime");
    }
    source.finish()
}

/// What rustdoc says of a type.
pub(crate) fn docs(definition: &Definition) -> Docs {
    let fallback = match &definition.title {
        Some(title) => title.clone(),
        None => format!("`{}`.", definition.pointer),
    };
    let docs = Docs::of(definition.description.as_deref(), &fallback);
    if definition.deprecated { docs.paragraph("Deprecated in the document.") } else { docs }
}

/// One type.
fn item(types: &Types, definition: &Definition, source: &mut Source) {
    let name = rust::ident(&definition.name);
    let docs = docs(definition);
    match &definition.kind {
        Kind::Alias(target) => {
            let (docs, target) = (docs.tokens(), rust::ty(types, target));
            source.items(quote!(#docs pub type #name = #target;));
        }
        Kind::Newtype { inner, rules } => {
            source.text(&scalars::newtype(&definition.name, &docs, *inner, rules))
        }
        Kind::StringEnum(members) => source.text(&scalars::string_enum(&definition.name, &docs, members)),
        Kind::IntegerEnum(members) => source.items(scalars::integer_enum(&name, &docs, members)),
        Kind::List { item, bounds } => {
            let item = rust::ty(types, item);
            source.items(collection(&name, &docs, quote!(Vec<#item>), bounds));
        }
        Kind::Map { value, bounds } => {
            let value = rust::ty(types, value);
            source.items(collection(
                &name,
                &docs,
                quote!(std::collections::BTreeMap<String, #value>),
                bounds,
            ));
        }
        Kind::Struct(object) => structs::write(types, definition, object, &docs, source),
        Kind::Union(union) => source.text(&self::union(types, definition, union, &docs)),
        Kind::Checked => source.text(&checked(definition, &docs)),
    }
}

/// A collection that checks its own bounds.
fn collection(
    name: &proc_macro2::Ident,
    docs: &Docs,
    inner: proc_macro2::TokenStream,
    bounds: &Bounds,
) -> proc_macro2::TokenStream {
    let docs = docs.tokens();
    let rules = structs::collection_rules(bounds, true);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, validator::Validate)]
        #[serde(transparent)]
        pub struct #name {
            /// What the collection holds.
            #rules
            pub items: #inner,
        }

        impl runtime::Valid for #name {
            fn is_valid(&self) -> bool {
                validator::Validate::validate(self).is_ok()
            }
        }
    }
}

/// An enum of other types, with the macro that reads and writes it.
fn union(types: &Types, definition: &Definition, union: &Union, docs: &Docs) -> String {
    let name = &definition.name;
    let of = |ty: &Type| plain(&rust::ty(types, ty).to_string());
    let mut out = docs.comment("");
    out.push_str(&format!("#[derive(Clone, Debug, PartialEq)]\npub enum {name} {{\n"));
    for variant in &union.variants {
        let text = match variant.tags.as_slice() {
            [] => format!("One of the shapes: `{}`.", of(&variant.ty)),
            tags => format!("Where the tag is {}.", list(tags)),
        };
        out.push_str(&Docs::of(None, &text).comment("    "));
        out.push_str(&format!("    {}({}),\n", variant.name, of(&variant.ty)));
    }
    out.push_str("}\n");
    let (open, tagged) = match &union.matching {
        Matching::Tagged { property } => {
            (format!("runtime::tagged!({name}, {} {{", rust::literal(property)), true)
        }
        Matching::ExactlyOne => (format!("runtime::one_of!({name} {{"), false),
        Matching::First => (format!("runtime::any_of!({name} {{"), false),
    };
    out.push_str(&open);
    out.push('\n');
    for variant in &union.variants {
        out.push_str("    ");
        if tagged {
            let tags: Vec<String> = variant.tags.iter().map(|tag| rust::literal(tag)).collect();
            out.push_str(&format!("{} => ", tags.join(" | ")));
        }
        out.push_str(&format!("{}({}),\n", variant.name, of(&variant.ty)));
    }
    out.push_str("});\n");
    out
}

/// `a`, `b` or `c`, each as code.
fn list(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
    quoted.join(" or ")
}

/// Any JSON that its schema takes.
fn checked(definition: &Definition, docs: &Docs) -> String {
    let direction = match definition.direction {
        Direction::Request => "Request",
        Direction::Answer => "Response",
    };
    format!(
        "runtime::schema_value! {{\n{}    pub struct {} {{\n        schemas: super::super::SCHEMAS,\n        pointer: {},\n        direction: {direction},\n    }}\n}}\n",
        docs.comment("    "),
        definition.name,
        rust::literal(&definition.pointer),
    )
}

/// Tokens as a reader would write them.
pub(crate) fn plain(tokens: &str) -> String {
    tokens
        .replace(" :: ", "::")
        .replace(" < ", "<")
        .replace(" > ", ">")
        .replace(" >", ">")
        .replace(" , ", ", ")
}
