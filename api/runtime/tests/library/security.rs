//! Who may call: alternatives, pairs, and operations that are open.

use orderly_api_runtime::Failure;
use poem::{Request, http::Method};

use crate::service::{book, create_book, send};

fn challenges(failure: &Failure) -> Vec<&str> {
    failure
        .headers
        .get_all("www-authenticate")
        .iter()
        .map(|value| value.to_str().expect("challenges are ASCII"))
        .collect()
}

#[tokio::test]
async fn nothing_presented_is_answered_with_how_to_authenticate() {
    let mut request = create_book("not even read");
    request.headers_mut().remove("authorization");
    let failure = send(request).await.unwrap_err();
    assert_eq!((failure.status.as_u16(), &*failure.code), (401, "unauthenticated"));
    assert_eq!(challenges(&failure), ["Bearer", "ApiKey"]);
}

#[tokio::test]
async fn each_alternative_is_enough() {
    let mut request = create_book(book().to_string());
    request.headers_mut().remove("authorization");
    request.headers_mut().insert("x-api-key", "k".parse().unwrap());
    assert_eq!(send(request).await.unwrap().status().as_u16(), 201);
}

#[tokio::test]
async fn a_good_alternative_makes_up_for_a_bad_one() {
    let mut request = create_book(book().to_string());
    request.headers_mut().insert("authorization", "Bearer bad".parse().unwrap());
    request.headers_mut().insert("x-api-key", "k".parse().unwrap());
    assert_eq!(send(request).await.unwrap().status().as_u16(), 201);
}

#[tokio::test]
async fn bad_credentials_are_the_services_to_refuse() {
    let mut request = create_book(book().to_string());
    request.headers_mut().insert("authorization", "Bearer bad".parse().unwrap());
    let failure = send(request).await.unwrap_err();
    assert_eq!((failure.status.as_u16(), &*failure.code), (401, "bad_token"));
    assert_eq!(challenges(&failure), ["Bearer", "ApiKey"]);
}

#[tokio::test]
async fn a_pair_of_schemes_needs_both() {
    let delete =
        Request::builder().method(Method::DELETE).uri_str("/books/1").header("x-api-key", "k").finish();
    assert_eq!(send(delete).await.unwrap_err().status.as_u16(), 401);
}

#[tokio::test]
async fn optional_security_tells_strangers_from_friends_and_from_impostors() {
    let list = |token: Option<&str>| {
        let request = Request::builder().uri_str("/shelves/novels/books");
        match token {
            Some(token) => request.header("authorization", format!("Bearer {token}")).finish(),
            None => request.finish(),
        }
    };
    let text = async |request| send(request).await.unwrap().into_body().into_string().await.unwrap();
    assert!(text(list(None)).await.starts_with("anonymous"));
    assert!(text(list(Some("good"))).await.starts_with("known"));
    assert_eq!(send(list(Some("bad"))).await.unwrap_err().status.as_u16(), 401);
}
