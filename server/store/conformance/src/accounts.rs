//! Accounts: one per address, always an administrator, and nothing left of whom is deleted.

use orderly_domain::{
    Rejection, Storage,
    account::{AccountFilter, PasswordHash, ProfileChange, Role},
    api_key::{ApiKeyFilter, Scope},
    id::UserId,
    note::NoteFilter,
};

use crate::{
    api_keys::new_api_key,
    sessions::{rotate, token},
    shop::*,
};

pub async fn an_account_is_read_as_it_was_created(store: impl Storage) {
    let mut new = new_account("Zoë", "Zoe@Example.com", Role::Customer);
    new.account.phone = Some("+49 30 1234567".into());
    let created = store.create_account(new.clone(), None).await.unwrap();
    assert_eq!(created, new.account);
    assert_eq!(created.email.as_str(), "zoe@example.com");
    assert_eq!(store.account(created.id).await.unwrap(), created);
    assert_eq!(store.password_of(created.id).await.unwrap(), new.password);
    let found = store.account_by_email("ZOE@example.com".into()).await.unwrap();
    assert_eq!(found, Some((created, new.password)));
}

pub async fn an_unknown_account_is_not_found(store: impl Storage) {
    let nobody = UserId::new();
    assert_not_found(store.account(nobody).await);
    assert_not_found(store.password_of(nobody).await);
    assert_eq!(store.account_by_email("nobody@example.com".into()).await.unwrap(), None);
    assert_not_found(store.change_profile(nobody, ProfileChange::default(), at(1)).await);
    assert_not_found(store.change_password(nobody, None, PasswordHash("new".into()), at(1)).await);
    assert_not_found(store.change_role(nobody, Role::Customer, at(1), None).await);
    assert_not_found(store.delete_account(nobody, at(1), None).await);
}

pub async fn an_address_has_one_account(store: impl Storage) {
    customer(&store, "Ada").await;
    let again = new_account("Another", "ADA@example.com", Role::Customer);
    assert_eq!(refused(store.create_account(again, None).await), Rejection::EmailTaken);
}

pub async fn of_many_that_register_an_address_at_once_one_gets_it(store: impl Storage) {
    let outcomes = at_once(20, |n| {
        let store = store.clone();
        async move {
            store.create_account(new_account(&format!("{n}"), "same@example.com", Role::Customer), None).await
        }
    })
    .await;
    let (created, rest): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(created.len(), 1);
    assert!(rest.into_iter().all(|outcome| refused(outcome) == Rejection::EmailTaken));
}

pub async fn the_address_of_a_deleted_account_is_free(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    store.delete_account(ada.id, at(1), None).await.unwrap();
    assert_eq!(store.account_by_email(ada.email.clone()).await.unwrap(), None);
    let next = customer(&store, "Ada").await;
    assert_eq!(store.account_by_email(ada.email).await.unwrap().unwrap().0, next);
}

pub async fn there_is_one_first_administrator(store: impl Storage) {
    let outcomes = at_once(20, |n| {
        let store = store.clone();
        let new = new_account("Root", &format!("root{n}@example.com"), Role::Administrator);
        async move { store.create_first_administrator(new).await.unwrap() }
    })
    .await;
    assert_eq!(outcomes.iter().filter(|&&created| created).count(), 1);
    let filter = AccountFilter { role: Some(Role::Administrator), limit: 50, ..AccountFilter::default() };
    assert_eq!(store.accounts(filter).await.unwrap().len(), 1);
}

pub async fn a_profile_change_touches_what_it_names(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let phone = ProfileChange { phone: Some(Some("+1 555 0100".into())), ..ProfileChange::default() };
    let changed = store.change_profile(ada.id, phone, at(1)).await.unwrap();
    assert_eq!((changed.name.as_str(), changed.phone.as_deref()), ("Ada", Some("+1 555 0100")));
    let name = ProfileChange { name: Some("Ada King".into()), ..ProfileChange::default() };
    let changed = store.change_profile(ada.id, name, at(2)).await.unwrap();
    assert_eq!((changed.name.as_str(), changed.phone.as_deref()), ("Ada King", Some("+1 555 0100")));
    let no_phone = ProfileChange { phone: Some(None), ..ProfileChange::default() };
    let changed = store.change_profile(ada.id, no_phone, at(3)).await.unwrap();
    assert_eq!(changed.phone, None);
    assert_eq!((changed.created_at, changed.updated_at), (at(0), at(3)));
    assert_eq!(store.account(ada.id).await.unwrap(), changed);
}

