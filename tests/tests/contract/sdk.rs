//! Every operation through the SDK, as a consumer writes it.

use std::process::Command;

use futures_util::TryStreamExt as _;
use orderly_client::{Client, Error, ErrorCode, NotModifiedExt as _, Patch, ResponseExt as _, types};
use orderly_tests::shop::{PASSWORD, Shop, unique};
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use crate::scenario::{Scenario, scenarios};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    a_customer_registers_logs_in_and_out,
    an_administrator_keeps_users,
    an_api_key_is_made_and_revoked,
    a_product_is_kept,
    an_order_is_placed_found_and_cancelled,
    a_note_is_written_changed_and_deleted,
    a_refusal_is_a_typed_problem,
    a_list_is_a_stream_over_all_pages,
    the_quickstart_goes_from_registration_to_an_order,
];

/// A customer who has registered, as a client that logs in by itself, and the account.
async fn customer(shop: &Shop) -> (Client, types::Account) {
    let email = format!("{}@example.net", unique("sdk"));
    let registration = types::Registration::builder().email(email.as_str()).password(PASSWORD).name("Sam");
    let account = shop.sdk().build().unwrap().register().body(registration).await.unwrap();
    (shop.sdk().password(email, PASSWORD).build().unwrap(), account)
}

fn euros(amount: i64) -> types::Price {
    types::Price::builder().amount(amount).currency("EUR").try_into().unwrap()
}

async fn product(shop: &Shop, stock: i64) -> types::Product {
    let sku = unique("SDK").to_ascii_uppercase();
    let new = types::ProductCreate::builder().sku(sku).name("Mug").price(euros(100)).stock(stock);
    shop.sdk_administrator().create_product().body(new).await.unwrap()
}

fn line(product: &types::Product, quantity: i32) -> types::OrderLineCreate {
    let line = types::OrderLineCreate::builder().product_id(product.id.clone()).quantity(quantity);
    line.try_into().unwrap()
}

async fn a_customer_registers_logs_in_and_out(shop: &Shop) {
    let (ada, account) = customer(shop).await;
    assert_eq!(ada.get_me().await.unwrap().id, account.id);
    let keys = shop.sdk().build().unwrap().get_jwks().await.unwrap();
    assert_eq!(keys.keys.len(), 1);

    let name: types::PersonName = "Sam Doe".parse().unwrap();
    let changed = ada.update_me().body_map(|body| body.name(name).phone(Patch::Clear)).await.unwrap();
    assert_eq!((changed.name.as_str(), changed.phone), ("Sam Doe", None));
    let overview = ada.get_overview().await.unwrap();
    assert_eq!((overview.latest_orders.len(), overview.latest_notes.len()), (0, 0));
    let change = types::PasswordChange::builder().current_password(PASSWORD).new_password("another password");
    ada.change_password().body(change).await.unwrap();

    let anonymous = shop.sdk().build().unwrap();
    let grant = types::PasswordGrant::builder()
        .grant_type(types::PasswordGrantGrantType::Password)
        .email(account.email.as_str())
        .password("another password");
    let grant: types::PasswordGrant = grant.try_into().unwrap();
    let tokens = anonymous.create_tokens().body(grant).await.unwrap();
    let revocation = types::TokenRevocation::builder().refresh_token(tokens.refresh_token.as_str());
    anonymous.revoke_tokens().body(revocation).await.unwrap();
}

async fn an_administrator_keeps_users(shop: &Shop) {
    let admin = shop.sdk_administrator();
    let email = format!("{}@example.net", unique("sdk"));
    let new = types::UserCreate::builder()
        .email(email.as_str())
        .password(PASSWORD)
        .name("Grace")
        .role(types::Role::Customer);
    let user = admin.create_user().body(new).await.unwrap();
    assert_eq!(admin.get_user().user_id(user.id.clone()).await.unwrap().email, email);
    let role = types::RoleChange::builder().role(types::Role::Administrator);
    let changed = admin.change_role().user_id(user.id.clone()).body(role).await.unwrap();
    assert_eq!(changed.role, types::Role::Administrator);
    let found = admin.list_users().q(email.as_str()).role(types::Role::Administrator).await.unwrap();
    assert_eq!(found.items.len(), 1);
    admin.delete_user().user_id(user.id.clone()).await.unwrap();
    let trail = admin.list_audit_entries().subject_id(user.id.as_str()).await.unwrap();
    let actions: Vec<_> = trail.items.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["delete_user", "change_role", "create_user"]);
    let gone = admin.get_user().user_id(user.id.clone()).await.unwrap_err();
    assert_eq!(gone.code(), Some(&ErrorCode::NotFound));
}

async fn an_api_key_is_made_and_revoked(shop: &Shop) {
    let (ada, account) = customer(shop).await;
    let new = types::ApiKeyCreate::builder().name("Till").scopes(vec![types::Scope::OrdersRead]);
    let key = ada.create_api_key().body(new).await.unwrap();
    let till = shop.sdk().api_key(key.secret.as_str()).build().unwrap();
    assert_eq!(till.get_me().await.unwrap().id, account.id);
    assert_eq!(till.list_notes().await.unwrap_err().code(), Some(&ErrorCode::Forbidden));
    assert_eq!(ada.list_api_keys().await.unwrap().items.len(), 1);
    ada.revoke_api_key().api_key_id(key.id.clone()).await.unwrap();
    assert_eq!(till.get_me().await.unwrap_err().code(), Some(&ErrorCode::Unauthenticated));
}

