//! Each keyword with the values that keep it at its bounds and break it beyond.

use orderly_contract::{Direction, Keyword, value::Values};
use serde_json::{Value, json};

use super::{document, of, place};

#[test]
fn every_keyword_is_kept_at_its_bounds_and_broken_beyond() {
    let letters = |length: usize| Value::String("texttexttext".chars().take(length).collect());
    for (schema, keyword, kept, broken) in [
        (
            json!({"type": "string", "minLength": 2}),
            Keyword::MinLength,
            vec![letters(2), letters(3)],
            vec![letters(1), letters(0)],
        ),
        (
            json!({"type": "string", "maxLength": 6}),
            Keyword::MaxLength,
            vec![letters(6), letters(5)],
            vec![letters(7)],
        ),
        (
            json!({"type": "integer", "minimum": 3}),
            Keyword::Minimum,
            vec![json!(3), json!(4), json!(10)],
            vec![json!(2), json!(-4)],
        ),
        (
            json!({"type": "integer", "maximum": 30}),
            Keyword::Maximum,
            vec![json!(30), json!(29), json!(23)],
            vec![json!(31)],
        ),
        (
            json!({"type": "number", "minimum": 0.5}),
            Keyword::Minimum,
            vec![json!(0.5), json!(0.51)],
            vec![json!(0.49)],
        ),
        (
            json!({"type": "integer", "minimum": 3, "exclusiveMinimum": true}),
            Keyword::ExclusiveMinimum,
            vec![],
            vec![json!(3)],
        ),
        (
            json!({"type": "number", "maximum": 3, "exclusiveMaximum": true}),
            Keyword::ExclusiveMaximum,
            vec![],
            vec![json!(3)],
        ),
        (json!({"type": "integer", "multipleOf": 5}), Keyword::MultipleOf, vec![json!(5)], vec![json!(6)]),
        (
            json!({"type": "number", "multipleOf": 0.1}),
            Keyword::MultipleOf,
            vec![json!(0.1)],
            vec![json!(0.15)],
        ),
        (
            json!({"type": "integer", "format": "int32"}),
            Keyword::Format,
            vec![json!(i32::MAX), json!(i32::MIN)],
            vec![json!(2_147_483_648_i64)],
        ),
        (
            json!({"type": "string", "format": "date"}),
            Keyword::Format,
            vec![json!("2024-02-29")],
            vec![json!("2026-02-30")],
        ),
        (
            json!({"type": "string", "enum": ["a", "b"]}),
            Keyword::Enum,
            vec![json!("a"), json!("b")],
            vec![json!("ax")],
        ),
        (json!({"type": "integer", "enum": [1, 7]}), Keyword::Enum, vec![json!(1), json!(7)], vec![json!(0)]),
        (json!({"type": "string", "pattern": "^[a-z]{2}$"}), Keyword::Pattern, vec![], vec![json!("aax")]),
        (
            json!({"type": "boolean"}),
            Keyword::Type,
            vec![json!(true), json!(false)],
            vec![json!("text"), json!(1), json!([]), json!({}), json!(null)],
        ),
        (
            json!({"type": "integer"}),
            Keyword::Type,
            vec![json!(1), json!(0)],
            vec![json!(1.5), json!("text"), json!(true)],
        ),
        (json!({"type": "string", "nullable": true}), Keyword::Nullable, vec![json!(null)], vec![]),
        (
            json!({"type": "array", "items": {"type": "integer"}, "minItems": 2}),
            Keyword::MinItems,
            vec![json!([1, 1, 1])],
            vec![json!([1])],
        ),
        (
            json!({"type": "array", "items": {"type": "boolean"}, "maxItems": 3}),
            Keyword::MaxItems,
            vec![json!([true, true, true])],
            vec![json!([true, true, true, true])],
        ),
        (
            json!({"type": "array", "items": {"type": "boolean"}, "uniqueItems": true}),
            Keyword::UniqueItems,
            vec![],
            vec![json!([true, true])],
        ),
        (
            json!({"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1}),
            Keyword::MinProperties,
            vec![],
            vec![json!({})],
        ),
        (
            json!({"type": "object", "additionalProperties": {"type": "boolean"}, "maxProperties": 1}),
            Keyword::MaxProperties,
            vec![],
            vec![json!({"member1": true, "member2": true})],
        ),
        (
            json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}),
            Keyword::Required,
            vec![],
            vec![json!({})],
        ),
        (
            json!({"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": false}),
            Keyword::AdditionalProperties,
            vec![],
            vec![json!({"unexpectedMember": "unexpected"})],
        ),
        (
            json!({"type": "object", "properties": {"id": {"type": "integer", "readOnly": true}}, "additionalProperties": false}),
            Keyword::ReadOnly,
            vec![],
            vec![json!({"id": 1})],
        ),
        (json!({"type": "string", "not": {"enum": ["text"]}}), Keyword::Not, vec![], vec![json!("text")]),
        (
            json!({"oneOf": [{"type": "integer"}, {"type": "string"}]}),
            Keyword::OneOf,
            vec![],
            vec![json!(1.5), json!(true), json!([])],
        ),
        (
            json!({"anyOf": [{"type": "integer"}, {"type": "string"}]}),
            Keyword::AnyOf,
            vec![],
            vec![json!(1.5), json!(true), json!([])],
        ),
        (
            json!({"allOf": [{"type": "integer", "minimum": 5}, {"maximum": 6}]}),
            Keyword::AllOf,
            vec![],
            vec![json!(4)],
        ),
    ] {
        let document = document(&schema);
        let values = Values::new(&document, &place(), Direction::Request);
        let (found_kept, found_broken) = (of(&values.kept(), keyword), of(&values.broken(), keyword));
        for value in kept {
            assert!(found_kept.contains(&value), "{schema}: {value} is not among the kept {found_kept:?}");
        }
        for value in broken {
            assert!(
                found_broken.contains(&value),
                "{schema}: {value} is not among the broken {found_broken:?}"
            );
        }
    }
}
