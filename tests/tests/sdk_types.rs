//! The SDK's types and the document say the same: the document's examples pass through the types unchanged, and the
//! schemas of the types have the document's members.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::collections::BTreeSet;

use orderly_client::{Patch, Problem, types};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// What can be asked of a type of the SDK.
struct Type {
    name: &'static str,
    schema: fn() -> Value,
    round_trip: fn(&Value) -> Result<Value, String>,
}

fn schema_of<T: JsonSchema>() -> Value {
    let generator = SchemaGenerator::new(SchemaSettings::draft07());
    generator.into_root_schema_for::<T>().to_value()
}

fn through<T: Serialize + DeserializeOwned>(value: &Value) -> Result<Value, String> {
    let value: T = serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
    serde_json::to_value(value).map_err(|error| error.to_string())
}

macro_rules! types {
    ($($name:ident),+ $(,)?) => {
        &[$(Type {
            name: stringify!($name),
            schema: schema_of::<types::$name>,
            round_trip: through::<types::$name>,
        }),+]
    };
}

/// Every object that operations take or give.
const OBJECTS: &[Type] = types![
    Account,
    AccountPage,
    ApiKey,
    ApiKeyCreate,
    ApiKeyPage,
    AuditEntry,
    AuditEntryPage,
    CreatedApiKey,
    JsonWebKey,
    JsonWebKeySet,
    Money,
    Note,
    NotePage,
    NotePatch,
    NoteWrite,
    Order,
    OrderCreate,
    OrderLine,
    OrderLineCreate,
    OrderPage,
    Overview,
    PasswordChange,
    PasswordGrant,
    Price,
    Product,
    ProductCreate,
    ProductPage,
    ProductPatch,
    ProfilePatch,
    RefreshTokenGrant,
    Registration,
    RoleChange,
    StockAdjust,
    StockAdjustment,
    TokenRevocation,
    Tokens,
    UserCreate,
];

/// What is no plain object.
const OTHERS: &[Type] = types![TokenRequest];

fn document() -> Value {
    serde_json::from_str(orderly_api::DOCUMENT_JSON).unwrap()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().into_iter().flat_map(Map::keys).map(String::as_str).collect()
}

fn strings(value: &Value) -> BTreeSet<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn every_object_of_the_document_has_a_type() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let objects =
        schemas.iter().filter(|(_, schema)| schema["type"] == "object").map(|(name, _)| name.as_str());
    // The hand-written layer reads these itself, as `orderly_client::Problem` with its members.
    let own = ["Problem", "Shortage", "Violation"];
    let known = OBJECTS.iter().map(|object| object.name).chain(own).collect::<BTreeSet<_>>();
    assert_eq!(objects.collect::<BTreeSet<_>>(), known);
}

#[test]
fn types_have_the_members_of_their_schemas() {
    let document = document();
    for Type { name, schema, .. } in OBJECTS {
        let (declared, ours) = (&document["components"]["schemas"][name], schema());
        assert_eq!(keys(&ours["properties"]), keys(&declared["properties"]), "{name}");
        let has_default = |member: &&str| declared["properties"][*member].get("default").is_some();
        let required: BTreeSet<&str> =
            strings(&ours["required"]).into_iter().filter(|one| !has_default(one)).collect();
        assert_eq!(required, strings(&declared["required"]), "{name}");
    }
}

#[test]
fn examples_pass_through_their_types_unchanged() {
    let document = document();
    let mut examples = Vec::new();
    collect(&document, &document["paths"], &mut examples);
    collect(&document, &document["components"], &mut examples);
    assert!(examples.len() > 50, "{} examples", examples.len());
    for (schema, example) in examples {
        if schema == "Problem" {
            let problem: Problem = serde_json::from_value(example.clone()).unwrap();
            assert_eq!(problem.code.as_str(), example["code"]);
            assert_eq!(problem.errors.len(), example["errors"].as_array().map_or(0, Vec::len));
            continue;
        }
        // A patch is only ever sent: from JSON, what is removed would be read as what is left alone.
        if schema == "NotePatch" {
            let removed: types::NotePatch =
                types::NotePatch::builder().order_id(Patch::Clear).try_into().unwrap();
            assert_eq!(serde_json::to_value(removed).unwrap(), *example);
            continue;
        }
        let known = OBJECTS.iter().chain(OTHERS).find(|known| known.name == schema);
        let known = known.unwrap_or_else(|| panic!("{schema} has no type"));
        let mut passed =
            (known.round_trip)(example).unwrap_or_else(|error| panic!("{schema}: {error}: {example}"));
        if schema == "ProductCreate" && example.get("stock").is_none() {
            passed.as_object_mut().unwrap().remove("stock");
        }
        assert_eq!(passed, *example, "{schema}");
    }
}

/// The examples of all bodies below a value, each with the name of its schema.
fn collect<'d>(document: &'d Value, value: &'d Value, found: &mut Vec<(&'d str, &'d Value)>) {
    let reference =
        value["schema"]["$ref"].as_str().and_then(|text| text.strip_prefix("#/components/schemas/"));
    if let Some(schema) = reference.filter(|name| is_body(document, name)) {
        found.extend(value.get("example").map(|example| (schema, example)));
        let several = value["examples"].as_object().into_iter().flat_map(Map::values);
        found.extend(several.filter_map(|example| Some((schema, example.get("value")?))));
        return;
    }
    match value {
        Value::Object(members) => members.values().for_each(|member| collect(document, member, found)),
        Value::Array(items) => items.iter().for_each(|item| collect(document, item, found)),
        _ => {}
    }
}

fn is_body(document: &Value, name: &str) -> bool {
    let schema = &document["components"]["schemas"][name];
    schema["type"] == "object" || schema.get("oneOf").is_some()
}
