//! Each operation of the document is called by its command, in an order in which a shop has a use for it.

use std::collections::BTreeSet;

use orderly_client::{OPERATIONS, Operation};
use orderly_tests::{
    engines::Engine,
    shop::{PASSWORD, Shop, text},
};
use serde_json::{Value, json};

use crate::person::{Person, Run};

/// Runs commands, and keeps in mind which operations they were.
struct Walk<'p> {
    person: &'p Person,
    done: BTreeSet<&'static str>,
}

impl Walk<'_> {
    /// Runs the command of an operation; what it sends is that operation's method and path.
    fn call(&mut self, operation: &str, arguments: &[&str]) -> Run {
        let operation = Operation::find(operation).unwrap();
        let run = self.person.run(&[arguments, &["-v"]].concat());
        assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.told);
        let sent = run.told.lines().find_map(|line| line.strip_prefix("> ")).unwrap();
        let (method, url) = sent.split_once(' ').unwrap();
        let path = url.splitn(4, '/').nth(3).unwrap().split('?').next().unwrap();
        let matches = operation.path[1..]
            .split('/')
            .zip(path.split('/'))
            .all(|(template, segment)| template == segment || template.starts_with('{'));
        let is_as_long = operation.path.matches('/').count() == path.matches('/').count() + 1;
        assert!(method == operation.method && matches && is_as_long, "{sent} is not {}", operation.id);
        self.done.insert(operation.id);
        run
    }

    fn json(&mut self, operation: &str, arguments: &[&str]) -> Value {
        self.call(operation, arguments).json()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_called_by_its_command() {
    let shop = Shop::open(Engine::Sqlite).await;
    let administrator = Person::administrator(&shop);
    let mut walk = Walk { person: &administrator, done: BTreeSet::new() };
    catalogue(&mut walk);
    users(&mut walk);
    let entries =
        walk.json("list_audit_entries", &["audit", "list-audit-entries", "--action", "adjust_stock"]);
    assert_eq!(entries["items"].as_array().unwrap().len(), 1);
    let mut done = walk.done;

    let customer = Person::new(&shop);
    let mut walk = Walk { person: &customer, done: BTreeSet::new() };
    account(&mut walk);
    orders_and_notes(&mut walk, shop.product(1890, 10).await);
    let keys =
        ["accounts", "change-password", "--current-password", PASSWORD, "--new-password", "another good one"];
    assert_eq!(walk.call("change_password", &keys).shown, "");
    done.append(&mut walk.done);

    let all: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.id).collect();
    let forgotten: Vec<_> = all.difference(&done).collect();
    assert!(forgotten.is_empty(), "no command was run for {forgotten:?}");
}

fn catalogue(walk: &mut Walk<'_>) {
    let product = walk.json(
        "create_product",
        &[
            "catalogue",
            "create-product",
            "--sku",
            "MUG-1",
            "--name",
            "Mug",
            "--price.amount",
            "1890",
            "--price.currency",
            "EUR",
            "--stock",
            "7",
        ],
    );
    assert_eq!(product["price"], json!({ "amount": 1890, "currency": "EUR" }));
    let id = text(&product, "id");
    assert_eq!(walk.json("get_product", &["catalogue", "get-product", id]), product);
    let list =
        walk.json("list_products", &["catalogue", "list-products", "--q", "mug", "--sort", "cheapest"]);
    assert_eq!(list["items"][0], product);
    let changed = [
        "catalogue",
        "update-product",
        id,
        "--if-match",
        "v1",
        "--price.amount",
        "2",
        "--price.currency",
        "EUR",
    ];
    assert_eq!(walk.json("update_product", &changed)["price"]["amount"], 2);
    let adjusted = ["catalogue", "adjust-stock", id, "--delta", "-2", "--reason", "Broken"];
    assert_eq!(walk.json("adjust_stock", &adjusted)["stock"], 5);
    assert_eq!(walk.json("archive_product", &["catalogue", "archive-product", id])["active"], false);
}

