//! Somebody at a keyboard: a home folder, an address, and a way to run the program.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use orderly_tests::shop::Shop;
use serde_json::Value;
use tempfile::TempDir;

/// The program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_orderly-tested");

/// Somebody with a home of their own.
pub(crate) struct Person {
    pub(crate) home: TempDir,
    environment: Vec<(&'static str, String)>,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) shown: String,
    pub(crate) told: String,
}

impl Person {
    /// Somebody who has never used the program, in front of a shop.
    pub(crate) fn new(shop: &Shop) -> Self {
        Self::without_address().with("ORDERLY_URL", shop.unrecorded().base())
    }

    /// Somebody who has never used the program.
    pub(crate) fn without_address() -> Self {
        Self { home: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }

    /// With a variable in the environment.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// The first administrator of a shop, by their token.
    pub(crate) fn administrator(shop: &Shop) -> Self {
        Self::new(shop).with("ORDERLY_TOKEN", token(shop))
    }

    /// What the program finds in its environment: nothing of this process's that would configure it.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let home = self.home.path().display().to_string();
        let path = std::env::var("PATH").unwrap();
        let own = [("HOME", home), ("PATH", path), ("TZ", "UTC".to_owned())];
        own.into_iter().chain(self.environment.iter().cloned()).collect()
    }

    /// The program with these arguments.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env_clear().envs(self.environment()).current_dir(self.home.path());
        command
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.command(arguments).stdin(Stdio::null()).output().unwrap().into()
    }

    /// Runs the program with this on stdin.
    pub(crate) fn run_with(&self, arguments: &[&str], stdin: &str) -> Run {
        let mut command = self.command(arguments);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // It may end without reading it.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        child.wait_with_output().unwrap().into()
    }

    /// Runs the program, which has to do well, and reads what it shows.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        self.run(arguments).json()
    }
}

/// The access token of the first administrator.
pub(crate) fn token(shop: &Shop) -> String {
    shop.administrator.authorization().trim_start_matches("Bearer ").to_owned()
}

impl Run {
    /// What was shown, of a run that did well.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.code, Some(0), "{}", self.told);
        serde_json::from_str(&self.shown).unwrap_or_else(|error| panic!("{error}: {}", self.shown))
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            shown: String::from_utf8(output.stdout).unwrap(),
            told: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
