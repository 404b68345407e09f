//! The documentation page and the documents that it shows.

use std::io::Read;

use orderly_api::{DOCUMENT_JSON, DOCUMENT_YAML};

use super::{
    client::{get, request},
    server::Shop,
};

#[tokio::test]
async fn the_page_is_served_with_everything_that_it_names() {
    let shop = Shop::start(|_| {}).await;
    let redirect = get(shop.address, "/docs").await;
    assert_eq!((redirect.status, redirect.header("location")), (308, Some("/docs/")));
    let page = get(shop.address, "/docs/").await;
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html")));
    let html = page.text();
    let named =
        html.split(['"', '\'']).filter(|part| [".css", ".js", ".png"].iter().any(|end| part.ends_with(end)));
    let named: Vec<_> = named.map(|part| part.trim_start_matches("./")).collect();
    assert_eq!(named.len(), 7, "{named:?}");
    for name in named {
        let file = get(shop.address, &format!("/docs/{name}")).await;
        assert!(file.status == 200 && file.body.len() > 100, "{name}: {file:?}");
    }
}

#[tokio::test]
async fn the_page_may_load_from_its_own_origin_only() {
    let shop = Shop::start(|_| {}).await;
    let page = get(shop.address, "/docs/").await;
    let policy = page.header("content-security-policy").unwrap();
    for directive in
        ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"]
    {
        assert!(policy.split("; ").any(|part| part == directive), "{directive} in {policy}");
    }
    let html = page.text();
    assert!(!html.contains("<script>") && !html.contains("http://") && !html.contains("https://"), "{html}");
}

#[tokio::test]
async fn the_page_offers_both_documents() {
    let shop = Shop::start(|_| {}).await;
    let script = get(shop.address, "/docs/swagger-initializer.js").await;
    let script = script.text();
    for part in [
        r#""/openapi.json""#,
        r#""/operations.json""#,
        r#""persistAuthorization": true"#,
        r#""tryItOutEnabled": true"#,
    ] {
        assert!(script.contains(part), "{part} in {script}");
    }
    let operations = get(shop.address, "/operations.json").await.json();
    assert_eq!(operations["info"]["title"], "Orderly operations");
}

#[tokio::test]
async fn the_page_is_compressed_for_whoever_says_that_they_take_it() {
    let shop = Shop::start(|_| {}).await;
    let plain = get(shop.address, "/docs/").await;
    for (accepts, compressed) in
        [("gzip, br", true), ("br;q=1, gzip;q=0.5", true), ("*", true), ("br", false), ("gzip;q=0", false)]
    {
        let page = request(shop.address, "GET", "/docs/", &[&format!("accept-encoding: {accepts}")]).await;
        assert_eq!(page.header("vary"), Some("accept-encoding"));
        assert_eq!(page.header("etag") == plain.header("etag"), !compressed, "{accepts}");
        let mut text = String::new();
        if compressed {
            assert_eq!(page.header("content-encoding"), Some("gzip"), "{accepts}");
            flate2::read::GzDecoder::new(page.body.as_slice()).read_to_string(&mut text).unwrap();
        } else {
            text.push_str(page.text());
        }
        assert_eq!(text, plain.text(), "{accepts}");
    }
}

#[tokio::test]
async fn the_source_document_is_served_as_it_stands_and_calls_its_own_origin() {
    let shop = Shop::start(|_| {}).await;
    let yaml = get(shop.address, "/openapi.yaml").await;
    assert_eq!((yaml.header("content-type"), yaml.text()), (Some("application/yaml"), DOCUMENT_YAML));
    let json = get(shop.address, "/openapi.json").await;
    assert_eq!((json.header("content-type"), json.text()), (Some("application/json"), DOCUMENT_JSON));
    assert_eq!(json.json()["servers"][0]["url"], "/");
}

#[tokio::test]
async fn a_document_that_is_known_already_is_not_sent_again() {
    let shop = Shop::start(|_| {}).await;
    let first = get(shop.address, "/openapi.json").await;
    let tag = first.header("etag").unwrap();
    for known in [tag.to_owned(), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let again =
            request(shop.address, "GET", "/openapi.json", &[&format!("if-none-match: {known}")]).await;
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, Some(tag)), "{known}");
    }
    let other = request(shop.address, "GET", "/openapi.json", &["if-none-match: \"other\""]).await;
    assert_eq!(other.status, 200);
}
