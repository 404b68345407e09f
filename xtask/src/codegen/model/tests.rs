//! What names and schemas become.

use super::build;
use super::interface::Interface;
use super::types::{Additional, Kind, Matching, Presence, Scalar, Type};
use crate::codegen::model::names::{self, Scope};
use orderly_document::{Diagnostics, Document};

/// A document with these component schemas, an operation that takes `In` and answers `Out`.
fn interface(schemas: &str) -> Interface {
    let schemas: String = schemas.lines().map(|line| format!("    {line}\n")).collect();
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Test, version: '1'}}\npaths:\n  /things:\n    post:\n      operationId: makeThing\n      \
         requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/In'}}}}}}}}\n      \
         responses:\n        '200': {{description: Made., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Out'}}}}}}}}\n\
         components:\n  schemas:\n{schemas}"
    );
    let document =
        Document::parse("test.yaml", text.as_bytes()).unwrap_or_else(|found| panic!("{found}\n{text}"));
    let mut diagnostics = Diagnostics::new();
    build(&document, &mut diagnostics).unwrap_or_else(|_| panic!("{diagnostics}"))
}

/// The kind of the component `In`.
fn kind(schema: &str) -> Kind {
    let mut interface = interface(&format!(
        "In: {schema}\nOut: {{type: string}}\nCat: {{type: object, required: [kind], properties: {{kind: {{type: string, enum: [cat]}}}}}}\nDog: {{type: object, required: [kind], properties: {{kind: {{type: string, enum: [dog]}}}}}}"
    ));
    interface.types.definitions.swap_remove(0).kind
}

#[test]
fn any_text_becomes_an_identifier() {
    for (text, pascal, field) in [
        ("order_line", "OrderLine", "order_line"),
        ("orderLine", "OrderLine", "order_line"),
        ("ETag", "Etag", "etag"),
        ("type", "Type", "r#type"),
        ("self", "Self", "self_"),
        ("2fa", "N2fa", "n2fa"),
        ("-created_at", "MinusCreatedAt", "minus_created_at"),
        ("+1", "Plus1", "plus_1"),
        (">=", "GreaterEqual", "greater_equal"),
        ("$expand", "Expand", "expand"),
        ("größe", "Größe", "größe"),
        ("a.b[c]", "ABC", "a_b_c"),
        ("", "None", "none"),
    ] {
        let found = (names::pascal(text), names::field(text));
        if !text.is_empty() {
            assert_eq!(found, (pascal.to_owned(), field.to_owned()), "{text}");
        }
        for name in [names::field(text), names::variant(text)] {
            assert!(syn::parse_str::<syn::Ident>(&name).is_ok() || name.starts_with("r#"), "{text}: {name}");
        }
    }
}

#[test]
fn names_that_collide_are_numbered_in_their_order() {
    let mut scope = Scope::of_types();
    let names: Vec<String> =
        ["Order", "Order", "Option", "Order2"].iter().map(|name| scope.take(name)).collect();
    assert_eq!(names, ["Order", "Order2", "Option2", "Order22"]);
}

/// Says whether a kind is the expected one.
type Judge = fn(&Kind) -> bool;

#[test]
fn schemas_become_the_type_that_says_the_same() {
    let cases: [(&str, Judge); 22] = [
        ("{}", |kind| matches!(kind, Kind::Alias(Type::Json))),
        ("{type: string}", |kind| matches!(kind, Kind::Alias(Type::Scalar(Scalar::String)))),
        ("{type: string, format: date-time}", |kind| {
            matches!(kind, Kind::Alias(Type::Scalar(Scalar::DateTime)))
        }),
        ("{type: integer, format: int32}", |kind| matches!(kind, Kind::Alias(Type::Scalar(Scalar::I32)))),
        ("{type: integer}", |kind| matches!(kind, Kind::Alias(Type::Scalar(Scalar::I64)))),
        ("{type: number}", |kind| matches!(kind, Kind::Alias(Type::Scalar(Scalar::F64)))),
        ("{type: string, maxLength: 3}", |kind| matches!(kind, Kind::Newtype { inner: Scalar::String, .. })),
        ("{type: string, format: email}", |kind| matches!(kind, Kind::Newtype { inner: Scalar::String, .. })),
        ("{type: integer, minimum: 1}", |kind| matches!(kind, Kind::Newtype { inner: Scalar::I64, .. })),
        ("{type: string, pattern: '(?!x)y'}", |kind| matches!(kind, Kind::Checked)),
        (
            "{type: string, enum: [a, b]}",
            |kind| matches!(kind, Kind::StringEnum(members) if members.len() == 2),
        ),
        (
            "{type: integer, enum: [1, 2]}",
            |kind| matches!(kind, Kind::IntegerEnum(members) if members.len() == 2),
        ),
        ("{enum: [1, a]}", |kind| matches!(kind, Kind::Checked)),
        ("{type: array, items: {type: boolean}}", |kind| matches!(kind, Kind::Alias(Type::List(_)))),
        ("{type: array, items: {}, maxItems: 3}", |kind| matches!(kind, Kind::List { .. })),
        ("{type: object, additionalProperties: {type: string}}", |kind| {
            matches!(kind, Kind::Alias(Type::Map(_)))
        }),
        (
            "{type: object, additionalProperties: false}",
            |kind| matches!(kind, Kind::Struct(object) if object.additional == Additional::Refused),
        ),
        ("{not: {type: string}}", |kind| matches!(kind, Kind::Checked)),
        (
            "{oneOf: [{type: string}, {type: integer}]}",
            |kind| matches!(kind, Kind::Union(union) if union.matching == Matching::ExactlyOne),
        ),
        (
            "{anyOf: [{type: string}, {type: integer}]}",
            |kind| matches!(kind, Kind::Union(union) if union.matching == Matching::First),
        ),
        (
            "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}",
            |kind| matches!(kind, Kind::Union(union) if union.matching == Matching::Tagged { property: "kind".to_owned() }),
        ),
        (
            "{allOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {age: {type: integer}}}]}",
            |kind| matches!(kind, Kind::Struct(object) if object.fields.len() == 2),
        ),
    ];
    for (schema, fits) in cases {
        let kind = kind(schema);
        assert!(fits(&kind), "{schema}: {kind:?}");
    }
}

