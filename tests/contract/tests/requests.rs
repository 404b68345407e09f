//! Requests as they cross the wire: written by every style of OpenAPI 3.0, and read again as what they say.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use http::{HeaderMap, Method};
use orderly_contract::{
    Argument, Document, Keyword, Location, Mistake, Operation, Parts, Payload, PayloadContent, Rule, Sent,
    mistakes,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A document with one operation, `try`, and these parameters and body.
fn document(path: &str, parameters: Value, body: Value) -> Document {
    let mut operation = json!({
        "operationId": "try", "parameters": parameters, "responses": { "200": { "description": "Done." } },
    });
    if !body.is_null() {
        operation["requestBody"] = body;
    }
    let value = json!({ "openapi": "3.0.3", "info": { "title": "A", "version": "1" },
        "servers": [{ "url": "https://api.example.com/v1/" }], "paths": { path: { "post": operation } } });
    read(&value)
}

fn read(value: &Value) -> Document {
    let source = orderly_document::Document::parse("test.json", value.to_string().as_bytes()).unwrap();
    let document = Document::new(source).unwrap();
    assert_eq!(document.remarks(), []);
    document
}

fn operation(document: &Document) -> &Operation {
    document.operation("try").unwrap()
}

fn sent(document: &Document, arguments: &[(Location, &str, Value)]) -> Sent {
    let arguments = arguments.iter().map(|(location, name, value)| Argument {
        location: *location,
        name: (*name).to_owned(),
        value: value.clone(),
    });
    let parts = Parts { method: Method::POST, arguments: arguments.collect(), body: None };
    parts.sent(document, operation(document))
}

fn with_body(document: &Document, media_type: &str, value: Value) -> Sent {
    let content = PayloadContent::Value(value);
    let body = Some(Payload { media_type: media_type.to_owned(), content });
    Parts { method: Method::POST, arguments: Vec::new(), body }.sent(document, operation(document))
}

fn rules(document: &Document, sent: &Sent) -> Vec<Rule> {
    mistakes(document, operation(document), sent).into_iter().map(|mistake: Mistake| mistake.rule).collect()
}

/// A parameter `color` with each type of the specification's examples.
fn color(location: &str, style: &str, explode: bool, schema: Value) -> Value {
    json!([{ "name": "color", "in": location, "required": true, "style": style, "explode": explode, "schema": schema }])
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn list() -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 })
}

fn object() -> Value {
    let channel = json!({ "type": "integer" });
    json!({ "type": "object", "required": ["R"], "properties": { "R": channel, "G": channel, "B": channel },
        "additionalProperties": false })
}

