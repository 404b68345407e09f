//! Notes: one's own, about one's own orders.

use orderly_domain::{
    Rejection, Storage, Version,
    id::{NoteId, OrderId},
    note::{Note, NoteChange, NoteFilter},
};

use crate::shop::*;

pub async fn a_note_is_read_by_its_author_alone(store: impl Storage) {
    let (ada, eve) = (customer(&store, "Ada").await, customer(&store, "Eve").await);
    let new = new_note(ada.id, "Gift", None);
    let created = store.create_note(new.clone(), None).await.unwrap();
    assert_eq!((&created.value, created.replayed), (&new, false));
    assert_eq!(store.note(ada.id, new.id).await.unwrap(), new);
    assert_not_found(store.note(eve.id, new.id).await);
    assert_not_found(store.note(ada.id, NoteId::new()).await);
    assert_not_found(store.change_note(eve.id, new.id, None, NoteChange::default(), at(3)).await);
    assert_not_found(store.delete_note(eve.id, new.id, at(3)).await);
    assert_eq!(store.note(ada.id, new.id).await.unwrap(), new);
}

pub async fn a_note_refers_to_its_authors_orders_only(store: impl Storage) {
    let (ada, eve) = (customer(&store, "Ada").await, customer(&store, "Eve").await);
    let tea = product(&store, "TEA", 100, 10).await;
    let order = order(&store, ada.id, &[(&tea, 1)]).await.unwrap();
    let about = store.create_note(new_note(ada.id, "Mine", Some(order.id)), None).await.unwrap().value;
    assert_eq!(about.order_id, Some(order.id));
    for (author, order) in [(eve.id, order.id), (ada.id, OrderId::new())] {
        let outcome = store.create_note(new_note(author, "Not mine", Some(order)), None).await;
        assert_eq!(refused(outcome), Rejection::UnknownOrder);
    }
    let elsewhere = NoteChange { order_id: Some(Some(OrderId::new())), ..NoteChange::default() };
    let outcome = store.change_note(ada.id, about.id, None, elsewhere, at(3)).await;
    assert_eq!(refused(outcome), Rejection::UnknownOrder);
    assert_eq!(store.note(ada.id, about.id).await.unwrap(), about);
}

pub async fn a_change_of_a_note_touches_what_it_names_and_counts(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let tea = product(&store, "TEA", 100, 10).await;
    let order = order(&store, ada.id, &[(&tea, 1)]).await.unwrap();
    let mut expected = store.create_note(new_note(ada.id, "Gift", None), None).await.unwrap().value;
    let changes = [
        NoteChange { title: Some("Present".into()), ..NoteChange::default() },
        NoteChange { order_id: Some(Some(order.id)), ..NoteChange::default() },
        NoteChange { body: Some("Wrap it".into()), ..NoteChange::default() },
        NoteChange { order_id: Some(None), ..NoteChange::default() },
    ];
    for (change, seconds) in changes.into_iter().zip(3..) {
        let seen = expected.version;
        expected.title = change.title.clone().unwrap_or(expected.title);
        expected.body = change.body.clone().unwrap_or(expected.body);
        expected.order_id = change.order_id.unwrap_or(expected.order_id);
        expected.version = seen.next();
        expected.updated_at = at(seconds);
        let changed =
            store.change_note(ada.id, expected.id, Some(vec![seen]), change, at(seconds)).await.unwrap();
        assert_eq!(changed, expected);
        assert_eq!(store.note(ada.id, expected.id).await.unwrap(), expected);
    }
    let stale = Some(vec![Version::FIRST]);
    let outcome = store.change_note(ada.id, expected.id, stale, NoteChange::default(), at(9)).await;
    assert_eq!(refused(outcome), Rejection::VersionMismatch);
}

pub async fn a_deleted_note_is_gone_and_can_be_deleted_again(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let note = store.create_note(new_note(ada.id, "Gift", None), None).await.unwrap().value;
    store.delete_note(ada.id, note.id, at(3)).await.unwrap();
    store.delete_note(ada.id, note.id, at(4)).await.unwrap();
    assert_not_found(store.note(ada.id, note.id).await);
    assert_not_found(store.change_note(ada.id, note.id, None, NoteChange::default(), at(5)).await);
    assert_not_found(store.delete_note(ada.id, NoteId::new(), at(3)).await);
    let filter = NoteFilter { user_id: ada.id, order_id: None, after: None, limit: 9 };
    assert!(store.notes(filter).await.unwrap().is_empty());
}

pub async fn notes_are_listed_newest_first_by_author_and_order(store: impl Storage) {
    let (ada, eve) = (customer(&store, "Ada").await, customer(&store, "Eve").await);
    let tea = product(&store, "TEA", 100, 10).await;
    let order = order(&store, ada.id, &[(&tea, 1)]).await.unwrap();
    let mut notes = Vec::new();
    for n in 0..9 {
        let about = (n % 3 == 0).then_some(order.id);
        notes.insert(
            0,
            store.create_note(new_note(ada.id, &format!("{n}"), about), None).await.unwrap().value,
        );
    }
    store.create_note(new_note(eve.id, "Eve's", None), None).await.unwrap();
    for (order_id, expected) in [
        (None, notes.clone()),
        (Some(order.id), notes.iter().filter(|note| note.order_id.is_some()).cloned().collect()),
        (Some(OrderId::new()), vec![]),
    ] {
        let all = walk(
            2,
            |note: &Note| by_id(note.id.uuid()),
            async |after| {
                let filter = NoteFilter { user_id: ada.id, order_id, after, limit: 2 };
                store.notes(filter).await.unwrap()
            },
        )
        .await;
        assert_eq!(all, expected, "{order_id:?}");
    }
}
