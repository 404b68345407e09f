//! Bodies: everything that is wrong is told at once, and nothing that was sent is told back.

use orderly_api_runtime::StatusCode;
use poem::{Body, Request, http::Method};
use serde_json::{Value, json};

use crate::service::{book, create_book, mistakes, send};

#[tokio::test]
async fn a_body_with_many_mistakes_gets_all_their_pointers_at_once() {
    let body = json!({
        "id": 1, "isbn": "978", "copies": 7, "price": 0, "summary": "far too long",
        "author": {"name": "", "born": "1859-13-04", "teacher": {"nam": "x"}},
        "tags": ["en", "fr", "en", "de"], "labels": {"a/b": "too long"}, "contact": "nobody", "added_at": "today",
        "holder": {"kind": "member", "card": 0}, "code": true, "unknown": 1,
    });
    let mut request = create_book(body.to_string());
    request.headers_mut().insert("request-key", "1".parse().unwrap());
    let failure = send(request).await.unwrap_err();
    assert_eq!((failure.status, &*failure.code), (StatusCode::BAD_REQUEST, "validation_failed"));
    let expected = [
        "/added_at format",
        "/author/born format",
        "/author/name min_length",
        "/author/teacher/nam additional_properties",
        "/author/teacher/name required",
        "/code one_of",
        "/contact format",
        "/copies multiple_of",
        "/holder/card minimum",
        "/id additional_properties",
        "/isbn pattern",
        "/labels/a~1b max_length",
        "/note required",
        "/price exclusive_minimum",
        "/summary max_length",
        "/tags max_items",
        "/tags unique_items",
        "/tags/1 enum",
        "/title required",
        "/unknown additional_properties",
        "header:Request-Key format",
    ];
    assert_eq!(mistakes(&failure), expected);
}

#[tokio::test]
async fn nothing_that_was_sent_is_told_back() {
    let secret = "4111111111111111";
    for body in [
        json!({"title": secret, "copies": secret, "note": 4_111_111_111_111_111_u64, "author": secret, "tags": secret}),
        json!({"holder": {"kind": secret}, "code": secret, "added_at": secret, "contact": secret, "isbn": secret}),
        Value::String(secret.to_owned()),
    ] {
        let failure = send(create_book(body.to_string())).await.unwrap_err();
        let problem = String::from_utf8(failure.to_problem("r", "")).unwrap();
        assert!(!problem.contains(secret), "{problem}");
    }
    let malformed = send(create_book(format!("{{\"title\": {secret}x"))).await.unwrap_err();
    assert!(!malformed.detail.contains(secret), "{}", malformed.detail);
}

#[tokio::test]
async fn what_cannot_be_held_against_the_schema_has_its_own_failure() {
    let mut twice = book().to_string();
    twice.insert_str(1, "\"extra\": {\"a\": 1, \"a\": 2},");
    for (body, status, code) in [
        ("{\"title\":".to_owned(), 400, "malformed_json"),
        ("{} {}".to_owned(), 400, "malformed_json"),
        (twice, 400, "malformed_json"),
        ("\"".to_owned() + &"x".repeat(3000) + "\"", 413, "payload_too_large"),
    ] {
        let failure = send(create_book(body.clone())).await.unwrap_err();
        assert_eq!((failure.status.as_u16(), &*failure.code), (status, code), "{body}");
    }
}

#[tokio::test]
async fn a_missing_body_is_a_violation_and_a_strange_one_is_415() {
    let failure = send(create_book(Body::empty())).await.unwrap_err();
    assert_eq!(mistakes(&failure), [" required"]);
    for content_types in [&["text/plain"][..], &["application/json", "application/json"], &[]] {
        let mut request = create_book(book().to_string());
        request.headers_mut().remove("content-type");
        for content_type in content_types {
            request.headers_mut().append("content-type", content_type.parse().unwrap());
        }
        let failure = send(request).await.unwrap_err();
        assert_eq!((failure.status.as_u16(), &*failure.code), (415, "unsupported_media_type"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_stalled_body_is_given_up() {
    let stalled = Body::from_bytes_stream(futures_util::stream::pending::<std::io::Result<Vec<u8>>>());
    let failure = send(create_book(stalled)).await.unwrap_err();
    assert_eq!((failure.status.as_u16(), &*failure.code), (408, "request_timeout"));
}

#[tokio::test]
async fn a_body_of_several_media_types_is_read_by_the_one_it_has() {
    let lend = |content_type: &str, body: &'static str| {
        let request = Request::builder().method(Method::PUT).uri_str("/books/7/holder");
        match content_type {
            "" => request.finish(),
            content_type => request.header("content-type", content_type).body(body),
        }
    };
    for (content_type, body, expected) in [
        ("", "", json!(null)),
        (
            "application/json",
            r#"{"kind":"branch","city":"Oslo"}"#,
            json!({"json": {"kind": "branch", "city": "Oslo"}}),
        ),
        (
            "application/x-www-form-urlencoded",
            "kind=member&card=7",
            json!({"form": {"kind": "member", "card": 7}}),
        ),
    ] {
        let answer: Value =
            send(lend(content_type, body)).await.unwrap().into_body().into_json().await.unwrap();
        assert_eq!(answer, expected);
    }
    for (content_type, body, expected) in [
        ("application/json", r#"{"kind":"branch"}"#, "/city required"),
        ("application/json", r#"{"kind":"shop"}"#, "/kind enum"),
        ("application/json", "[]", " one_of"),
        ("application/x-www-form-urlencoded", "kind=member&card=0", "/card minimum"),
    ] {
        assert_eq!(mistakes(&send(lend(content_type, body)).await.unwrap_err()), [expected], "{body}");
    }
}
