//! Following references: where they end, and what is said about those that lead nowhere.

use orderly_document::{Document, Pointer};

const DOCUMENT: &str = "\
openapi: 3.0.3
components:
  schemas:
    Order: {type: object}
    Purchase: {$ref: '#/components/schemas/Order'}
    Deal: {$ref: '#/components/schemas/Purchase', description: has no meaning here}
    a/b ~c%: {type: string}
    Odd: {$ref: '#/components/schemas/a~1b%20~0c%25'}
    Careless: {$ref: '#/components/schemas/a~1b ~0c%'}
    Properties: {properties: {$ref: {type: string}}}
    Missing: {$ref: '#/components/schemas/Nobody'}
    ToMissing: {$ref: '#/components/schemas/Missing'}
    Elsewhere: {$ref: 'other.yaml#/Order'}
    Anchor: {$ref: '#order'}
    NotText: {$ref: '#/%ff'}
    First: {$ref: '#/components/schemas/Second'}
    Second: {$ref: '#/components/schemas/First'}
    Itself: {$ref: '#/components/schemas/Itself'}
    Recursive: {properties: {child: {$ref: '#/components/schemas/Recursive'}}}
";

fn document() -> Document {
    Document::parse("shop.yaml", DOCUMENT.as_bytes()).expect("the document is good")
}

fn schema(name: &str) -> Pointer {
    Pointer::root().path(["components", "schemas", name])
}

#[test]
fn a_chain_of_references_ends_at_the_component() {
    let document = document();
    let cases = [
        ("Order", "Order"),
        ("Purchase", "Order"),
        ("Deal", "Order"),
        ("Odd", "a/b ~c%"),
        ("Careless", "a/b ~c%"),
        ("Properties", "Properties"),
    ];
    for (name, end) in cases {
        let resolved = document.resolve(&schema(name)).unwrap();
        assert_eq!(resolved.pointer, schema(end), "{name}");
        assert_eq!(resolved.component("schemas").as_deref(), Some(end), "{name}");
        assert_eq!(document.get(&resolved.pointer), Some(resolved.value), "{name}");
    }
}

#[test]
fn what_lies_within_a_component_is_no_component() {
    let document = document();
    let child = schema("Recursive").path(["properties", "child"]);
    assert_eq!(document.resolve(&child).unwrap().component("schemas").as_deref(), Some("Recursive"));
    let within = document.resolve(&schema("Properties").child("properties")).unwrap();
    assert_eq!(within.component("schemas"), None);
    assert_eq!(document.resolve(&schema("Order")).unwrap().component("parameters"), None);
}

#[test]
fn a_reference_that_leads_nowhere_is_refused_where_it_is_written() {
    let document = document();
    let cases = [
        ("Missing", "11:21: refused: the reference `#/components/schemas/Nobody` leads nowhere"),
        ("ToMissing", "11:21: refused: the reference `#/components/schemas/Nobody` leads nowhere"),
        ("Elsewhere", "13:23: refused: the reference `other.yaml#/Order` leads out of the document"),
        ("Anchor", "14:20: refused: the reference `#order` is not a JSON pointer"),
        ("NotText", "15:21: refused: the reference `#/%ff` is not percent-encoded UTF-8"),
        ("First", "17:20: refused: the reference `#/components/schemas/First` leads back to itself"),
        ("Itself", "18:20: refused: the reference `#/components/schemas/Itself` leads back to itself"),
        ("Nobody", "3:3: refused: there is no value here"),
    ];
    for (name, expected) in cases {
        let refusal = document.resolve(&schema(name)).unwrap_err().to_string();
        assert!(refusal.starts_with(&format!("shop.yaml:{expected} (at ")), "{name}: {refusal}");
    }
}

#[test]
fn a_reference_that_is_no_ref_is_followed_too() {
    let document = document();
    let at = Pointer::root().child("mapping");
    let resolved = document.follow("#/components/schemas/Deal", &at).unwrap();
    assert_eq!(resolved.pointer, schema("Order"));
    let refusal = document.follow("#/components/schemas/Nobody", &at).unwrap_err();
    assert_eq!((refusal.pointer, refusal.location.line), (at, 1));
}
