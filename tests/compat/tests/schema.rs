//! What a change to a schema means for requests and for answers, as a table.

use orderly_compat::schema::{Compared, Comparison, Direction, SchemaRule, Side, Verdict};
use orderly_document::{Document, Pointer};
use serde_json::{Value, json};

fn document(schema: &Value) -> Document {
    let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {
    "schemas": {
        "It": schema,
        "Cat": {"type": "object", "required": ["kind", "lives"], "properties": {
            "kind": {"type": "string", "enum": ["cat"]}, "lives": {"type": "integer"}}},
        "Dog": {"type": "object", "required": ["kind", "name"], "properties": {
            "kind": {"type": "string", "enum": ["dog"]}, "name": {"type": "string"}}},
        "Id": {"type": "string", "format": "uuid"},
    }}});
    Document::parse("books.json", document.to_string().as_bytes()).expect("a document")
}

fn it() -> Pointer {
    Pointer::root().path(["components", "schemas", "It"])
}

fn compared(base: &Value, head: &Value, direction: Direction) -> std::sync::Arc<Compared> {
    let (base, head) = (document(base), document(head));
    Comparison::new(&base, &head).compare(&it(), &it(), direction)
}

/// The rules that are broken, as `rule path`; `-` for none.
fn broken(base: &Value, head: &Value, direction: Direction) -> String {
    match &compared(base, head, direction).verdict {
        Verdict::Compatible => "-".to_owned(),
        Verdict::Undecided { reason } => format!("undecided: {reason}"),
        Verdict::Breaking(breaks) => {
            let told = breaks
                .iter()
                .map(|broken| format!("{} {}", broken.difference.rule.name(), broken.difference.path));
            told.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Holds what a change breaks to `request` and `response`.
#[track_caller]
fn changes(base: Value, head: Value, request: &str, response: &str) {
    let found = [Direction::Request, Direction::Response].map(|direction| broken(&base, &head, direction));
    assert_eq!(found, [request, response], "{base} → {head}");
}

fn text(more: Value) -> Value {
    let mut schema = json!({"type": "string"});
    schema.as_object_mut().expect("an object").extend(more.as_object().expect("keywords").clone());
    schema
}

fn object(properties: Value, required: Value) -> Value {
    json!({"type": "object", "properties": properties, "required": required})
}

fn closed(mut object: Value) -> Value {
    object["additionalProperties"] = json!(false);
    object
}

#[test]
fn bounds_break_requests_when_they_narrow_and_answers_when_they_widen() {
    changes(text(json!({"maxLength": 9})), text(json!({"maxLength": 8})), "upper-bound-lowered", "-");
    changes(text(json!({"maxLength": 9})), text(json!({"maxLength": 10})), "-", "upper-bound-raised");
    changes(text(json!({})), text(json!({"minLength": 1})), "lower-bound-raised", "-");
    changes(text(json!({"minLength": 2})), text(json!({})), "-", "lower-bound-lowered");
    let number = |more: Value| {
        let mut schema = json!({"type": "number"});
        schema.as_object_mut().expect("an object").extend(more.as_object().expect("keywords").clone());
        schema
    };
    changes(number(json!({"minimum": 1})), number(json!({"minimum": 2})), "lower-bound-raised", "-");
    let excluded = number(json!({"minimum": 1, "exclusiveMinimum": true}));
    changes(number(json!({"minimum": 1})), excluded, "lower-bound-raised", "-");
    changes(number(json!({})), number(json!({"multipleOf": 5})), "multiple-of-changed", "-");
    changes(
        json!({"type": "array", "items": {"type": "string"}}),
        json!({"type": "array", "items": {"type": "string"}, "maxItems": 3, "uniqueItems": true}),
        "upper-bound-lowered, unique-items-added",
        "-",
    );
    changes(
        json!({"type": "integer", "minimum": 1}),
        json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true}),
        "-",
        "-",
    );
}

#[test]
fn types_formats_and_patterns_are_compared_by_what_they_allow() {
    changes(json!({"type": "string"}), json!({"type": "integer"}), "type-changed", "type-changed");
    changes(json!({"type": "integer"}), json!({"type": "number"}), "-", "type-changed");
    changes(json!({"type": "integer"}), json!({"type": "integer", "format": "int32"}), "format-changed", "-");
    changes(text(json!({})), text(json!({"format": "uuid"})), "format-changed", "-");
    changes(text(json!({"format": "colour"})), text(json!({"format": "paint"})), "-", "-");
    changes(text(json!({"nullable": true})), text(json!({})), "nullable-removed", "-");
    changes(text(json!({})), text(json!({"pattern": "^[a-z]+$"})), "pattern-changed", "-");
    changes(
        text(json!({"pattern": "^[a-c]+$"})),
        text(json!({"pattern": "^[a-z]+$"})),
        "-",
        "pattern-changed",
    );
    changes(json!({"$ref": "#/components/schemas/Id"}), text(json!({"format": "uuid"})), "-", "-");
}

#[test]
fn values_of_an_enum_are_missed_by_senders_and_new_to_receivers() {
    let list = |values: Value| text(json!({"enum": values}));
    changes(list(json!(["a", "b"])), list(json!(["b"])), "enum-value-removed", "-");
    changes(list(json!(["a"])), list(json!(["b", "a"])), "-", "enum-value-added");
    changes(list(json!(["a", "b"])), list(json!(["b", "a"])), "-", "-");
    changes(text(json!({})), list(json!(["a"])), "enum-added", "-");
}

#[test]
fn properties_break_those_who_need_them_or_refuse_others() {
    let id = json!({"type": "string"});
    let (none, one) = (json!({"id": id}), json!({"id": id, "name": {"type": "string"}}));
    changes(object(none.clone(), json!(["id"])), object(one.clone(), json!(["id"])), "-", "-");
    let named = json!(["id", "name"]);
    changes(
        object(none.clone(), json!(["id"])),
        object(one.clone(), named.clone()),
        "property-became-required /name",
        "-",
    );
    changes(
        object(one.clone(), named.clone()),
        object(none.clone(), json!(["id"])),
        "-",
        "property-became-optional /name",
    );
    changes(object(one.clone(), json!(["id"])), object(none.clone(), json!(["id"])), "-", "-");
    changes(
        closed(object(one.clone(), json!(["id"]))),
        closed(object(none.clone(), json!(["id"]))),
        "property-removed /name",
        "-",
    );
    changes(
        closed(object(none.clone(), json!(["id"]))),
        closed(object(one.clone(), json!(["id"]))),
        "-",
        "property-added /name",
    );
    changes(object(one.clone(), named.clone()), closed(object(one.clone(), named)), "-", "-");
    let read_only = json!({"id": id, "name": {"type": "string", "readOnly": true}});
    changes(
        closed(object(one.clone(), json!([]))),
        closed(object(read_only.clone(), json!([]))),
        "read-only-changed /name",
        "-",
    );
    changes(object(one, json!([])), object(read_only, json!([])), "-", "-");
}

#[test]
fn unions_and_exclusions_are_compared_as_wholes() {
    let cat = json!({"$ref": "#/components/schemas/Cat"});
    let dog = json!({"$ref": "#/components/schemas/Dog"});
    changes(json!({"oneOf": [cat, dog]}), json!({"oneOf": [cat]}), "union-branch-removed", "-");
    changes(json!({"oneOf": [cat]}), json!({"oneOf": [dog, cat]}), "-", "union-branch-added");
    changes(json!({"oneOf": [cat, dog]}), json!({"oneOf": [dog, cat]}), "-", "-");
    changes(json!({"oneOf": [cat, dog]}), json!({"anyOf": [cat, dog]}), "-", "-");
    changes(cat.clone(), json!({"allOf": [cat]}), "-", "-");
    changes(cat.clone(), json!({"anyOf": [cat]}), "-", "-");
    changes(
        json!({"allOf": [cat, {"type": "object"}]}),
        json!({"allOf": [cat, {"type": "object", "required": ["age"]}]}),
        "property-became-required /age",
        "-",
    );
    changes(text(json!({})), text(json!({"not": {"enum": ["no"]}})), "not-changed", "-");
}

#[test]
fn a_break_deep_inside_is_shown_by_a_whole_value() {
    let order = |most: u32| {
        object(
            json!({"lines": {"type": "array", "minItems": 1,
                "items": object(json!({"count": {"type": "integer", "minimum": 1, "maximum": most}}), json!(["count"]))}}),
            json!(["lines"]),
        )
    };
    let compared = compared(&order(10), &order(9), Direction::Request);
    let Verdict::Breaking(breaks) = &compared.verdict else { panic!("{compared:?}") };
    let [broken] = breaks.as_slice() else { panic!("{breaks:?}") };
    let found = &broken.difference;
    assert_eq!(found.rule, SchemaRule::UpperBoundLowered);
    assert_eq!((found.side, found.path.as_str()), (Side::Head, "/lines/*/count"));
    let place = "#/components/schemas/It/properties/lines/items/properties/count/maximum";
    assert_eq!([found.base.to_string(), found.head.to_string()], [place, place]);
    assert_eq!(broken.counterexample, json!({"lines": [{"count": 10}]}));
    assert_eq!([&found.expected, &found.found], ["maximum: 10", "maximum: 9"]);
}

#[test]
fn a_schema_that_contains_itself_is_compared_to_its_end() {
    let node = |required: Value| {
        object(json!({"value": {"type": "string"}, "next": {"$ref": "#/components/schemas/It"}}), required)
    };
    changes(node(json!([])), node(json!(["value"])), "property-became-required /value", "-");
    changes(node(json!([])), node(json!([])), "-", "-");
    changes(node(json!([])), json!({"oneOf": [node(json!([]))]}), "-", "-");
}

#[test]
fn harmless_changes_are_noted() {
    let (one, two) = (object(json!({"a": {}}), json!([])), object(json!({"a": {}, "b": {}}), json!([])));
    let compared = compared(&two, &one, Direction::Response);
    assert_eq!(compared.verdict, Verdict::Compatible);
    let [note] = compared.notes.as_slice() else { panic!("{compared:?}") };
    assert_eq!((note.rule, note.side, note.path.as_str()), (SchemaRule::PropertyRemoved, Side::Base, "/b"));
}

#[test]
fn what_cannot_be_proved_is_said_to_be_undecided() {
    let excluding = |text_out: &str| text(json!({"pattern": format!("^(?!{text_out})[a-z]+$")}));
    let found = broken(&excluding("aaaa"), &excluding("(aaaa)"), Direction::Request);
    assert!(found.starts_with("undecided: neither a proof nor a counterexample"), "{found}");
}

#[test]
fn what_leads_out_of_the_document_is_not_taken_for_anything() {
    let outside = |file: &str| json!({"$ref": format!("{file}.yaml#/Book")});
    changes(outside("a"), outside("a"), "-", "-");
    for (base, head) in [
        (outside("a"), outside("b")),
        (text(json!({})), outside("a")),
        (json!({"anyOf": [outside("a"), {"type": "string"}]}), json!({"anyOf": [outside("a")]})),
    ] {
        let found = broken(&base, &head, Direction::Request);
        assert!(found.starts_with("undecided"), "{base} → {head}: {found}");
    }
}
