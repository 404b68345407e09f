//! Writes what a mock needs to know of each operation: what it takes, and what it may answer, as types.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use heck::ToPascalCase;
use quote::ToTokens;
use serde_json::Value;
use syn::{ImplItem, Item, PathArguments, Type, TypeParamBound, WherePredicate};

use super::calls;
use super::source::{Source, literal};
use crate::codegen::lower::{METHODS, facts};

/// Methods that a mock has itself.
const TAKEN: [&str; 6] = ["start", "url", "address", "client", "requests", "script"];

/// The part of a mock that ties its files together.
pub(super) const MODULE: &str = "
    //! The generated part of the mock.

    pub mod operations;
";

/// The file with all operations.
pub(super) fn of(view: &Value, client: &syn::File) -> Result<Source, String> {
    let (answers, bodies) = (calls::answers(client), bodies(client));
    let mut methods: HashSet<String> = TAKEN.map(str::to_owned).into();
    let mut code = String::from(
        "//! The operations, with what each takes and may answer.\n\
         #[allow(unused_imports)]\n\
         use sdk::types;\n",
    );
    for (_, item) in view["paths"].as_object().into_iter().flatten() {
        for operation in METHODS.iter().filter_map(|method| item.get(method)) {
            let id = operation["operationId"].as_str().unwrap_or_default();
            let builder = id.to_pascal_case();
            let mut method = id.to_owned();
            while !methods.insert(method.clone()) {
                method.push('_');
            }
            let summary = operation["summary"].as_str().or_else(|| operation["description"].as_str());
            let summary = summary.and_then(|text| text.lines().next()).unwrap_or(id);
            let method =
                if syn::parse_str::<syn::Ident>(&method).is_ok() { method } else { format!("r#{method}") };
            let body = bodies.get(&builder).filter(|_| takes_json(operation));
            let body = body.map(String::as_str).unwrap_or_default();
            let answer = answers.get(&builder).map(String::as_str).unwrap_or("()");
            let _ = writeln!(
                code,
                "mock::operation! {{ #[doc = {}] {method} => {builder}({}) takes [{body}] succeeds [{}] refuses [{}] }}",
                literal(summary),
                literal(id),
                successes(operation, answer),
                refusals(operation),
            );
        }
    }
    Source::parse(&code)
}

/// Whether the body is JSON: of others a test reads the bytes.
fn takes_json(operation: &Value) -> bool {
    let media_type = operation[facts::CONTENT_TYPE].as_str().unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// The declared successes: those with JSON have the one type that the SDK has for them.
fn successes(operation: &Value, answer: &str) -> String {
    let mut text = String::new();
    for noted in noted(operation).filter(|noted| is_success(noted)) {
        let of_status = if noted["media_type"].is_null() {
            "()"
        } else if noted["json"] == true && answer != "ByteStream" {
            answer
        } else {
            "mock::Raw"
        };
        let _ = write!(text, "{} {} => {of_status}, ", noted["status"], media_type(noted));
    }
    text
}

fn refusals(operation: &Value) -> String {
    let refused = noted(operation).filter(|noted| !is_success(noted));
    refused.map(|noted| format!("{} {}, ", noted["status"], media_type(noted))).collect()
}

fn noted(operation: &Value) -> impl Iterator<Item = &Value> {
    operation[facts::ANSWERS].as_array().into_iter().flatten()
}

fn is_success(noted: &Value) -> bool {
    noted["status"].as_u64().is_some_and(|status| (200..300).contains(&status))
}

fn media_type(noted: &Value) -> String {
    let media_type = noted["media_type"].as_str();
    media_type.map_or_else(|| "None".to_owned(), |media_type| format!("Some({})", literal(media_type)))
}

/// By builder: the type of its JSON body, as `fn body<V>(…) where V: TryInto<types::T>` tells it.
fn bodies(client: &syn::File) -> BTreeMap<String, String> {
    let mut bodies = BTreeMap::new();
    for item in calls::module(client, "builder").into_iter().flat_map(calls::content) {
        let Item::Impl(block) = item else { continue };
        let Some(builder) = calls::last_segment(&block.self_ty) else { continue };
        for method in &block.items {
            let ImplItem::Fn(method) = method else { continue };
            let predicates = method.sig.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
            let body = predicates.filter(|_| method.sig.ident == "body").find_map(converted);
            if let Some(body) = body {
                bodies.insert(builder.clone(), body.to_token_stream().to_string());
            }
        }
    }
    bodies
}

/// `T` of `V: TryInto<T>`.
fn converted(predicate: &WherePredicate) -> Option<&Type> {
    let WherePredicate::Type(bounded) = predicate else { return None };
    let TypeParamBound::Trait(bound) = bounded.bounds.first()? else { return None };
    let last = bound.path.segments.last().filter(|last| last.ident == "TryInto")?;
    let PathArguments::AngleBracketed(_) = &last.arguments else { return None };
    calls::argument_of(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_operation_has_its_body_and_its_answers() {
        let client = syn::parse_file(
            "pub mod builder {
                 impl<'a> CreateThing<'a> {
                     pub fn body<V>(mut self, value: V) -> Self where V: std::convert::TryInto<types::NewThing>, E: Display {}
                     pub async fn send(self) -> Result<ResponseValue<types::Thing>, Error<::sdk::Problem>> {}
                 }
                 impl<'a> Upload<'a> { pub fn body<B>(self, value: B) -> Self where B: TryInto<reqwest::Body> {} }
                 impl<'a> Client<'a> { pub async fn send(self) -> Result<ResponseValue<ByteStream>, Error<P>> {} }
             }",
        )
        .unwrap();
        let answer = |status: u16, media_type: Value, json: bool| json!({"status": status, "media_type": media_type, "json": json});
        let view = json!({"paths": {
            "/things": {"post": {"operationId": "create_thing", "summary": "Make a thing", "x-sdk-content-type": "application/json", "x-sdk-answers": [
                answer(201, "application/json".into(), true), answer(204, Value::Null, false),
                answer(304, Value::Null, false), answer(409, "application/problem+json".into(), true),
            ]}},
            "/f": {"post": {"operationId": "upload", "x-sdk-content-type": "multipart/form-data", "x-sdk-answers": []}},
            "/c": {"get": {"operationId": "client", "x-sdk-answers": [answer(200, "text/csv".into(), false)]}},
        }});
        let text = of(&view, &client).unwrap().text();
        let plain: String = text.split_whitespace().collect();
        for expected in [
            "#[doc=\"Makeathing\"]create_thing=>CreateThing(\"create_thing\")takes[types::NewThing]",
            "succeeds[201Some(\"application/json\")=>types::Thing,204None=>(),]",
            "refuses[304None,409Some(\"application/problem+json\"),]",
            "upload=>Upload(\"upload\")takes[]succeeds[]refuses[]",
            "client_=>Client(\"client\")takes[]succeeds[200Some(\"text/csv\")=>mock::Raw,]refuses[]",
        ] {
            assert!(plain.contains(expected), "{expected} in {text}");
        }
    }
}
