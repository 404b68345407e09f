//! Parameters of every place, good and bad.

use poem::Request;

use crate::service::{create_book, mistakes, send};

fn list(uri: &str) -> Request {
    Request::builder().uri_str(uri).finish()
}

#[tokio::test]
async fn parameters_arrive_typed() {
    let uri = "/shelves/novels/books?language=en,nb-NO&filter[min_pages]=7&filter%5Blent%5D=true";
    let mut request = list(uri);
    request.headers_mut().insert("cookie", "a=b; session=s1".parse().unwrap());
    let text = send(request).await.unwrap().into_body().into_string().await.unwrap();
    let expected = r#"anonymous ListBooksRequest { shelf: Shelf("novels"), limit: ListBooksLimit(20), language: Some([En, NbNo]), filter: Some(Filter { min_pages: Some(FilterMinPages(7)), lent: Some(true) }), session: Some("s1") }"#;
    assert_eq!(text, expected);
}

#[tokio::test]
async fn every_bad_parameter_is_named() {
    for (uri, expected) in [
        ("/shelves/N/books", vec!["path:shelf min_length"]),
        ("/shelves/%ff%fe/books", vec!["path:shelf format"]),
        ("/shelves/NO/books?limit=0", vec!["path:shelf pattern", "query:limit minimum"]),
        ("/shelves/no/books?limit=x", vec!["query:limit type"]),
        ("/shelves/no/books?limit=", vec!["query:limit type"]),
        ("/shelves/no/books?limit=99999999999", vec!["query:limit maximum"]),
        ("/shelves/no/books?limit=1&limit=2", vec!["query:limit duplicate_parameter"]),
        ("/shelves/no/books?limit=%ff", vec!["query:limit format"]),
        ("/shelves/no/books?lim=1", vec!["query:lim unknown_parameter"]),
        ("/shelves/no/books?language=en,fr", vec!["query:language enum"]),
        ("/shelves/no/books?language=en,en", vec!["query:language unique_items"]),
        ("/shelves/no/books?language=en,de,nb-NO", vec!["query:language max_items"]),
        ("/shelves/no/books?filter[min_pages]=0", vec!["query:filter minimum"]),
        ("/shelves/no/books?filter[pages]=1", vec!["query:filter additional_properties"]),
        ("/shelves/no/books?filter[lent]=yes&x=1", vec!["query:filter type", "query:x unknown_parameter"]),
    ] {
        let failure = send(list(uri)).await.unwrap_err();
        assert_eq!((failure.status.as_u16(), &*failure.code), (400, "validation_failed"), "{uri}");
        assert_eq!(mistakes(&failure), expected, "{uri}");
    }
}

#[tokio::test]
async fn a_missing_or_bad_header_is_named_as_the_document_writes_it() {
    let mut request = create_book("{}");
    request.headers_mut().remove("request-key");
    assert!(mistakes(&send(request).await.unwrap_err()).contains(&"header:Request-Key required".to_owned()));
    let mut request = create_book("{}");
    request.headers_mut().insert("request-key", "1".parse().unwrap());
    assert!(mistakes(&send(request).await.unwrap_err()).contains(&"header:Request-Key format".to_owned()));
}

#[tokio::test]
async fn of_thousands_of_unknown_parameters_a_hundred_are_named() {
    let names: Vec<_> = (0..5_000).map(|number| format!("x{number}")).collect();
    let failure = send(list(&format!("/shelves/no/books?{}", names.join("&")))).await.unwrap_err();
    assert_eq!((failure.status.as_u16(), failure.errors.len()), (400, 100));
}
