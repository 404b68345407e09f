//! The SDK where things go wrong around the real server: connections that break, tokens that end, others who write at the
//! same time, lists that are long.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

mod meddler;

use std::process::ExitCode;
use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _, future::join_all, stream};
use meddler::Meddler;
use orderly_client::{CallOptions, Client, Error, ErrorCode, ResponseExt as _, RetryPolicy, modify, types};
use orderly_tests::engines::Engine;
use orderly_tests::faulty::Fault;
use orderly_tests::on_each_engine;
use orderly_tests::shop::{PASSWORD, Shop, text};
use orderly_throwaway_postgres::run;

fn main() -> ExitCode {
    run(on_each_engine![
        fifty_callers_with_a_token_that_was_revoked_make_one_refresh,
        an_order_whose_answers_are_lost_is_placed_once,
        what_may_not_be_done_twice_is_not,
        writers_at_the_same_time_lose_nothing_of_each_other,
        a_thousand_items_come_once_each_and_no_page_before_it_is_needed,
        a_server_that_hangs_is_left_in_time,
    ])
}

/// A shop with a meddler before it, and a policy that waits hardly at all.
async fn meddled(engine: Engine) -> (Shop, Meddler, RetryPolicy) {
    let shop = Shop::open(engine).await;
    let meddler = Meddler::before(shop.server_address()).await;
    (shop, meddler, RetryPolicy { base: Duration::from_millis(5), ..RetryPolicy::default() })
}

/// A customer who logs in through the meddler.
async fn customer(shop: &Shop, meddler: &Meddler, retry: RetryPolicy) -> Client {
    let ada = shop.customer().await;
    Client::builder(meddler.url()).password(ada.email(), PASSWORD).retry(retry).build().unwrap()
}

async fn fifty_callers_with_a_token_that_was_revoked_make_one_refresh(engine: Engine) {
    let (shop, meddler, retry) = meddled(engine).await;
    let ada = customer(&shop, &meddler, retry).await;
    let call = || async { ada.get_me().await.unwrap().id };
    let id = call().await;
    assert_eq!(meddler.count("POST /v1/tokens"), 1);

    meddler.revoke(&meddler.last_token());
    let ids = join_all((0..50).map(|_| call())).await;
    assert!(ids.iter().all(|other| *other == id));
    // A refresh token works once: a second refresh with it would have revoked them all.
    assert_eq!(meddler.count("POST /v1/tokens"), 2);
    assert_eq!(call().await, id);
    assert_eq!(meddler.count("POST /v1/tokens"), 2);
}

async fn an_order_whose_answers_are_lost_is_placed_once(engine: Engine) {
    let (shop, meddler, retry) = meddled(engine).await;
    let ada = customer(&shop, &meddler, retry).await;
    let mug = shop.product(100, 10).await;
    ada.get_me().await.unwrap();
    meddler.cut("POST", 2);
    let line = types::OrderLineCreate::builder().product_id(text(&mug, "id")).quantity(3).try_into().unwrap();
    let order =
        ada.create_order().body(types::OrderCreate::builder().lines(vec![line])).send().await.unwrap();
    assert!(order.is_replayed());
    assert_eq!(meddler.count("POST /v1/orders"), 3);
    let orders = ada.list_orders().await.unwrap().items;
    assert_eq!(orders.iter().map(|order| &order.id).collect::<Vec<_>>(), [&order.id]);
    assert_eq!(shop.stock_of(&mug).await, 7);
}

async fn what_may_not_be_done_twice_is_not(engine: Engine) {
    let (shop, meddler, retry) = meddled(engine).await;
    let ada = customer(&shop, &meddler, retry).await;
    let write = types::NoteWrite::builder().title("Gift").body("Wrap it.");
    let note = ada.create_note().body(write).send().await.unwrap();
    // What `If-Match` named is gone when the first attempt was done: the second one would report a conflict with itself.
    meddler.cut("PATCH", 1);
    let title: types::NoteTitle = "Present".parse().unwrap();
    let call = ada.update_note().note_id(note.id.clone()).if_match(note.etag().unwrap());
    let error = call.body_map(|body| body.title(title)).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)) && error.is_retryable(), "{error:?}");
    let path = format!("PATCH /v1/notes/{}", note.id);
    assert_eq!(meddler.count(&path), 1);
    assert_eq!(ada.get_note().note_id(note.id.clone()).await.unwrap().title, "Present");
}

