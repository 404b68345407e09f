//! The program's commands, run as an operator runs them.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::{
    collections::BTreeSet,
    os::unix::net::UnixDatagram,
    path::Path,
    process::{Command, Output},
    time::Duration,
};

use orderly_tests::{
    process::{Process, Program},
    shop::{Caller, text},
};
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_orderly-server-tested");

/// Runs a command to its end, with a data folder and nothing of this process's environment that would configure it.
fn run(arguments: &[&str], data: &Path) -> Output {
    Command::new(PROGRAM)
        .args(arguments)
        .arg("--data-dir")
        .arg(data)
        .env_remove("DATABASE_URL")
        .env_remove("ORDERLY_DATABASE_URL")
        .output()
        .unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn demo(data: &Path) -> Process {
    Program::new(PROGRAM, data).set("keys.check_ms", 50).start(&["demo"])
}

fn customer(process: &Process, credentials: &Value) -> Caller {
    Caller::new(process.base_url().to_owned()).bearer(text(&credentials["customer"], "access_token"))
}

#[test]
fn settings_are_checked_without_a_server() {
    let data = tempfile::tempdir().unwrap();
    let good = run(&["check-config"], data.path());
    assert_eq!((good.status.code(), printed(&good)), (Some(0), "ok\n".to_owned()));

    let bad = run(&["check-config", "--listen", "nowhere", "--limits-drain-ms", "soon"], data.path());
    assert_eq!(bad.status.code(), Some(2));
    let said = told(&bad);
    assert!(
        said.contains("--listen: ") && said.contains("--limits-drain-ms: has to be a whole number"),
        "{said}"
    );

    let certificate = data.path().join("missing.pem");
    let certificate = certificate.to_str().unwrap();
    let missing =
        run(&["check-config", "--tls-certificate", certificate, "--tls-key", certificate], data.path());
    assert_eq!(missing.status.code(), Some(1));
    assert!(told(&missing).contains("missing.pem"), "{}", told(&missing));
    assert!(std::fs::read_dir(data.path()).unwrap().next().is_none(), "a check leaves nothing");
}

#[test]
fn settings_are_printed_with_where_they_come_from_and_without_secrets() {
    let data = tempfile::tempdir().unwrap();
    let address = "postgres://orderly:s3cret@db.example/orderly";
    for command in ["print-config", "--print-config"] {
        let output = run(&[command, "--database-url", address], data.path());
        assert_eq!(output.status.code(), Some(0));
        let shown = printed(&output);
        assert!(
            shown.contains("db.example/orderly\" # --database-url") && !shown.contains("s3cret"),
            "{shown}"
        );
    }
}

#[test]
fn an_unknown_command_is_told_so() {
    let data = tempfile::tempdir().unwrap();
    let output = run(&["explode"], data.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("explode"), "{}", told(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_are_made_by_a_command_of_their_own() {
    let data = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let output = run(&["migrate"], data.path());
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        assert!(printed(&output).contains("orderly.db is up to date"), "{}", printed(&output));
    }
    // What stands where its folder would have to be is a file.
    let nowhere = format!("sqlite://{}/orderly.db", data.path().join("orderly.db").display());
    let none = run(&["migrate", "--database-url", &nowhere], data.path());
    assert_eq!(none.status.code(), Some(1));
    let said = told(&none);
    assert!(
        said.contains("the database cannot be opened: ") && said.contains("orderly.db cannot be made"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_running_shop_is_a_shop() {
    let (data, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let process = demo(data.path());
    let credentials = process.ready.clone();
    let products = customer(&process, &credentials).get("/v1/products?limit=100").await.expect(200);

    // As docs/operations.md says: the copy takes the database's name in a data folder.
    let copy = kept.path().join("orderly.db");
    let output = run(&["backup", copy.to_str().unwrap()], data.path());
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let again = run(&["backup", copy.to_str().unwrap()], data.path());
    assert_eq!(again.status.code(), Some(1));
    assert!(told(&again).contains("exists already"), "{}", told(&again));
    drop(process);

    let restored = Program::new(PROGRAM, kept.path()).start(&[]);
    let customer = customer(&restored, &credentials);
    assert_eq!(customer.get("/v1/products?limit=100").await.expect(200), products);
    assert_eq!(customer.get("/v1/me").await.expect(200)["role"], "customer");
}

#[test]
fn there_is_no_backup_of_what_is_not_there() {
    let data = tempfile::tempdir().unwrap();
    let copy = data.path().join("copy.db");
    let missing = run(&["backup", copy.to_str().unwrap()], data.path());
    assert_eq!(missing.status.code(), Some(1));
    assert!(told(&missing).contains("orderly.db"), "{}", told(&missing));

    let address = "postgres://orderly:s3cret@db.example/orderly";
    let other = run(&["backup", copy.to_str().unwrap(), "--database-url", address], data.path());
    assert_eq!(other.status.code(), Some(2));
    assert!(told(&other).contains("pg_dump") && !told(&other).contains("s3cret"), "{}", told(&other));
    assert!(std::fs::read_dir(data.path()).unwrap().next().is_none(), "nothing is left behind");
}

#[test]
fn keys_of_a_database_that_is_not_there_are_not_rotated() {
    let data = tempfile::tempdir().unwrap();
    let output = run(&["rotate-keys", "--leaked"], data.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("orderly.db does not exist"), "{}", told(&output));
    assert!(std::fs::read_dir(data.path()).unwrap().next().is_none(), "nothing is left behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_follows_a_rotation_and_logs_nobody_out() {
    let data = tempfile::tempdir().unwrap();
    let process = demo(data.path());
    let customer = customer(&process, &process.ready);
    let output = run(&["rotate-keys"], data.path());
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let kid = printed(&output).split_whitespace().next().unwrap().to_owned();

    let published =
        async || customer.get("/.well-known/jwks.json").await.expect(200).to_string().contains(&kid);
    while !published().await {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    customer.get("/v1/me").await.expect(200);

    let output = run(&["rotate-keys", "--leaked"], data.path());
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    while customer.get("/v1/me").await.status != 401 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_fails_says_why_and_uses_nothing_up() {
    let data = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(&["serve", "--listen", &address], data.path());
    assert_eq!(output.status.code(), Some(1));
    let said = told(&output);
    assert!(said.contains(&format!("{address} cannot be listened on: ")), "{said}");
    assert!(!printed(&output).contains("password"), "{}", printed(&output));

    let process = Program::new(PROGRAM, data.path()).start(&[]);
    assert!(process.output().contains("First administrator: "), "{}", process.output());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_manager_is_told_when_the_server_serves_lives_and_ends() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let next = || {
        let mut message = [0; 64];
        let length = socket.recv(&mut message).unwrap();
        String::from_utf8_lossy(&message[..length]).into_owned()
    };
    let variables = format!("export WATCHDOG_USEC=20000 NOTIFY_SOCKET='{}'", path.display());
    let mut process = Program::new(PROGRAM, data.path()).after(variables).start(&[]);
    assert_eq!([next(), next(), next()], ["READY=1\n", "WATCHDOG=1\n", "WATCHDOG=1\n"]);
    process.terminate().unwrap();
    while next() != "STOPPING=1\n" {}
    assert!(process.ended().unwrap().success());
}

/// docs/operations.md explains each metric of a server, and none that no server has.
#[tokio::test(flavor = "multi_thread")]
async fn the_metrics_that_are_explained_are_those_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = std::fs::read_to_string(root.join("docs/operations.md")).unwrap();
    let (_, metrics) = page.split_once("## Metrics").unwrap();
    let (metrics, _) = metrics.split_once("\n## ").unwrap();
    let rows = metrics.lines().filter_map(|line| line.strip_prefix("| `")?.split('|').next());
    let explained: BTreeSet<&str> = rows
        .flat_map(|names| names.split(['`', ',', ' ']))
        .filter(|name| !name.is_empty())
        .map(|name| name.strip_suffix("_total").unwrap_or(name))
        .collect();

    let data = tempfile::tempdir().unwrap();
    let process = Program::new(PROGRAM, data.path()).set("operations.listen", "127.0.0.1:0");
    let process = process.set("contract_watch.sample_per_mille", "1").start(&[]);
    // What is counted by its labels is there once there was one.
    Caller::new(process.base_url().to_owned()).get("/v1/products").await.expect(200);
    let address = format!("{}/metrics", text(&process.ready, "operations_url"));
    let text = reqwest::get(address).await.unwrap().text().await.unwrap();
    let there: BTreeSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    drop(process);
    let unexplained: Vec<_> = there.difference(&explained).collect();
    assert_eq!(unexplained, Vec::<&&str>::new());

    // What only another database, a certificate or a collector of traces brings along.
    let elsewhere = [
        "db_client_connection_max",
        "db_client_connection_pending_requests",
        "orderly_contract_violations",
        "orderly_tls_certificate_expiry_timestamp_seconds",
        "orderly_trace_spans",
    ];
    let nowhere: Vec<_> = explained.difference(&there).filter(|name| !elsewhere.contains(name)).collect();
    assert_eq!(nowhere, Vec::<&&str>::new());
}