/// OpenAPI 3.0.3, section 4.7.12.4, "Style Examples", and those of RFC 6570 that it refers to. A query's separators are
/// escaped, because RFC 3986 has no space and no bar in a query.
#[test]
fn each_style_writes_what_the_specification_shows_and_reads_it_again() {
    let blue = || json!("blue");
    let colors = || json!(["blue", "black", "brown"]);
    let channels = || json!({ "R": 100, "G": 200, "B": 150 });
    let cases = [
        ("path", "matrix", false, text(), blue(), ";color=blue"),
        ("path", "matrix", false, list(), colors(), ";color=blue,black,brown"),
        ("path", "matrix", false, object(), channels(), ";color=R,100,G,200,B,150"),
        ("path", "matrix", true, text(), blue(), ";color=blue"),
        ("path", "matrix", true, list(), colors(), ";color=blue;color=black;color=brown"),
        ("path", "matrix", true, object(), channels(), ";R=100;G=200;B=150"),
        ("path", "label", false, text(), blue(), ".blue"),
        ("path", "label", false, list(), colors(), ".blue,black,brown"),
        ("path", "label", false, object(), channels(), ".R,100,G,200,B,150"),
        ("path", "label", true, list(), colors(), ".blue.black.brown"),
        ("path", "label", true, object(), channels(), ".R=100.G=200.B=150"),
        ("path", "simple", false, text(), blue(), "blue"),
        ("path", "simple", false, list(), colors(), "blue,black,brown"),
        ("path", "simple", false, object(), channels(), "R,100,G,200,B,150"),
        ("path", "simple", true, list(), colors(), "blue,black,brown"),
        ("path", "simple", true, object(), channels(), "R=100,G=200,B=150"),
        ("query", "form", false, text(), json!(""), "color="),
        ("query", "form", false, text(), blue(), "color=blue"),
        ("query", "form", false, list(), colors(), "color=blue,black,brown"),
        ("query", "form", false, object(), channels(), "color=R,100,G,200,B,150"),
        ("query", "form", true, text(), blue(), "color=blue"),
        ("query", "form", true, list(), colors(), "color=blue&color=black&color=brown"),
        ("query", "form", true, object(), channels(), "R=100&G=200&B=150"),
        ("query", "spaceDelimited", false, list(), colors(), "color=blue%20black%20brown"),
        ("query", "spaceDelimited", false, object(), channels(), "color=R%20100%20G%20200%20B%20150"),
        ("query", "pipeDelimited", false, list(), colors(), "color=blue%7Cblack%7Cbrown"),
        ("query", "pipeDelimited", false, object(), channels(), "color=R%7C100%7CG%7C200%7CB%7C150"),
        (
            "query",
            "deepObject",
            true,
            object(),
            channels(),
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
        ("header", "simple", false, text(), blue(), "blue"),
        ("header", "simple", false, list(), colors(), "blue,black,brown"),
        ("header", "simple", false, object(), channels(), "R,100,G,200,B,150"),
        ("header", "simple", true, object(), channels(), "R=100,G=200,B=150"),
        ("cookie", "form", false, text(), blue(), "color=blue"),
        ("cookie", "form", false, list(), colors(), "color=blue,black,brown"),
        ("cookie", "form", true, list(), colors(), "color=blue; color=black; color=brown"),
        ("cookie", "form", true, object(), channels(), "R=100; G=200; B=150"),
    ];
    for (location, style, explode, schema, value, expected) in cases {
        let path = if location == "path" { "/a/{color}" } else { "/a" };
        let document = document(path, color(location, style, explode, schema), Value::Null);
        let place = operation(&document).parameters[0].location;
        let sent = sent(&document, &[(place, "color", value)]);
        let name = format!("{location} {style} {explode}");
        let header =
            |name| sent.headers.get(name).map(|text: &http::HeaderValue| text.to_str().unwrap().to_owned());
        let written = match place {
            Location::Path => sent.path.strip_prefix("/v1/a/").map(str::to_owned),
            Location::Query => sent.query.clone(),
            Location::Header => header("color"),
            Location::Cookie => header("cookie"),
        };
        assert_eq!(written.as_deref(), Some(expected), "{name}");
        assert_eq!(rules(&document, &sent), [], "{name}: {expected}");
        let nothing = Sent { path: "/v1/a".to_owned(), query: None, headers: HeaderMap::new(), ..sent };
        assert_eq!(rules(&document, &nothing), [Rule::Required], "{name} without it");
    }
}

#[test]
fn what_would_end_a_value_is_escaped_where_it_stands() {
    let parameters = json!([
        { "name": "p", "in": "path", "required": true, "schema": text() },
        { "name": "q", "in": "query", "schema": text() },
        { "name": "r", "in": "query", "allowReserved": true, "schema": text() },
        { "name": "c", "in": "cookie", "schema": text() },
    ]);
    let document = document("/a b/{p}.json", parameters, Value::Null);
    let hard = json!("ä/?#&=+ %;,");
    let all = [
        (Location::Path, "p", hard.clone()),
        (Location::Query, "q", hard.clone()),
        (Location::Query, "r", hard.clone()),
        (Location::Cookie, "c", hard),
    ];
    let sent = sent(&document, &all);
    let escaped = "%C3%A4%2F%3F%23%26%3D%2B%20%25%3B%2C";
    assert_eq!(sent.path, format!("/v1/a%20b/{escaped}.json"));
    assert_eq!(sent.query, Some(format!("q={escaped}&r=%C3%A4/?%23%26%3D%2B%20%25;,")));
    assert_eq!(sent.headers["cookie"], "c=%C3%A4/?#&=+%20%25%3B%2C");
    assert_eq!(rules(&document, &sent), []);
}

#[test]
fn a_parameter_may_be_json() {
    let filter =
        json!({ "name": "filter", "in": "query", "content": { "application/json": { "schema": object() } } });
    let document = document("/a", json!([filter]), Value::Null);
    let right = sent(&document, &[(Location::Query, "filter", json!({ "R": 1 }))]);
    assert_eq!(right.query.as_deref(), Some("filter=%7B%22R%22%3A1%7D"));
    assert_eq!(rules(&document, &right), []);
    let wrong = sent(&document, &[(Location::Query, "filter", json!({ "R": "x" }))]);
    assert_eq!(rules(&document, &wrong), [Rule::Keyword(Keyword::Type)]);
    let broken = Sent { query: Some("filter=%7B".to_owned()), ..right };
    assert_eq!(rules(&document, &broken), [Rule::Syntax]);
}

#[test]
fn each_mistake_of_a_parameter_has_its_rule() {
    let parameters = json!([
        { "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 9 } },
        { "name": "X-Kind", "in": "header", "required": true, "schema": { "type": "string", "enum": ["a", "b"] } },
        { "name": "flag", "in": "query", "allowEmptyValue": true, "schema": { "type": "boolean" } },
        { "name": "any", "in": "query", "schema": { "oneOf": [{ "type": "integer" }, { "type": "string", "maxLength": 2 }] } },
    ]);
    let document = document("/a", parameters, Value::Null);
    let cases = [
        (Some("limit=9&flag=true&any=12345"), Some("a"), vec![]),
        (Some("flag=&any=ab"), Some("b"), vec![]),
        (Some("limit=10"), Some("a"), vec![Rule::Keyword(Keyword::Maximum)]),
        (Some("limit=ten"), Some("a"), vec![Rule::Keyword(Keyword::Type)]),
        (Some("limit=1&limit=1"), Some("a"), vec![Rule::Repeated]),
        (Some("flag=maybe"), Some("a"), vec![Rule::Keyword(Keyword::Type)]),
        (Some("any=abc"), Some("a"), vec![Rule::Keyword(Keyword::MaxLength)]),
        (Some("colour=red"), Some("a"), vec![Rule::Undeclared]),
        (None, Some("c"), vec![Rule::Keyword(Keyword::Enum)]),
        (None, None, vec![Rule::Required]),
    ];
    for (query, kind, expected) in cases {
        let mut sent = sent(&document, &[]);
        sent.query = query.map(str::to_owned);
        if let Some(kind) = kind {
            sent.headers.insert("x-kind", kind.parse().unwrap());
        }
        assert_eq!(rules(&document, &sent), expected, "{query:?} {kind:?}");
    }
}

fn member_schema() -> Value {
    json!({ "type": "object", "required": ["name"], "additionalProperties": false, "properties": {
        "name": { "type": "string", "minLength": 2 },
        "count": { "type": "integer" },
        "tags": { "type": "array", "items": { "type": "string" } },
        "file": { "type": "string", "format": "binary" },
        "address": { "type": "object", "properties": { "city": { "type": "string" } } },
    } })
}

#[test]
fn a_body_is_written_as_its_media_type_wants_it() {
    let schema = member_schema();
    let content = json!({ "required": true, "content": {
        "application/json": { "schema": schema },
        "application/x-www-form-urlencoded": { "schema": schema, "encoding": { "address": { "style": "deepObject" } } },
        "multipart/form-data": { "schema": schema, "encoding": { "file": { "contentType": "image/png, image/jpeg" } } },
        "text/plain": { "schema": { "type": "string", "maxLength": 3 } },
    } });
    let document = document("/a", json!([]), content);
    let value = json!({ "name": "A&B", "count": 2, "tags": ["x", "y z"], "address": { "city": "Köln" } });
    let form = "name=A%26B&count=2&tags=x&tags=y%20z&address%5Bcity%5D=K%C3%B6ln";
    for (media_type, expected) in [
        ("application/json", value.to_string()),
        ("Application/JSON; charset=utf-8", value.to_string()),
        ("application/x-www-form-urlencoded", form.to_owned()),
    ] {
        let sent = with_body(&document, media_type, value.clone());
        assert_eq!(sent.headers["content-type"], media_type);
        assert_eq!(std::str::from_utf8(&sent.body).unwrap(), expected);
        assert_eq!(rules(&document, &sent), [], "{media_type}");
    }

    let with_file = json!({ "name": "AB", "tags": ["x", "y"], "file": "bytes", "address": { "city": "K" } });
    let sent = with_body(&document, "multipart/form-data", with_file);
    assert_eq!(sent.headers["content-type"], "multipart/form-data; boundary=part-00000000-boundary");
    let expected = "--part-00000000-boundary\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAB\r\n\
        --part-00000000-boundary\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nx\r\n\
        --part-00000000-boundary\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\ny\r\n\
        --part-00000000-boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
        Content-Type: image/png\r\n\r\nbytes\r\n\
        --part-00000000-boundary\r\nContent-Disposition: form-data; name=\"address\"\r\n\
        Content-Type: application/json\r\n\r\n{\"city\":\"K\"}\r\n--part-00000000-boundary--\r\n";
    assert_eq!(std::str::from_utf8(&sent.body).unwrap(), expected);
    assert_eq!(rules(&document, &sent), []);

    for media_type in ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let short = with_body(&document, media_type, json!({ "name": "A" }));
        assert_eq!(rules(&document, &short), [Rule::Keyword(Keyword::MinLength)], "{media_type}");
        let none = with_body(&document, media_type, json!({ "count": 1 }));
        assert_eq!(rules(&document, &none), [Rule::Keyword(Keyword::Required)], "{media_type}");
    }
    assert_eq!(rules(&document, &with_body(&document, "text/plain", json!("123"))), []);
    let long = with_body(&document, "text/plain", json!("1234"));
    assert_eq!(rules(&document, &long), [Rule::Keyword(Keyword::MaxLength)]);
}

#[test]
fn each_mistake_of_a_body_has_its_rule() {
    let content = json!({ "required": true, "content": {
        "application/json": { "schema": member_schema() }, "multipart/form-data": { "schema": member_schema() },
    } });
    let document = document("/a", json!([]), content);
    for (media_type, bytes, expected) in [
        ("application/json", &br#"{"name":"AB"}"#[..], vec![]),
        ("application/json", br#"{"name":"AB""#, vec![Rule::Syntax]),
        ("application/json", b"{\"name\":\"\xff\xff\"}", vec![Rule::Syntax]),
        ("application/json", b"", vec![Rule::Syntax]),
        ("multipart/form-data", b"no boundary", vec![Rule::Syntax]),
        ("multipart/form-data; boundary=x", b"--x\r\nno head--x--", vec![Rule::Syntax]),
        ("text/csv", b"name\nAB", vec![Rule::MediaType]),
        ("", br#"{"name":"AB"}"#, vec![Rule::Unlabelled]),
        ("", b"", vec![Rule::Required]),
    ] {
        let mut sent = sent(&document, &[]);
        sent.body = bytes.to_vec().into();
        if !media_type.is_empty() {
            sent.headers.insert("content-type", media_type.parse().unwrap());
        }
        assert_eq!(rules(&document, &sent), expected, "{media_type} {}", String::from_utf8_lossy(bytes));
    }
}

proptest! {
    /// Whatever is written is read as the same: a request that holds these values to be the only valid ones is valid.
    #[test]
    fn what_is_written_is_read_again(one in "[^/.\\p{Cc}]{1,8}", several in prop::collection::vec("[^,|.;\\s\\p{Cc}]{1,8}", 1..4), number in any::<i64>()) {
        let only = |value: Value| json!({ "type": "string", "enum": [value] });
        let items = json!({ "type": "array", "items": { "type": "string" }, "enum": [several] });
        let parameters = json!([
            { "name": "p", "in": "path", "required": true, "schema": only(json!(one)) },
            { "name": "list", "in": "path", "required": true, "style": "matrix", "explode": true, "schema": items },
            { "name": "q", "in": "query", "schema": only(json!(one)) },
            { "name": "n", "in": "query", "schema": { "type": "integer", "enum": [number] } },
            { "name": "form", "in": "query", "explode": false, "schema": items },
            { "name": "exploded", "in": "query", "schema": items },
            { "name": "piped", "in": "query", "style": "pipeDelimited", "explode": false, "schema": items },
            { "name": "c", "in": "cookie", "schema": only(json!(one)) },
        ]);
        let content = json!({ "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object",
            "enum": [{ "one": one, "several": several, "number": number }],
            "properties": { "one": { "type": "string" }, "number": { "type": "integer" },
                "several": { "type": "array", "items": { "type": "string" } } } } } } });
        let document = document("/{p}/{list}", parameters, content);
        let argument = |location, name: &str, value| Argument { location, name: name.to_owned(), value };
        let parts = Parts {
            method: Method::POST,
            arguments: vec![
                argument(Location::Path, "p", json!(one)),
                argument(Location::Path, "list", json!(several)),
                argument(Location::Query, "q", json!(one)),
                argument(Location::Query, "n", json!(number)),
                argument(Location::Query, "form", json!(several)),
                argument(Location::Query, "exploded", json!(several)),
                argument(Location::Query, "piped", json!(several)),
                argument(Location::Cookie, "c", json!(one)),
            ],
            body: Some(Payload {
                media_type: "application/x-www-form-urlencoded".to_owned(),
                content: PayloadContent::Value(json!({ "one": one, "several": several, "number": number })),
            }),
        };
        let sent = parts.sent(&document, operation(&document));
        prop_assert_eq!(mistakes(&document, operation(&document), &sent), vec![]);
    }
}
