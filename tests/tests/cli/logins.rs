//! Logging in and out, profiles, and who is told which secret.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use orderly_tests::{
    engines::Engine,
    shop::{PASSWORD, Shop, text},
};
use serde_json::json;

use crate::person::{Person, token};

fn file(person: &Person) -> PathBuf {
    person.home.path().join(".config/orderly/profiles.toml")
}

async fn logged_in(shop: &Shop) -> (Person, String) {
    let customer = shop.customer().await;
    let person = Person::without_address();
    let url = shop.unrecorded().base().to_owned();
    let run = person.run_with(
        &["login", &url, "--email", customer.email(), "--password-stdin"],
        &format!("{PASSWORD}\n"),
    );
    assert_eq!(run.code, Some(0), "{}", run.told);
    (person, customer.email().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_is_kept_for_its_owner_and_ends_with_the_logout() {
    let shop = Shop::open(Engine::Sqlite).await;
    let (person, email) = logged_in(&shop).await;
    let mode = fs::metadata(file(&person)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    assert!(!fs::read_to_string(file(&person)).unwrap().contains(PASSWORD), "the password is not kept");
    assert_eq!(person.json(&["whoami"])["email"], email.as_str());

    let shown = person.json(&["profile", "show"]);
    assert_eq!((&shown["account"], &shown["credentials"]), (&json!(email), &json!("login")));
    let secrets = fs::read_to_string(file(&person)).unwrap();
    let secret =
        secrets.lines().find_map(|line| line.strip_prefix("refresh_token = ")).unwrap().trim_matches('"');
    assert!(!shown.to_string().contains(secret));

    assert_eq!(person.run(&["logout"]).code, Some(0));
    let revoked = person.run(&[
        "accounts",
        "create-tokens",
        "--grant-type",
        "refresh_token",
        "--refresh-token",
        secret,
    ]);
    assert_eq!(revoked.code, Some(3), "{}", revoked.told);
    let afterwards = person.run(&["whoami"]);
    assert_eq!(afterwards.code, Some(3));
    assert!(afterwards.told.contains("orderly login"), "{}", afterwards.told);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_renewed_once_by_many_at_the_same_time_and_stored_again() {
    let shop = Shop::open(Engine::Sqlite).await;
    let (person, email) = logged_in(&shop).await;
    let before = fs::read_to_string(file(&person)).unwrap();
    // As if a day had gone by.
    let old: String = before
        .lines()
        .map(|line| {
            if line.starts_with("expires_at") {
                "expires_at = \"2020-01-01T00:00:00Z\"\n".to_owned()
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    fs::write(file(&person), old).unwrap();
    std::thread::scope(|scope| {
        let runs: Vec<_> =
            (0..6).map(|_| scope.spawn(|| person.run(&["whoami", "--query", "email"]))).collect();
        for run in runs {
            let run = run.join().unwrap();
            // A refresh token that is used twice would have revoked all.
            assert_eq!((run.code, run.shown.trim()), (Some(0), email.as_str()), "{}", run.told);
        }
    });
    let after = fs::read_to_string(file(&person)).unwrap();
    assert_ne!(before, after);
    assert_eq!(person.run(&["whoami"]).code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_refused_before_its_end_is_renewed_too() {
    let shop = Shop::open(Engine::Sqlite).await;
    let (person, _) = logged_in(&shop).await;
    let text = fs::read_to_string(file(&person)).unwrap();
    let spoilt: String = text
        .lines()
        .map(|line| {
            if line.starts_with("access_token") {
                "access_token = \"spoilt\"\n".to_owned()
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    fs::write(file(&person), spoilt).unwrap();
    assert_eq!(person.run(&["whoami"]).code, Some(0));
    assert!(!fs::read_to_string(file(&person)).unwrap().contains("spoilt"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_credentials_of_a_profile_go_to_its_own_address_only() {
    let shop = Shop::open(Engine::Sqlite).await;
    let other = shop.another(|_| {}).await;
    let (person, _) = logged_in(&shop).await;
    let run = person.run(&["whoami", "-v", "--url", other.unrecorded().base()]);
    assert_eq!(run.code, Some(3));
    let run = person.run(&["orders", "list", "-v", "--url", other.unrecorded().base()]);
    assert_eq!(run.code, Some(3));
    assert!(!run.told.contains("authorization"), "{}", run.told);
    assert!(run.told.contains("profile `default` is for another address"), "{}", run.told);
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_as_many_profiles_as_one_likes() {
    let shop = Shop::open(Engine::Sqlite).await;
    let (person, email) = logged_in(&shop).await;
    let key = shop
        .administrator
        .post("/v1/api-keys", json!({ "name": "Till", "scopes": ["orders:read"] }))
        .await
        .expect(201);
    let url = shop.unrecorded().base().to_owned();
    let with_key =
        person.run_with(&["login", &url, "--profile", "till", "--api-key", "-"], text(&key, "secret"));
    assert_eq!(with_key.code, Some(0), "{}", with_key.told);
    let names = person.run(&["profile", "list", "--query", "[].name"]);
    assert_eq!(names.shown, "default\ntill\n");
    assert_eq!(person.json(&["profile", "show"])["credentials"], "API key");
    assert_eq!(person.json(&["whoami"])["role"], "administrator");
    assert_eq!(person.json(&["whoami", "--profile", "default"])["email"], email.as_str());

    assert_eq!(person.run(&["profile", "use", "default"]).code, Some(0));
    assert_eq!(person.json(&["whoami"])["email"], email.as_str());
    assert_eq!(person.run(&["profile", "remove", "till"]).code, Some(0));
    let gone = person.run(&["whoami", "--profile", "till"]);
    assert_eq!(gone.code, Some(2));
    assert!(gone.told.contains("there is no profile `till`; there is default"), "{}", gone.told);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_is_refused_changes_nothing() {
    let shop = Shop::open(Engine::Sqlite).await;
    let (person, email) = logged_in(&shop).await;
    let before = fs::read_to_string(file(&person)).unwrap();
    let wrong = person.run_with(&["login", "--email", &email, "--password-stdin"], "not the password\n");
    assert_eq!(wrong.code, Some(3), "{}", wrong.told);
    assert!(wrong.told.contains("check the e-mail address and the password"), "{}", wrong.told);
    assert_eq!(person.run(&["login", "--api-key", "nonsense"]).code, Some(3));
    assert_eq!(fs::read_to_string(file(&person)).unwrap(), before);

    let nobody_there = person.run(&["login"]);
    assert_eq!(nobody_there.code, Some(2));
    assert!(nobody_there.told.contains("--email"), "{}", nobody_there.told);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_could_read_is_not_used() {
    let shop = Shop::open(Engine::Sqlite).await;
    let (person, _) = logged_in(&shop).await;
    fs::set_permissions(file(&person), fs::Permissions::from_mode(0o644)).unwrap();
    let run = person.run(&["whoami"]);
    assert_eq!(run.code, Some(1));
    assert!(run.told.contains("may be read by others") && run.told.contains("chmod 600"), "{}", run.told);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_comes_before_the_environment_and_that_before_the_profile() {
    let shop = Shop::open(Engine::Sqlite).await;
    let (person, email) = logged_in(&shop).await;
    let person = person.with("ORDERLY_TOKEN", token(&shop));
    assert_eq!(person.json(&["whoami"])["role"], "administrator");
    assert_eq!(person.json(&["whoami", "--profile", "default"])["email"], email.as_str());
    assert_eq!(person.run(&["whoami", "--token", "nonsense"]).code, Some(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logout_that_nobody_hears_forgets_the_tokens_all_the_same() {
    let shop = Shop::open(Engine::Sqlite).await;
    let (person, _) = logged_in(&shop).await;
    let text = fs::read_to_string(file(&person)).unwrap();
    fs::write(file(&person), text.replace(shop.unrecorded().base(), "http://127.0.0.1:1")).unwrap();
    let run = person.run(&["logout", "--retries", "0"]);
    assert_eq!(run.code, Some(9), "{}", run.told);
    assert!(run.told.contains("they are forgotten here, but could not be revoked"), "{}", run.told);
    assert!(!fs::read_to_string(file(&person)).unwrap().contains("refresh_token"));
}