pub async fn a_new_password_ends_every_session(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    store.start_session(token(1, ada.id), None).await.unwrap();
    store.start_session(token(2, ada.id), None).await.unwrap();
    assert!(store.change_password(ada.id, None, PasswordHash("new".into()), at(1)).await.unwrap());
    assert_eq!(store.password_of(ada.id).await.unwrap(), PasswordHash("new".into()));
    for old in [1, 2] {
        assert!(!rotate(&store, old, old + 10).await, "session {old}");
    }
}

pub async fn a_password_that_is_another_by_now_is_not_changed(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let first = store.password_of(ada.id).await.unwrap();
    let (second, third) = (PasswordHash("second".into()), PasswordHash("third".into()));
    let change = |verified: &PasswordHash, new: &PasswordHash, seconds| {
        store.change_password(ada.id, Some(verified.clone()), new.clone(), at(seconds))
    };
    assert!(change(&first, &second, 1).await.unwrap());
    store.start_session(token(1, ada.id), None).await.unwrap();
    assert!(!change(&first, &third, 2).await.unwrap());
    assert_eq!(store.password_of(ada.id).await.unwrap(), second);
    assert_eq!(store.account(ada.id).await.unwrap().updated_at, at(1));
    assert!(rotate(&store, 1, 2).await, "the session goes on");
    assert_not_found(store.change_password(UserId::new(), Some(first), third, at(3)).await);
}

pub async fn of_many_changes_of_one_password_at_once_one_is_made(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let verified = store.password_of(ada.id).await.unwrap();
    let outcomes = at_once(10, |n| {
        let (store, verified, new) = (store.clone(), verified.clone(), PasswordHash(format!("new {n}")));
        async move { (store.change_password(ada.id, Some(verified), new.clone(), at(1)).await.unwrap(), new) }
    })
    .await;
    let made: Vec<_> = outcomes.into_iter().filter(|(made, _)| *made).map(|(_, new)| new).collect();
    assert_eq!(made, [store.password_of(ada.id).await.unwrap()]);
}

pub async fn a_role_can_change_while_an_administrator_stays(store: impl Storage) {
    let (ada, bob) = (administrator(&store, "Ada").await, customer(&store, "Bob").await);
    assert_eq!(
        refused(store.change_role(ada.id, Role::Customer, at(1), None).await),
        Rejection::LastAdministrator
    );
    assert_eq!(refused(store.delete_account(ada.id, at(1), None).await), Rejection::LastAdministrator);
    assert_eq!(store.account(ada.id).await.unwrap(), ada, "nothing has changed");
    store.change_role(ada.id, Role::Administrator, at(1), None).await.unwrap();
    let bob = store.change_role(bob.id, Role::Administrator, at(1), None).await.unwrap();
    assert_eq!((bob.role, bob.updated_at), (Role::Administrator, at(1)));
    assert_eq!(store.change_role(ada.id, Role::Customer, at(2), None).await.unwrap().role, Role::Customer);
    assert_eq!(refused(store.delete_account(bob.id, at(3), None).await), Rejection::LastAdministrator);
}

pub async fn administrators_that_leave_at_once_leave_one_behind(store: impl Storage) {
    let mut administrators = Vec::new();
    for n in 0..10 {
        administrators.push(administrator(&store, &format!("Admin{n}")).await);
    }
    let outcomes = at_once(10, |n| {
        let (store, id) = (store.clone(), administrators[n].id);
        async move {
            if n % 2 == 0 {
                store.change_role(id, Role::Customer, at(1), None).await.map(drop)
            } else {
                store.delete_account(id, at(1), None).await
            }
        }
    })
    .await;
    let refusals: Vec<_> = outcomes.into_iter().filter(Result::is_err).map(refused).collect();
    assert_eq!(refusals, [Rejection::LastAdministrator]);
}