#[test]
fn presence_tells_absent_from_null() {
    let kind = kind(
        "{type: object, required: [a, b], properties: {a: {type: string}, b: {type: string, nullable: true}, \
         c: {type: string}, d: {type: string, nullable: true}, e: {type: string, default: x}, f: {type: integer, default: x}}}",
    );
    let Kind::Struct(object) = kind else { panic!("{kind:?}") };
    let presence: Vec<&Presence> = object.fields.iter().map(|field| &field.presence).collect();
    let default = Presence::Default("x".into());
    // The default of `f` is no integer, and therefore none.
    assert_eq!(
        presence,
        [
            &Presence::Required,
            &Presence::Required,
            &Presence::Optional,
            &Presence::Patch,
            &default,
            &Presence::Optional
        ]
    );
    assert_eq!(object.fields[1].ty, Type::Nullable(Box::new(Type::Scalar(Scalar::String))));
}

#[test]
fn a_schema_that_differs_by_direction_becomes_two_types() {
    let user = "{type: object, properties: {id: {type: string, readOnly: true}, password: {type: string, writeOnly: true}}}";
    let both = "{type: object, properties: {user: {$ref: '#/components/schemas/User'}}}";
    let interface = interface(&format!("User: {user}\nIn: {both}\nOut: {both}\nSame: {{type: object}}"));
    let fields = |name: &str| -> Vec<String> {
        let found = interface.types.definitions.iter().find(|definition| definition.name == name);
        match found.map(|definition| &definition.kind) {
            Some(Kind::Struct(object)) => object.fields.iter().map(|field| field.name.clone()).collect(),
            other => panic!("{name}: {other:?}"),
        }
    };
    assert_eq!((fields("User"), fields("UserInput")), (vec!["id".to_owned()], vec!["password".to_owned()]));
}

#[test]
fn a_type_that_contains_itself_is_boxed_only_where_it_must_be() {
    let kind = kind(
        "{type: object, properties: {next: {$ref: '#/components/schemas/In'}, all: {type: array, items: {$ref: '#/components/schemas/In'}}}}",
    );
    let Kind::Struct(object) = kind else { panic!("{kind:?}") };
    assert!(matches!(object.fields[0].ty, Type::Boxed(_)), "{object:?}");
    assert!(
        matches!(&object.fields[1].ty, Type::List(item) if matches!(**item, Type::Named(_))),
        "{object:?}"
    );
}

#[test]
fn an_inline_schema_is_named_from_where_it_stands() {
    let interface = interface(
        "In: {type: object, properties: {state: {type: string, enum: [on]}, lines: {type: array, items: {type: object, properties: {sku: {type: string, maxLength: 9}}}}}}\nOut: {type: string}",
    );
    let names: Vec<&str> =
        interface.types.definitions.iter().map(|definition| definition.name.as_str()).collect();
    assert_eq!(names, ["In", "InState", "InLinesItem", "InLinesItemSku", "Out"]);
}

#[test]
fn a_component_keeps_its_name_where_an_operation_wants_it_too() {
    let interface = interface("In: {type: string}\nOut: {type: string}\nMakeThingRequest: {type: object}");
    let operation = &interface.tags[0].operations[0];
    assert_eq!(
        (operation.method_name.as_str(), operation.request_name.as_str()),
        ("make_thing", "MakeThingRequest2")
    );
    assert_eq!(interface.tags[0].trait_name, "DefaultApi");
}
