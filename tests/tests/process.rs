//! The real program, started and ended as an operating system does it.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::process::ExitCode;

use http::Method;
use orderly_tests::{
    engines::{Engine, Home},
    on_each_engine,
    process::{Process, Program},
    shop::{Caller, text},
};
use orderly_throwaway_postgres::run;
use serde_json::json;

const PROGRAM: &str = env!("CARGO_BIN_EXE_orderly-server-tested");

fn main() -> ExitCode {
    run(on_each_engine![
        the_demo_is_a_shop_with_people_to_try_it,
        a_new_shop_has_an_administrator_with_a_password_that_is_shown_once,
    ])
}

fn start(command: &[&str], home: &Home) -> Process {
    Program::new(PROGRAM, home.folder()).set("database_url", home.database_url()).start(command)
}

fn caller(process: &Process, who: &str) -> Caller {
    Caller::new(process.base_url().to_owned()).bearer(text(&process.ready[who], "access_token"))
}

async fn the_demo_is_a_shop_with_people_to_try_it(engine: Engine) {
    let home = Home::new(engine).await;
    let process = start(&["demo"], &home);
    let anonymous = Caller::new(process.base_url().to_owned());
    for (who, role) in [("admin", "administrator"), ("customer", "customer")] {
        assert_eq!(caller(&process, who).get("/v1/me").await.expect(200)["role"], role);
        let person = &process.ready[who];
        let grant =
            json!({ "grant_type": "password", "email": person["email"], "password": person["password"] });
        anonymous.post("/v1/tokens", grant).await.expect(200);
        assert!(process.output().contains(text(person, "password")), "{}", process.output());
    }
    let products = anonymous.get("/v1/products?limit=100").await.expect(200);
    let products = products["items"].as_array().unwrap();
    assert!(products.len() >= 24, "{} products", products.len());
    let mug = &products[0];
    let body = json!({ "lines": [{ "product_id": mug["id"], "quantity": 1 }] });
    let call =
        caller(&process, "customer").call(Method::POST, "/v1/orders").header("idempotency-key", "first");
    assert_eq!(call.json(&body).send().await.expect(201)["total"], mug["price"]);
}

async fn a_new_shop_has_an_administrator_with_a_password_that_is_shown_once(engine: Engine) {
    let home = Home::new(engine).await;
    let process = start(&[], &home);
    let output = process.output();
    let email = output.split_whitespace().find(|word| word.contains('@')).unwrap();
    let grants = output.split_whitespace().map(|password| {
        json!({ "grant_type": "password", "email": email, "password": password.chars().take(128).collect::<String>() })
    });
    let anonymous = Caller::new(process.base_url().to_owned());
    let mut tokens = None;
    for grant in grants.filter(|grant| text(grant, "password").len() >= 8) {
        let reply = anonymous.post("/v1/tokens", grant).await;
        if reply.status == 200 {
            tokens = Some(reply.json());
        }
    }
    let tokens = tokens.unwrap_or_else(|| panic!("no word of the output is the password: {output}"));
    let administrator = anonymous.bearer(text(&tokens, "access_token"));
    assert_eq!(administrator.get("/v1/me").await.expect(200)["role"], "administrator");

    process.kill().unwrap();
    let process = start(&["serve"], &home);
    assert!(!process.output().contains(email), "{}", process.output());
}