pub async fn deleting_an_account_forgets_the_person_and_keeps_the_orders(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let product = product(&store, "A", 100, 5).await;
    let order = order(&store, ada.id, &[(&product, 1)]).await.unwrap();
    let note = store.create_note(new_note(ada.id, "Secret", Some(order.id)), None).await.unwrap().value;
    store.start_session(token(1, ada.id), None).await.unwrap();
    store.create_api_key(new_api_key(1, ada.id, &[Scope::OrdersRead])).await.unwrap();
    store.delete_account(ada.id, at(9), None).await.unwrap();

    assert_not_found(store.account(ada.id).await);
    assert_not_found(store.password_of(ada.id).await);
    assert_not_found(store.note(ada.id, note.id).await);
    let notes = NoteFilter { user_id: ada.id, order_id: None, after: None, limit: 9 };
    assert!(store.notes(notes).await.unwrap().is_empty());
    let keys = ApiKeyFilter { user_id: ada.id, after: None, limit: 9 };
    assert!(store.api_keys(keys).await.unwrap().is_empty());
    assert!(store.api_key_by_secret([1; 32], at(9)).await.unwrap().is_none());
    assert!(!rotate(&store, 1, 2).await);
    let everybody = AccountFilter { limit: 9, ..AccountFilter::default() };
    assert!(store.accounts(everybody).await.unwrap().is_empty());
    assert_eq!(store.order(order.id).await.unwrap(), order);
}

pub async fn deleting_an_account_again_does_nothing(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    store.delete_account(ada.id, at(1), None).await.unwrap();
    store.delete_account(ada.id, at(2), None).await.unwrap();
    assert_not_found(store.account(ada.id).await);
}

pub async fn nothing_is_stored_for_a_deleted_account(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let product = product(&store, "A", 100, 5).await;
    store.delete_account(ada.id, at(1), None).await.unwrap();
    assert_not_found(store.start_session(token(1, ada.id), None).await);
    assert_not_found(store.create_api_key(new_api_key(1, ada.id, &[])).await);
    assert_not_found(store.create_note(new_note(ada.id, "Late", None), None).await);
    assert_not_found(order(&store, ada.id, &[(&product, 1)]).await);
    assert_eq!(store.product(product.id).await.unwrap(), product);
}

pub async fn accounts_are_found_by_text_and_role(store: impl Storage) {
    administrator(&store, "Ágnes").await;
    customer(&store, "Ada").await;
    customer(&store, "100%").await;
    customer(&store, "a_da").await;
    let cases: &[(Option<&str>, Option<Role>, &[&str])] = &[
        (None, None, &["a_da", "100%", "Ada", "Ágnes"]),
        (Some("ADA@"), None, &["Ada"]),
        (Some("áGN"), None, &["Ágnes"]),
        (Some("%"), None, &["100%"]),
        (Some("a_d"), None, &["a_da"]),
        (Some("example"), Some(Role::Administrator), &["Ágnes"]),
        (None, Some(Role::Customer), &["a_da", "100%", "Ada"]),
        (Some("nobody"), None, &[]),
    ];
    for (text, role, expected) in cases {
        let filter = AccountFilter { text: text.map(str::to_owned), role: *role, after: None, limit: 10 };
        let found = store.accounts(filter).await.unwrap();
        let names: Vec<_> = found.iter().map(|account| account.name.as_str()).collect();
        assert_eq!(&names, expected, "{text:?} {role:?}");
    }
}

pub async fn a_changed_name_is_found_and_the_old_one_is_not(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let change = ProfileChange { name: Some("Grace".into()), ..ProfileChange::default() };
    store.change_profile(ada.id, change, at(1)).await.unwrap();
    for (text, found) in [("grace", 1), ("Ada\n", 0)] {
        let filter = AccountFilter { text: Some(text.into()), limit: 10, ..AccountFilter::default() };
        assert_eq!(store.accounts(filter).await.unwrap().len(), found, "{text:?}");
    }
}
