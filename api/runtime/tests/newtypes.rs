//! Constrained scalars hold no bad value, however they are made.

use orderly_api_runtime as runtime;

runtime::string! {
    /// A stock keeping unit.
    struct Sku { min_length: 4, max_length: 8, pattern: "^[A-Z]{2}-[0-9]+$" }
}
runtime::string! {
    /// A password.
    struct Password { min_length: 2, format: "password" }
}
runtime::integer! {
    /// A number of pieces.
    struct Pieces(i32) { minimum: 2, exclusive_maximum: 100, multiple_of: 2 }
}
runtime::number! {
    /// A rate.
    struct Rate(f64) { exclusive_minimum: 0.0, maximum: 1.0, multiple_of: 0.05 }
}
runtime::string_enum! {
    /// A size.
    enum Size {
        /// Small.
        Small = "s",
        /// Extra large.
        ExtraLarge = "x-l",
    }
}

#[test]
fn a_string_keeps_its_bounds() {
    for (text, code) in [("A-1", "min_length"), ("AB-123456", "max_length"), ("ab-1", "pattern")] {
        let refused = text.parse::<Sku>().unwrap_err();
        assert_eq!(refused.code, code);
        assert!(!refused.detail.contains(text), "the value is not echoed");
        assert!(serde_json::from_value::<Sku>(text.into()).is_err());
    }
    let sku: Sku = serde_json::from_str("\"AB-1\"").unwrap();
    assert_eq!(
        (sku.as_str(), sku.len(), serde_json::to_string(&sku).unwrap()),
        ("AB-1", 4, "\"AB-1\"".into())
    );
    assert!(serde_json::from_str::<Sku>("1234").is_err());
}

#[test]
fn a_password_is_not_shown_by_debug() {
    let password: Password = "hunter2".parse().unwrap();
    assert_eq!(format!("{password:?}"), "Password(\"…\")");
}

#[test]
fn numbers_keep_their_bounds() {
    for (text, code) in [("0", "minimum"), ("100", "exclusive_maximum"), ("3", "multiple_of")] {
        assert_eq!(text.parse::<Pieces>().unwrap_err().code, code);
    }
    assert_eq!(serde_json::from_str::<Pieces>("4").unwrap().get(), 4);
    assert!(serde_json::from_str::<Pieces>("4.0").is_err(), "1.0 is not an integer in OpenAPI 3.0");
    for (number, code) in [(0.0, "exclusive_minimum"), (1.05, "maximum"), (0.07, "multiple_of")] {
        assert_eq!(Rate::try_from(number).unwrap_err().code, code);
    }
    assert_eq!(Rate::try_from(0.15).unwrap().get(), 0.15);
}

#[test]
fn an_enum_knows_its_texts() {
    assert_eq!("x-l".parse::<Size>().unwrap(), Size::ExtraLarge);
    assert_eq!(Size::ALL.iter().map(Size::as_str).collect::<Vec<_>>(), ["s", "x-l"]);
    assert_eq!("huge".parse::<Size>().unwrap_err().code, "enum");
}
