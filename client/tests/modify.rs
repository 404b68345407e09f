//! Changing what others change too, against a scripted server.

// The lint lets tests unwrap, but not the functions beside them.
#![allow(clippy::unwrap_used)]

use orderly_client::{Client, Error, ErrorCode, Operation, modify, types};
use serde_json::{Value, json};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

const NOTE: &str = "nte_01jd0q5x8yf6r9v2k3m4n5p6q7";

fn note(body: &str) -> Value {
    json!({
        "id": NOTE, "author_id": "usr_01jd0q5x8yf6r9v2k3m4n5p6q7", "title": "Gift", "body": body,
        "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
    })
}

fn seen(body: &str, etag: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(note(body)).insert_header("ETag", etag)
}

/// A server that answers reads and writes with these, the last one again and again.
async fn serving(reads: Vec<ResponseTemplate>, writes: Vec<ResponseTemplate>) -> (MockServer, Client) {
    let server = MockServer::start().await;
    for (name, answers) in [("GET", reads), ("PUT", writes)] {
        let last = answers.len() - 1;
        for (index, answer) in answers.into_iter().enumerate() {
            let mock = Mock::given(method(name)).respond_with(answer);
            let mock = if index < last { mock.up_to_n_times(1) } else { mock };
            mock.mount(&server).await;
        }
    }
    let client = Client::builder(server.uri()).build().unwrap();
    (server, client)
}

async fn exclaim(shop: &Client) -> Result<types::Note, Error> {
    modify(
        || shop.get_note().note_id(NOTE).send(),
        |note, etag| {
            let body = types::NoteWrite::builder().title(note.title.as_str()).body(format!("{}!", note.body));
            shop.replace_note().note_id(NOTE).if_match(etag).body(body)
        },
    )
    .await
}

/// The conditions and bodies of the writes that were sent.
async fn writes(server: &MockServer) -> Vec<(String, Value)> {
    let requests = server.received_requests().await.unwrap();
    let writes = requests.iter().filter(|request| request.method == "PUT");
    let written = writes.map(|request| {
        let condition = request.headers["if-match"].to_str().unwrap().to_owned();
        (condition, request.body_json::<Value>().unwrap()["body"].clone())
    });
    written.collect()
}

#[tokio::test]
async fn a_change_is_made_to_what_is_there_now() {
    let reads = vec![seen("old", "\"v1\""), seen("new", "\"v2\"")];
    let conflict = ResponseTemplate::new(412).set_body_json(json!({"code": "version_mismatch"}));
    let done = ResponseTemplate::new(200).set_body_json(note("new!"));
    let (server, shop) = serving(reads, vec![conflict, done]).await;
    assert_eq!(exclaim(&shop).await.unwrap().body, "new!");
    let expected = [("\"v1\"", "old!"), ("\"v2\"", "new!")];
    assert_eq!(writes(&server).await, expected.map(|(etag, body)| (etag.to_owned(), json!(body))));
}

#[tokio::test]
async fn a_conflict_without_end_is_the_callers() {
    let conflict = ResponseTemplate::new(412).set_body_json(json!({"code": "version_mismatch"}));
    let (server, shop) = serving(vec![seen("old", "\"v1\"")], vec![conflict]).await;
    assert_eq!(exclaim(&shop).await.unwrap_err().code(), Some(&ErrorCode::VersionMismatch));
    assert_eq!(writes(&server).await.len(), 10);
}

#[tokio::test]
async fn what_is_no_conflict_ends_it_at_once() {
    let (server, shop) = serving(vec![seen("old", "\"v1\"")], vec![ResponseTemplate::new(403)]).await;
    assert_eq!(exclaim(&shop).await.unwrap_err().status().unwrap().as_u16(), 403);
    assert_eq!(writes(&server).await.len(), 1);

    let (server, shop) = serving(vec![ResponseTemplate::new(404)], vec![ResponseTemplate::new(500)]).await;
    assert_eq!(exclaim(&shop).await.unwrap_err().status().unwrap().as_u16(), 404);
    assert!(writes(&server).await.is_empty());
}

#[tokio::test]
async fn what_has_no_version_is_not_changed() {
    let unversioned = ResponseTemplate::new(200).set_body_json(note("old"));
    let (server, shop) = serving(vec![unversioned], vec![ResponseTemplate::new(200)]).await;
    let error = exclaim(&shop).await.unwrap_err();
    assert!(matches!(&error, Error::InvalidRequest(reason) if reason.contains("ETag")), "{error:?}");
    assert!(writes(&server).await.is_empty());
}

#[tokio::test]
async fn raw_calls_are_modified_too() {
    let done = ResponseTemplate::new(200).set_body_json(note("new!"));
    let (server, shop) = serving(vec![seen("new", "\"v2\"")], vec![done]).await;
    let (get, replace) = (Operation::find("get_note").unwrap(), Operation::find("replace_note").unwrap());
    let answer = modify(
        || shop.raw(get).path("note_id", NOTE),
        |_, etag| {
            shop.raw(replace).path("note_id", NOTE).header("If-Match", etag).json(&json!({"body": "b"}))
        },
    );
    assert_eq!(answer.await.unwrap().json::<Value>().unwrap()["body"], "new!");
    assert_eq!(writes(&server).await, [("\"v2\"".to_owned(), json!("b"))]);
}
