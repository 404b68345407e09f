//! The program as it is run: settings, ready file, signals, exit codes.

use std::{
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use super::client::{PATIENCE, request};

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_orderly-server"));
    program.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

/// A started program, which ends with its test.
struct Started {
    child: Option<Child>,
    ready: Value,
}

impl Started {
    fn new(command: &str, folder: &Path) -> Self {
        let file = folder.join("ready.json");
        let child = program()
            .arg(command)
            .args(["--listen", "127.0.0.1:0", "--data-dir"])
            .arg(folder.join("data"))
            .arg("--ready-file")
            .arg(&file)
            .spawn()
            .unwrap();
        let mut started = Self { child: Some(child), ready: Value::Null };
        let begun = Instant::now();
        while started.ready.is_null() {
            assert!(begun.elapsed() < PATIENCE, "the program says that it is ready");
            std::thread::sleep(Duration::from_millis(20));
            if let Ok(text) = std::fs::read(&file) {
                started.ready = serde_json::from_slice(&text).unwrap();
            }
        }
        started
    }

    fn address(&self) -> std::net::SocketAddr {
        self.ready["base_url"].as_str().unwrap().strip_prefix("http://").unwrap().parse().unwrap()
    }

    fn terminate(mut self) -> Output {
        let child = self.child.take().unwrap();
        let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        child.wait_with_output().unwrap()
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[test]
fn all_mistakes_in_the_settings_are_printed_and_the_exit_code_is_2() {
    let output =
        program().args(["--listen", "nowhere"]).env("ORDERLY_LIMITS_DRAIN_MS", "soon").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("--listen") && text.contains("ORDERLY_LIMITS_DRAIN_MS"), "{text}");
}

#[test]
fn the_schema_of_the_settings_is_printed() {
    let output = program().arg("config-schema").output().unwrap();
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(schema["properties"]["listen"]["type"], "string");
}

#[test]
fn a_port_that_is_taken_ends_the_program_with_a_reason() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = TempDir::new().unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = program().args(["--listen", &address, "--data-dir"]).arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains(&format!("{address} cannot be listened on")), "{text}");
}

#[tokio::test]
async fn the_demo_gives_credentials_that_work() {
    let folder = TempDir::new().unwrap();
    let started = Started::new("demo", folder.path());
    assert!(started.ready["docs_url"].as_str().unwrap().ends_with("/docs/"));
    assert!(started.ready["database"].as_str().unwrap().starts_with("sqlite://"));
    for (login, role) in [("admin", "administrator"), ("customer", "customer")] {
        let token = started.ready[login]["access_token"].as_str().unwrap();
        let authorization = format!("authorization: Bearer {token}");
        let me = request(started.address(), "GET", "/v1/me", &[&authorization]).await;
        assert_eq!((me.status, &me.json()["role"]), (200, &role.into()));
    }
}

#[tokio::test]
async fn serving_makes_a_first_administrator_once_and_stops_when_told() {
    let folder = TempDir::new().unwrap();
    let printed = |output: &Output| String::from_utf8_lossy(&output.stdout).contains("First administrator: ");
    for first in [true, false] {
        let started = Started::new("serve", folder.path());
        assert!(started.ready.get("admin").is_none());
        std::fs::remove_file(folder.path().join("ready.json")).unwrap();
        let output = started.terminate();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(printed(&output), first);
    }
}