fn users(walk: &mut Walk<'_>) {
    let user = walk.json(
        "create_user",
        &[
            "accounts",
            "create-user",
            "--email",
            "eve@example.com",
            "--password",
            PASSWORD,
            "--name",
            "Eve",
            "--role",
            "customer",
        ],
    );
    let id = text(&user, "id");
    assert_eq!(walk.json("get_user", &["accounts", "get-user", id]), user);
    let list = walk.json("list_users", &["accounts", "list-users", "--q", "eve", "--role", "customer"]);
    assert_eq!(list["items"], json!([user]));
    let changed = walk.json("change_role", &["accounts", "change-role", id, "--role", "administrator"]);
    assert_eq!(changed["role"], "administrator");
    assert_eq!(walk.call("delete_user", &["accounts", "delete-user", id]).shown, "");
}

fn account(walk: &mut Walk<'_>) {
    let keys = walk.json("get_jwks", &["accounts", "get-jwks"]);
    assert!(!keys["keys"].as_array().unwrap().is_empty());
    let (email, name) = ("ada@example.com", "Ada Lovelace");
    walk.json(
        "register",
        &["accounts", "register", "--email", email, "--password", PASSWORD, "--name", name],
    );
    let grant =
        ["accounts", "create-tokens", "--grant-type", "password", "--email", email, "--password", PASSWORD];
    let tokens = walk.json("create_tokens", &grant);
    let revoked = ["accounts", "revoke-tokens", "--refresh-token", text(&tokens, "refresh_token")];
    walk.call("revoke_tokens", &revoked);

    let logged_in =
        walk.person.run_with(&["login", "--email", email, "--password-stdin"], &format!("{PASSWORD}\n"));
    assert_eq!(logged_in.code, Some(0), "{}", logged_in.told);
    assert_eq!(walk.json("get_me", &["accounts", "get-me"])["email"], email);
    let phone = ["accounts", "update-me", "--phone", "+44 20 7946 0958"];
    assert_eq!(walk.json("update_me", &phone)["phone"], "+44 20 7946 0958");
    assert!(walk.json("update_me", &["accounts", "update-me", "--null", "phone"]).get("phone").is_none());
    let key = walk.json(
        "create_api_key",
        &[
            "accounts",
            "create-api-key",
            "--name",
            "Till",
            "--scope",
            "orders:read",
            "--scope",
            "orders:write",
        ],
    );
    assert_eq!(key["scopes"], json!(["orders:read", "orders:write"]));
    let keys = walk.json("list_api_keys", &["accounts", "list-api-keys"]);
    assert_eq!(keys["items"][0]["id"], key["id"]);
    walk.call("revoke_api_key", &["accounts", "revoke-api-key", text(&key, "id")]);
}

fn orders_and_notes(walk: &mut Walk<'_>, product: Value) {
    let line = format!("product_id={},quantity=2", text(&product, "id"));
    let order = walk.json("create_order", &["orders", "create", "--line", &line, "--reference", "web-1"]);
    assert_eq!((&order["total"]["amount"], &order["reference"]), (&json!(3780), &json!("web-1")));
    let id = text(&order, "id");
    assert_eq!(walk.json("get_order", &["orders", "get", id]), order);
    assert_eq!(walk.json("list_orders", &["orders", "list", "--status", "placed"])["items"], json!([order]));

    let note = walk
        .json("create_note", &["notes", "create", "--title", "Wrapping", "--body", "Both", "--order-id", id]);
    let note_id = text(&note, "id");
    assert_eq!(walk.json("get_note", &["notes", "get", note_id]), note);
    assert_eq!(walk.json("list_notes", &["notes", "list"])["items"], json!([note]));
    let replaced =
        ["notes", "replace", note_id, "--data", r#"{"title":"Wrapping","body":"x"}"#, "--body", "None"];
    assert_eq!(walk.json("replace_note", &replaced)["body"], "None");
    assert_eq!(walk.json("update_note", &["notes", "update", note_id, "--title", "No"])["title"], "No");
    let overview = walk.json("get_overview", &["accounts", "get-overview"]);
    assert_eq!(overview["latest_orders"], json!([order]));
    walk.call("delete_note", &["notes", "delete", note_id]);
    assert_eq!(walk.json("cancel_order", &["orders", "cancel", id])["status"], "cancelled");
}