async fn a_product_is_kept(shop: &Shop) {
    let admin = shop.sdk_administrator();
    let mug = product(shop, 5).await;
    let seen = admin.get_product().product_id(mug.id.clone()).send().await.unwrap();
    let etag = seen.etag().unwrap().to_owned();
    let again = admin.get_product().product_id(mug.id.clone()).if_none_match(etag.as_str()).send().await;
    assert!(again.unless_not_modified().unwrap().is_none());

    let update = |tag: &str| {
        let call = admin.update_product().product_id(mug.id.clone()).if_match(tag);
        call.body_map(|body| body.price(euros(90)).description(Patch::Clear)).into_future()
    };
    assert_eq!(update(&etag).await.unwrap().price.amount, 90);
    assert_eq!(update(&etag).await.unwrap_err().code(), Some(&ErrorCode::VersionMismatch));
    let delta = types::StockAdjust::builder().delta(-2).reason("Broken");
    assert_eq!(admin.adjust_stock().product_id(mug.id.clone()).body(delta).await.unwrap().stock, 3);
    let found = admin.list_products().price_max(90).sort(types::ProductSort::Cheapest).await.unwrap();
    assert_eq!(found.items.len(), 1);
    assert!(!admin.archive_product().product_id(mug.id.clone()).await.unwrap().active);
}

async fn an_order_is_placed_found_and_cancelled(shop: &Shop) {
    let (ada, _) = customer(shop).await;
    let mug = product(shop, 5).await;
    let order = types::OrderCreate::builder().lines(vec![line(&mug, 2)]).expected_total(euros(200));
    let place =
        |order: types::builder::OrderCreate| ada.create_order().idempotency_key("web-1").body(order).send();
    let first = place(order.clone()).await.unwrap();
    assert!(!first.is_replayed());
    let again = place(order).await.unwrap();
    assert!(again.is_replayed());
    assert_eq!(again.id, first.id);

    let got = ada.get_order().order_id(first.id.clone()).await.unwrap();
    assert_eq!((got.total.amount, got.status), (200, types::OrderStatus::Placed));
    let listed = ada.list_orders().status(types::OrderStatus::Placed).await.unwrap();
    assert_eq!(listed.items.len(), 1);
    let cancelled = ada.cancel_order().order_id(first.id.clone()).await.unwrap();
    assert_eq!(cancelled.status, types::OrderStatus::Cancelled);
}

async fn a_note_is_written_changed_and_deleted(shop: &Shop) {
    let (ada, _) = customer(shop).await;
    let write = |title: &'static str| types::NoteWrite::builder().title(title).body("Wrap it.");
    let note = ada.create_note().body(write("Gift")).send().await.unwrap();
    let etag = note.etag().unwrap().to_owned();
    let replaced =
        ada.replace_note().note_id(note.id.clone()).if_match(etag.as_str()).body(write("New")).await;
    assert_eq!(replaced.unwrap().title, "New");
    let updated =
        ada.update_note().note_id(note.id.clone()).body_map(|body| body.order_id(Patch::Clear)).await;
    assert_eq!(updated.unwrap().order_id, None);
    assert_eq!(ada.get_note().note_id(note.id.clone()).await.unwrap().title, "New");
    assert_eq!(ada.list_notes().await.unwrap().items.len(), 1);
    ada.delete_note().note_id(note.id.clone()).await.unwrap();
    assert!(ada.list_notes().await.unwrap().items.is_empty());
}

async fn a_refusal_is_a_typed_problem(shop: &Shop) {
    let (ada, _) = customer(shop).await;
    let mug = product(shop, 1).await;
    let error = ada.create_order().body_map(|body| body.lines(vec![line(&mug, 2)])).await.unwrap_err();
    let Error::Problem(problem) = &error else { panic!("{error:?}") };
    assert_eq!((problem.status, &problem.code), (409, &ErrorCode::OutOfStock));
    let shortages: Value = problem.member("shortages").unwrap();
    assert_eq!(shortages, json!([{ "product_id": mug.id, "requested": 2, "available": 1 }]));
    assert!(error.request_id().is_some());

    let error = ada.create_order().body_map(|body| body.lines(vec![])).await.unwrap_err();
    let places: Vec<&str> = error.problem().unwrap().errors.iter().map(|mistake| mistake.place()).collect();
    assert_eq!(places, ["/lines"]);
}

async fn a_list_is_a_stream_over_all_pages(shop: &Shop) {
    for _ in 0..5 {
        product(shop, 1).await;
    }
    let client = shop.sdk().build().unwrap();
    let items: Vec<_> = client.list_products().limit(2).q("mug").items().try_collect().await.unwrap();
    assert_eq!(items.len(), 5);
    let pages: Vec<_> = client.list_products().limit(2).q("mug").pages().try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.items.len()).collect::<Vec<_>>(), [2, 2, 1]);
}

async fn the_quickstart_goes_from_registration_to_an_order(shop: &Shop) {
    let mug = product(shop, 3).await;
    let mut quickstart = Command::new(env!("CARGO_BIN_EXE_quickstart-tested"));
    quickstart.arg(shop.sdk_url());
    let output = spawn_blocking(move || quickstart.output()).await.unwrap().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    let orders = shop.sdk_administrator().list_orders().await.unwrap().items;
    assert_eq!((orders.len(), orders[0].lines[0].product_id.clone()), (1, mug.id.clone()));
    assert!(printed.contains(orders[0].id.as_str()), "{printed}");
}
