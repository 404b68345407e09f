//! What `--dry-run` prints does the same in a shell.

use std::process::{Command, Stdio};

use orderly_tests::{
    engines::Engine,
    shop::{Shop, text},
};
use serde_json::Value;

use crate::person::{Person, token};

/// Runs a command line in a shell, with the token that it takes from the environment.
fn in_a_shell(line: &str, token: &str) -> Value {
    let output = Command::new("sh")
        .args(["-c", line.trim()])
        .env("ORDERLY_TOKEN", token)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {told}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_printed_curl_command_gives_the_same_answer_and_holds_no_secret() {
    let shop = Shop::open(Engine::Sqlite).await;
    let person = Person::administrator(&shop);
    let product = shop.product(1890, 10).await;
    let line = format!("product_id={},quantity=1", text(&product, "id"));
    let calls: [&[&str]; 4] = [
        &["catalogue", "get-product", text(&product, "id")],
        &["catalogue", "list-products", "--q", "stone ware's & $HOME"],
        &[
            "orders",
            "create",
            "--idempotency-key",
            "it's-$1",
            "--line",
            &line,
            "--reference",
            "it's \"$HOME\" `id` \u{7}ü",
        ],
        &["notes", "create", "--idempotency-key", "k2", "--title", "A\ttab", "--body", "two\nlines"],
    ];
    for call in calls {
        let printed = person.run(&[call, &["--dry-run"]].concat());
        assert_eq!(printed.code, Some(0), "{}", printed.told);
        assert!(!printed.shown.contains(&token(&shop)), "{}", printed.shown);
        assert_eq!(printed.shown.lines().count(), 1, "{}", printed.shown);
        let by_curl = in_a_shell(&printed.shown, &token(&shop));
        assert_eq!(person.json(call), by_curl, "{}", printed.shown);
    }
    let orders = person.json(&["orders", "list"]);
    assert_eq!(orders["items"].as_array().unwrap().len(), 1, "a dry run orders nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_of_what_needs_a_login_shows_where_the_token_goes() {
    let shop = Shop::open(Engine::Sqlite).await;
    let person = Person::new(&shop);
    let printed = person.run(&["orders", "list", "--dry-run"]);
    assert!(printed.shown.contains("Authorization: Bearer $ORDERLY_TOKEN"), "{}", printed.shown);
    let public = person.run(&["accounts", "get-jwks", "--dry-run"]);
    assert!(!public.shown.contains("ORDERLY_TOKEN"), "{}", public.shown);
    let with_key = person.run(&["orders", "list", "--dry-run", "--api-key", "secret-key"]);
    assert!(with_key.shown.contains("X-API-Key: $ORDERLY_API_KEY") && !with_key.shown.contains("secret-key"));
}
