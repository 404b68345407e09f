//! What goes wrong is told with the option that it is about, the request's id, and what to do.

use orderly_tests::{
    engines::Engine,
    shop::{Shop, text},
};

use crate::person::Person;

#[tokio::test(flavor = "multi_thread")]
async fn every_mistake_is_told_with_its_option() {
    let shop = Shop::open(Engine::Sqlite).await;
    let person = Person::administrator(&shop);
    let run = person.run(&[
        "orders",
        "create",
        "--idempotency-key",
        "two words",
        "--line",
        "product_id=mug,quantity=0",
        "--line",
        "quantity=1",
        "--expected-total.amount",
        "-1",
        "--expected-total.currency",
        "euro",
    ]);
    assert_eq!(run.code, Some(7), "{}", run.told);
    for expected in [
        "error: Bad Request: ",
        "(validation_failed)",
        "\n  --idempotency-key: ",
        "\n  --line 1, quantity: ",
        "\n  --line 1, product_id: ",
        "\n  --line 2, product_id: ",
        "\n  --expected-total.amount: ",
        "\n  --expected-total.currency: ",
        "\nrequest id: ",
    ] {
        assert!(run.told.contains(expected), "{expected} in {}", run.told);
    }
    let wrong = person.run(&["orders", "get", "nonsense"]);
    assert!(wrong.told.contains("\n  ORDER_ID: "), "{}", wrong.told);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_problem_has_to_say_beyond_the_usual_is_told() {
    let shop = Shop::open(Engine::Sqlite).await;
    let person = Person::administrator(&shop);
    let product = shop.product(1890, 1).await;
    let line = format!("product_id={},quantity=3", text(&product, "id"));
    let run = person.run(&["orders", "create", "--line", &line]);
    assert_eq!(run.code, Some(6));
    assert!(run.told.contains("(out_of_stock)") && run.told.contains("available 1"), "{}", run.told);
    let unseen = person.run(&["catalogue", "update-product", text(&product, "id"), "--name", "Cup"]);
    assert_eq!(unseen.code, Some(6));
    assert!(unseen.told.contains("--if-match"), "{}", unseen.told);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_before_anything_is_sent_is_a_mistake_of_use() {
    let shop = Shop::open(Engine::Sqlite).await;
    let person = Person::administrator(&shop);
    for (arguments, told) in [
        (&["orders", "create"][..], "--line"),
        (
            &["orders", "create", "--line", "colour=red"],
            "there is no `colour`; there is product_id, quantity",
        ),
        (&["orders", "create", "--data", "{"], "--data is no JSON"),
        (&["orders", "create", "--data", "[]", "--reference", "x"], "--data is no object"),
        (&["orders", "create", "--data", "@nowhere.json"], "nowhere.json"),
        (&["orders", "create", "--lines", "[", "--reference", "x"], "--lines: is no JSON"),
        (&["accounts", "update-me"], "give at least one of --name, --phone, or --data"),
        (&["orders", "list", "--limit", "many"], "has to be a whole number"),
        (&["orders", "list", "--status", "lost"], "placed, cancelled"),
        (&["orders", "get", ".."], "order_id"),
        (&["orders", "list", "--url", "ftp://x"], "ftp://x"),
        (&["orders", "list", "--query", "items["], "bracket"),
        (&["orders", "list", "--header", "nonsense"], "a colon"),
    ] {
        let run = person.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {}", run.told);
        assert!(run.told.contains(told), "{arguments:?}: {told} in {}", run.told);
    }
    std::fs::write(person.home.path().join("order.json"), "{}").unwrap();
    let file = person.run(&["orders", "create", "--data", "order.json"]);
    assert!(file.told.contains("--data @order.json"), "{}", file.told);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_comes_from_a_file_or_stdin_and_options_change_it() {
    let shop = Shop::open(Engine::Sqlite).await;
    let person = Person::administrator(&shop);
    let note = r#"{"title":"From a file","body":"x"}"#;
    std::fs::write(person.home.path().join("note.json"), note).unwrap();
    let from_file = person.json(&["notes", "create", "--data", "@note.json", "--body", "changed"]);
    assert_eq!((&from_file["title"], &from_file["body"]), (&"From a file".into(), &"changed".into()));
    let piped = person.run_with(&["notes", "create", "-d", "-"], note).json();
    assert_eq!(piped["body"], "x");
    let example = person.json(&["orders", "create", "--example"]);
    assert!(example["lines"][0]["product_id"].as_str().unwrap().starts_with("prd_"));
}
