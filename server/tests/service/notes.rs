//! Notes: each account's own, with versions, repetitions and references to own orders.

use orderly_domain::{Version, api_key::Scope, error::Rejection, id::OrderId, note::NoteChange};
use orderly_server::service::{Precondition, ServiceError, WriteNote};

use crate::{
    assert_fails,
    shop::{Shop, first_page, order, rejection},
};

fn note(title: &str, order_id: Option<OrderId>) -> WriteNote {
    WriteNote { title: title.into(), body: "text".into(), order_id }
}

fn titled(title: &str) -> NoteChange {
    NoteChange { title: Some(title.into()), ..NoteChange::default() }
}

#[tokio::test]
async fn a_note_is_its_authors_alone() {
    let shop = Shop::open().await;
    let (_, ada) = shop.customer("ada@example.com").await;
    let written = shop.services.create_note(&ada, note("mine", None), None).await.unwrap().value;
    assert_eq!(shop.services.note(&ada, written.id).await.unwrap(), written);
    // Not even an administrator sees it.
    let services = &shop.services;
    let (id, other) = (written.id, &shop.admin);
    assert_fails!(services.note(other, id).await, ServiceError::NotFound { what: "note" });
    let changed = services.change_note(other, id, Precondition::Any, titled("theirs")).await;
    assert_fails!(changed, ServiceError::NotFound { what: "note" });
    assert_fails!(services.delete_note(other, id).await, ServiceError::NotFound { what: "note" });
    assert!(services.list_notes(other, None, first_page(10)).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_note_refers_to_an_own_order_only() {
    let shop = Shop::open().await;
    let (_, ada) = shop.customer("ada@example.com").await;
    let (_, eve) = shop.customer("eve@example.com").await;
    let mug = shop.product("MUG", 1890, 5).await;
    let placed = shop.services.place_order(&ada, order(&[(mug.id, 1)]), "k".into()).await.unwrap().value.id;
    let services = &shop.services;
    for (author, id) in [(&eve, placed), (&ada, OrderId::new())] {
        let refused = services.create_note(author, note("x", Some(id)), None).await;
        assert_eq!(rejection(refused).0, Rejection::UnknownOrder);
    }
    let written = services.create_note(&ada, note("about", Some(placed)), None).await.unwrap().value;
    services.create_note(&ada, note("not about", None), None).await.unwrap();
    let about = services.list_notes(&ada, Some(placed), first_page(10)).await.unwrap().items;
    assert_eq!(about, std::slice::from_ref(&written));
    let nowhere = NoteChange { order_id: Some(None), ..NoteChange::default() };
    let changed = services.change_note(&ada, written.id, Precondition::Unstated, nowhere).await.unwrap();
    assert_eq!(changed.order_id, None);
    let elsewhere = NoteChange { order_id: Some(Some(OrderId::new())), ..NoteChange::default() };
    let refused = services.change_note(&ada, written.id, Precondition::Unstated, elsewhere).await;
    assert_eq!(rejection(refused).0, Rejection::UnknownOrder);
}

#[tokio::test]
async fn replacing_sets_every_field_and_changing_only_what_is_named() {
    let shop = Shop::open().await;
    let (_, ada) = shop.customer("ada@example.com").await;
    let mug = shop.product("MUG", 1890, 5).await;
    let placed = shop.services.place_order(&ada, order(&[(mug.id, 1)]), "k".into()).await.unwrap().value.id;
    let written = shop.services.create_note(&ada, note("a", Some(placed)), None).await.unwrap().value;
    let change = shop.services.change_note(&ada, written.id, Precondition::Unstated, titled("b"));
    let changed = change.await.unwrap();
    assert_eq!(
        (changed.title.as_str(), changed.body.as_str(), changed.order_id),
        ("b", "text", Some(placed))
    );
    let replace = shop.services.replace_note(&ada, written.id, Precondition::Unstated, note("c", None));
    let replaced = replace.await.unwrap();
    assert_eq!((replaced.title.as_str(), replaced.order_id), ("c", None));
}

#[tokio::test]
async fn a_change_of_another_version_is_refused() {
    let shop = Shop::open().await;
    let (_, ada) = shop.customer("ada@example.com").await;
    let written = shop.services.create_note(&ada, note("a", None), None).await.unwrap().value;
    let change = |version: Version, title: &str| {
        let expected = Precondition::OneOf(vec![version]);
        shop.services.change_note(&ada, written.id, expected, titled(title))
    };
    let changed = change(written.version, "b").await.unwrap();
    assert_eq!(rejection(change(written.version, "c").await).0, Rejection::VersionMismatch);
    change(changed.version, "c").await.unwrap();
}

#[tokio::test]
async fn a_repeated_key_writes_one_note() {
    let shop = Shop::open().await;
    let (_, ada) = shop.customer("ada@example.com").await;
    let write = |title: &str| shop.services.create_note(&ada, note(title, None), Some("k".into()));
    let (first, again) = (write("a").await.unwrap(), write("a").await.unwrap());
    assert_eq!((first.replayed, again.replayed), (false, true));
    assert_eq!(first.value, again.value);
    assert_eq!(rejection(write("b").await).0, Rejection::IdempotencyKeyReused);
}

#[tokio::test]
async fn deleting_twice_is_deleting_once() {
    let shop = Shop::open().await;
    let (_, ada) = shop.customer("ada@example.com").await;
    let written = shop.services.create_note(&ada, note("a", None), None).await.unwrap().value;
    for _ in 0..2 {
        shop.services.delete_note(&ada, written.id).await.unwrap();
    }
    let found = shop.services.note(&ada, written.id).await;
    assert_fails!(found, ServiceError::NotFound { what: "note" });
}

#[tokio::test]
async fn an_api_key_needs_the_scope() {
    let shop = Shop::open().await;
    let (_, ada) = shop.customer("ada@example.com").await;
    let reader = shop.key(&ada, &[Scope::NotesRead]).await;
    let writer = shop.key(&ada, &[Scope::NotesWrite]).await;
    let services = &shop.services;
    assert_fails!(services.create_note(&reader, note("a", None), None).await, ServiceError::Forbidden { .. });
    let written = services.create_note(&writer, note("a", None), None).await.unwrap().value;
    assert_fails!(services.note(&writer, written.id).await, ServiceError::Forbidden { .. });
    assert_fails!(services.delete_note(&reader, written.id).await, ServiceError::Forbidden { .. });
    services.note(&reader, written.id).await.unwrap();
}
