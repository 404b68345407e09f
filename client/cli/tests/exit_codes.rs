//! Each class of outcomes has its exit code, against a server that answers as it is told.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::json;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

fn orderly(arguments: &[&str], url: &str) -> Output {
    let home = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_orderly"))
        .args(arguments)
        .env_clear()
        .env("HOME", home.path())
        .env("ORDERLY_URL", url)
        .env("ORDERLY_TOKEN", "a-secret-token")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

async fn server(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

const LIST: [&str; 4] = ["orders", "list", "--retries", "0"];

#[tokio::test(flavor = "multi_thread")]
async fn each_status_ends_with_the_code_of_its_class() {
    let classes: [(i32, &[u16]); 8] = [
        (0, &[200, 204]),
        (1, &[418, 500]),
        (3, &[401]),
        (4, &[403]),
        (5, &[404, 410]),
        (6, &[409, 412, 428]),
        (7, &[400, 413, 415, 422]),
        (8, &[408, 429, 502, 503, 504]),
    ];
    for (code, statuses) in classes {
        for status in statuses {
            let answer = ResponseTemplate::new(*status).insert_header("x-request-id", "r-17");
            let problem =
                json!({ "status": status, "title": "Title", "detail": "Detail.", "code": "a_code" });
            let server = server(if *status == 204 { answer } else { answer.set_body_json(problem) }).await;
            let output = orderly(&LIST, &server.uri());
            assert_eq!(output.status.code(), Some(code), "{status}: {}", told(&output));
            if *status >= 400 {
                let told = told(&output);
                assert!(
                    told.contains("error: Title: Detail. (a_code)") && told.contains("request id: r-17"),
                    "{told}"
                );
                assert!(!told.contains("a-secret-token"), "{told}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_or_silent_ends_with_9() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", taken.local_addr().unwrap());
    let silent = orderly(&[&LIST[..], &["--timeout", "0.2"]].concat(), &address);
    assert_eq!(silent.status.code(), Some(9), "{}", told(&silent));
    drop(taken);
    let nowhere = orderly(&LIST, &address);
    assert_eq!(nowhere.status.code(), Some(9));
    let told = told(&nowhere);
    assert!(told.contains(&format!("cannot reach {address}: ")) && told.contains("ORDERLY_URL"), "{told}");
    assert_eq!(told.matches(&address).count(), 1, "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_no_problem_is_told_by_its_beginning_and_does_nothing_to_a_terminal() {
    let page = ResponseTemplate::new(502).set_body_string("<h1>Bad gateway</h1>\u{1b}[2J");
    let server = server(page).await;
    let output = orderly(&LIST, &server.uri());
    assert_eq!(output.status.code(), Some(8));
    let told = told(&output);
    assert!(
        told.contains("502") && told.contains("<h1>Bad gateway</h1>") && !told.contains('\u{1b}'),
        "{told}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_json_is_shown_as_it_came() {
    for body in [&b"plain text\n"[..], b"\x00\xff", b""] {
        let server = server(ResponseTemplate::new(200).set_body_bytes(body)).await;
        let output = orderly(&LIST, &server.uri());
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), body));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_current_version_is_no_mistake() {
    let server = server(ResponseTemplate::new(304)).await;
    let output =
        orderly(&["orders", "get", "ord_01kb2x9q3hfb8v6s1d4e7j0kmx", "--if-none-match", "v1"], &server.uri());
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0), "{}", told(&output));
    let sent = &server.received_requests().await.unwrap()[0];
    assert_eq!(sent.headers["if-none-match"], "\"v1\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_may_be_repeated_is_as_often_as_was_said() {
    let server = server(ResponseTemplate::new(503)).await;
    let output = orderly(&["orders", "list", "--retries", "2", "--header", "X-Shop: main"], &server.uri());
    assert_eq!(output.status.code(), Some(8));
    let sent = server.received_requests().await.unwrap();
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|request| request.headers["x-shop"] == "main"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_to_be_sent_is_sent() {
    let server = server(ResponseTemplate::new(201).set_body_json(json!({}))).await;
    let note = ["notes", "create", "--title", "a", "--body", "b", "-v"];
    let given = ["--idempotency-key", "mine", "--header", "X-Request-ID: also-mine"];
    for (more, key) in [(&[][..], None), (&given[..], Some("mine"))] {
        let output = orderly(&[&note[..], more].concat(), &server.uri());
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        let sent = server.received_requests().await.unwrap().pop().unwrap();
        assert!(key.is_none_or(|key| sent.headers["idempotency-key"] == key));
        for name in ["x-request-id", "idempotency-key", "content-type", "accept"] {
            let sent: Vec<_> = sent.headers.get_all(name).iter().collect();
            assert_eq!(sent.len(), 1, "{name}");
            let line = format!("> {name}: {}", sent[0].to_str().unwrap());
            assert!(told(&output).contains(&line), "{line} in {}", told(&output));
        }
    }
}

#[test]
fn a_word_that_is_no_subject_leads_to_its_commands() {
    let output = orderly(&["products", "list"], "http://127.0.0.1:1");
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("tip: orderly catalogue list-products"), "{}", told(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interruption_ends_with_130() {
    let server = server(ResponseTemplate::new(200).set_delay(Duration::from_secs(60))).await;
    let mut child = Command::new(env!("CARGO_BIN_EXE_orderly"))
        .args(LIST)
        .env_clear()
        .env("HOME", std::env::temp_dir().join("nobody"))
        .env("ORDERLY_URL", server.uri())
        .spawn()
        .unwrap();
    while server.received_requests().await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let process = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(process, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interruption_waits_for_the_new_refresh_token() {
    let tokens = json!({ "access_token": "new-access", "token_type": "Bearer", "expires_in": 900, "refresh_token": "new-refresh" });
    let answer = ResponseTemplate::new(200).set_body_json(tokens).set_delay(Duration::from_millis(500));
    let server = server(answer).await;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/orderly");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("profiles.toml");
    let login = "kind = \"login\"\naccess_token = \"old\"\nrefresh_token = \"old\"\nexpires_at = \"2020-01-01T00:00:00Z\"";
    let text =
        format!("[profiles.default]\nurl = \"{}\"\n[profiles.default.credentials]\n{login}\n", server.uri());
    std::fs::write(&file, text).unwrap();
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_orderly"))
        .args(LIST)
        .env_clear()
        .env("HOME", home.path())
        .spawn()
        .unwrap();
    while server.received_requests().await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let process = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(process, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let kept = std::fs::read_to_string(&file).unwrap();
    assert!(kept.contains("new-refresh") && kept.contains("new-access"), "{kept}");
}
