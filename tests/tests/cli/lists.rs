//! Lists: pages, forms, and readers that have seen enough.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use orderly_tests::{engines::Engine, shop::Shop};
use serde_json::Value;

use crate::person::Person;

async fn shop_with(count: i64) -> Shop {
    let shop = Shop::open(Engine::Sqlite).await;
    for price in 1..=count {
        shop.product(price, 1).await;
    }
    shop
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_are_one_list_in_every_form() {
    let shop = shop_with(7).await;
    let person = Person::new(&shop);
    let all = ["catalogue", "list-products", "--sort", "cheapest", "--limit", "3", "--all"];
    let with = |more: &[&str]| person.run(&[&all[..], more].concat());
    let prices = |items: &[Value]| -> Vec<i64> {
        items.iter().map(|item| item["price"]["amount"].as_i64().unwrap()).collect()
    };
    let expected: Vec<i64> = (1..=7).collect();

    let json = with(&[]).json();
    assert_eq!(prices(json.as_array().unwrap()), expected);
    let lines = with(&["-o", "jsonl"]).shown;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(prices(&lines), expected);
    let yaml = with(&["-o", "yaml"]).shown;
    assert_eq!(yaml.lines().filter(|line| line.starts_with("- id: prd_")).count(), 7, "{yaml}");
    let table = with(&["-o", "table"]).shown;
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 8, "{table}");
    assert!(lines[0].starts_with("id ") && lines[7].contains("0.07 EUR"), "{table}");
    let queried = with(&["--query", "items[].price.amount"]).shown;
    assert_eq!(queried, "1\n2\n3\n4\n5\n6\n7\n");

    let first = person.json(&["catalogue", "list-products", "--limit", "3"]);
    assert_eq!(first["items"].as_array().unwrap().len(), 3, "without --all there is one page");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_items_are_an_empty_list_in_every_form() {
    let shop = Shop::open(Engine::Sqlite).await;
    let person = Person::new(&shop);
    for (form, expected) in [("json", "[]\n"), ("yaml", "[]\n"), ("jsonl", ""), ("table", "")] {
        let run = person.run(&["catalogue", "list-products", "--all", "-o", form]);
        assert_eq!((run.code, run.shown.as_str()), (Some(0), expected), "{form}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_has_seen_enough_is_no_mistake() {
    let shop = shop_with(30).await;
    let person = Person::new(&shop);
    let mut command = person.command(&["catalogue", "list-products", "--limit", "1", "--all", "-o", "jsonl"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with('{'), "{line}");
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_shown_bare_for_a_shell_and_as_asked_for_otherwise() {
    let shop = shop_with(2).await;
    let person = Person::new(&shop);
    let of = |query: &str, form: &[&str]| {
        person.run(&[&["catalogue", "list-products", "--sort", "cheapest", "--query", query], form].concat())
    };
    let id = of("/items/0/id", &[]).shown;
    assert!(id.starts_with("prd_") && id.lines().count() == 1, "{id}");
    assert_eq!(of("items[0].id", &["-o", "json"]).shown, format!("\"{}\"\n", id.trim()));
    assert_eq!(of("items[].price.amount", &[]).shown, "1\n2\n");
    let nothing = of("items[].price.amont.x", &[]);
    assert_eq!(nothing.code, Some(0));
    let missing = of("item", &[]);
    assert_eq!(missing.code, Some(1));
    assert!(missing.told.contains("there is no `item`; there is items"), "{}", missing.told);
}
