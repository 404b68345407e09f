//! What leaves the process: statuses, headers, bodies, and the operation's name on everything.

use orderly_api_runtime::{Failure, description};
use poem::{Endpoint, Request, http::Method};
use poem_openapi::OperationId;
use serde_json::{Value, json};

use crate::{
    interface::SCHEMAS,
    service::{book, create_book, library, send},
};

#[tokio::test]
async fn a_good_body_comes_back_as_it_was_sent() {
    let mut body = book();
    body.as_object_mut().unwrap().extend(
        json!({
            "isbn": "978-12", "price": 19.99, "summary": null, "labels": {"a": "b"}, "extra": [1, {"x": null}],
            "added_at": "2026-02-28T10:00:00Z", "contact": "knut@example.com", "code": 7,
            "holder": {"kind": "member", "card": 3},
            "author": {"name": "Knut", "born": "1859-08-04", "teacher": {"name": "Bjørnson"}},
        })
        .as_object()
        .unwrap()
        .clone(),
    );
    let response = send(create_book(body.to_string())).await.unwrap();
    assert_eq!(response.status().as_u16(), 201);
    assert_eq!(response.headers()["location"], "/shelves/novels/books/1");
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.data::<OperationId>().unwrap().0, "create_book");
    let sent: Value = response.into_body().into_json().await.unwrap();
    assert_eq!(sent, body);
}

#[tokio::test]
async fn an_absent_member_stays_absent() {
    let response = send(create_book(book().to_string())).await.unwrap();
    let sent: Value = response.into_body().into_json().await.unwrap();
    assert_eq!(sent, book());
}

#[tokio::test]
async fn failures_carry_the_operation() {
    let error = library().call(create_book("{")).await.unwrap_err();
    assert_eq!(error.data::<OperationId>().unwrap().0, "create_book");
    assert_eq!(error.status().as_u16(), 400);
    assert!(error.is::<Failure>());
}

#[tokio::test]
async fn an_undeclared_status_never_leaves() {
    let mut request = create_book(book().to_string());
    *request.uri_mut() = "/shelves/burnt/books".parse().unwrap();
    let failure = send(request).await.unwrap_err();
    assert_eq!((failure.status.as_u16(), &*failure.code), (500, "internal"));
    let problem = String::from_utf8(failure.to_problem("r", "")).unwrap();
    assert!(!problem.contains("burnt"), "{problem}");
}

#[tokio::test]
async fn statuses_of_a_range_are_chosen_by_the_service() {
    let delete = |id: i64| {
        Request::builder()
            .method(Method::DELETE)
            .uri_str(format!("/books/{id}"))
            .header("authorization", "Bearer t")
            .header("x-api-key", "k")
            .finish()
    };
    assert_eq!(send(delete(0)).await.unwrap().status().as_u16(), 410);
    let gone = send(delete(1)).await.unwrap();
    assert_eq!((gone.status().as_u16(), gone.content_type()), (204, None));
}

#[test]
fn the_route_table_is_the_documents() {
    let table = crate::interface::routes(
        std::sync::Arc::new(crate::service::Library),
        orderly_api_runtime::Limits { max_body_bytes: 1, body_read: std::time::Duration::from_secs(1) },
    );
    assert_eq!(description::table(&table), description::routes(SCHEMAS.document()));
}