async fn writers_at_the_same_time_lose_nothing_of_each_other(engine: Engine) {
    let (shop, meddler, retry) = meddled(engine).await;
    let ada = customer(&shop, &meddler, retry).await;
    let note = ada.create_note().body(types::NoteWrite::builder().title("Tally").body("-")).await.unwrap();
    let add = |mark: char| {
        let (ada, id) = (&ada, &note.id);
        async move {
            for _ in 0..3 {
                let read = || ada.get_note().note_id(id.clone()).send();
                let written = modify(read, |seen, etag| {
                    let body = types::NoteWrite::builder().title(seen.title.as_str());
                    ada.replace_note()
                        .note_id(id.clone())
                        .if_match(etag)
                        .body(body.body(format!("{}{mark}", seen.body)))
                });
                written.await.unwrap();
            }
        }
    };
    join_all("abcd".chars().map(add)).await;
    let body = ada.get_note().note_id(note.id.clone()).await.unwrap().body;
    let mut marks: Vec<char> = body.chars().skip(1).collect();
    marks.sort_unstable();
    assert_eq!(marks.iter().collect::<String>(), "aaabbbcccddd");
    assert!(meddler.count(&format!("PUT /v1/notes/{}", note.id)) >= 12);
}

async fn a_thousand_items_come_once_each_and_no_page_before_it_is_needed(engine: Engine) {
    const ITEMS: usize = 1_000;
    let (shop, meddler, retry) = meddled(engine).await;
    let ada = customer(&shop, &meddler, retry).await;
    let write = |number: usize| {
        let body = types::NoteWrite::builder().title(format!("{number}")).body("One of many.");
        ada.create_note().body(body).into_future()
    };
    let written: Vec<types::Note> =
        stream::iter((0..ITEMS).map(write)).buffer_unordered(8).try_collect().await.unwrap();
    let mut expected: Vec<&str> = written.iter().map(|note| note.id.as_str()).collect();
    expected.sort_unstable();

    let mut notes = std::pin::pin!(ada.list_notes().limit(100).items());
    let mut ids = Vec::new();
    while let Some(note) = notes.try_next().await.unwrap() {
        ids.push(note.id.to_string());
        assert_eq!(meddler.count("GET /v1/notes"), ids.len().div_ceil(100), "after {} items", ids.len());
    }
    ids.sort_unstable();
    assert_eq!(ids, expected);

    // A page whose answer breaks is asked for again, and its items still come once.
    let mut notes = std::pin::pin!(ada.list_notes().limit(100).items());
    let mut count = 0;
    while notes.try_next().await.unwrap().is_some() {
        count += 1;
        if count % 300 == 0 {
            meddler.cut("GET", 1);
        }
    }
    assert_eq!(count, ITEMS);
}

async fn a_server_that_hangs_is_left_in_time(engine: Engine) {
    let (shop, meddler, _) = meddled(engine).await;
    let client = Client::builder(meddler.url()).retry(RetryPolicy::never()).build().unwrap();
    shop.faults.set(Fault::Hangs);
    let short = Duration::from_millis(200);
    for options in [CallOptions::new().timeout(short), CallOptions::new().total_timeout(short)] {
        let error = client.with(options).list_products().await.unwrap_err();
        assert!(matches!(error, Error::Timeout(_)) && error.is_retryable(), "{error:?}");
    }
    shop.faults.set(Fault::Unavailable);
    let patient = Client::builder(meddler.url()).build().unwrap();
    let call = tokio::spawn(async move { patient.list_products().await });
    while meddler.count("GET /v1/products") < 4 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    shop.faults.set(None);
    assert!(call.await.unwrap().unwrap().items.is_empty());
    let gone = client.get_product().product_id("prd_01jd0q5x8yf6r9v2k3m4n5p6q7").await.unwrap_err();
    assert_eq!(gone.code(), Some(&ErrorCode::NotFound));
}
