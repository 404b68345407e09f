//! A server that runs: a process of its own on a free port, found by its ready file.

use std::fs::{self, File};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::ServerError;

/// How long the program may take to serve.
const PATIENCE: Duration = Duration::from_secs(60);

/// Time between two looks at the ready file: it is also how exact a start is measured.
const PAUSE: Duration = Duration::from_micros(200);

/// Every layer does its work, but nothing refuses what a command sends from one address and one account.
const SETTINGS: [(&str, &str); 5] = [
    ("ORDERLY_LIMITS_MAX_CONNECTIONS", "20000"),
    ("ORDERLY_LIMITS_SHUTDOWN_NOTICE_MS", "0"),
    ("ORDERLY_RATE_IP_PER_MINUTE", "10000000"),
    ("ORDERLY_RATE_ACCOUNT_PER_MINUTE", "10000000"),
    ("ORDERLY_RATE_LOGIN_PER_MINUTE", "10000000"),
];

/// A server that serves; it is ended when this is dropped.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// What it wrote into its ready file.
    pub(crate) ready: Value,
    /// From the start of the process to the ready file.
    pub(crate) started_within: Duration,
}

/// A program with the place where it keeps its files.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    pub(crate) executable: PathBuf,
    pub(crate) folder: PathBuf,
    /// A file in the folder when unset.
    pub(crate) database_url: Option<String>,
}

impl Program {
    /// Runs a command of the program (`serve`, `demo`) until it serves.
    pub(crate) fn start(&self, command: &str) -> Result<Running, ServerError> {
        let ready_file = self.folder.join("ready.json");
        let output = self.folder.join("output.txt");
        let _ = fs::remove_file(&ready_file);
        let begun = Instant::now();
        let child = self.spawn(command, &ready_file, &output)?;
        let mut running = Running {
            child,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            ready: Value::Null,
            started_within: Duration::ZERO,
        };
        loop {
            if let Some(ready) =
                fs::read(&ready_file).ok().and_then(|text| serde_json::from_slice::<Value>(&text).ok())
            {
                running.started_within = begun.elapsed();
                running.address = address(&ready)?;
                running.ready = ready;
                return Ok(running);
            }
            let ended = running.child.try_wait()?;
            if ended.is_some() || begun.elapsed() > PATIENCE {
                let output = fs::read_to_string(&output).unwrap_or_default();
                return Err(ServerError::NotServing { output });
            }
            thread::sleep(PAUSE);
        }
    }

    /// Its log goes into a file, as that of a service does; nothing of the caller's settings reaches it.
    fn spawn(&self, command: &str, ready_file: &Path, output: &Path) -> Result<Child, ServerError> {
        let log = File::create(output)?;
        let mut process = Command::new(&self.executable);
        for (name, _) in std::env::vars_os() {
            if name == "DATABASE_URL" || name.to_string_lossy().starts_with("ORDERLY_") {
                process.env_remove(name);
            }
        }
        process.envs(SETTINGS).arg(command).args(["--listen", "127.0.0.1:0"]);
        process.arg("--data-dir").arg(&self.folder).arg("--ready-file").arg(ready_file);
        process.args(self.database_url.iter().flat_map(|url| ["--database-url", url]));
        let spawned = process.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn();
        spawned.map_err(|source| ServerError::Start { program: self.executable.clone(), source })
    }
}

fn address(ready: &Value) -> Result<SocketAddr, ServerError> {
    let url = ready["base_url"].as_str().unwrap_or_default();
    let address = url.strip_prefix("http://").and_then(|address| address.parse().ok());
    address.ok_or_else(|| ServerError::NotServing { output: format!("the ready file says {ready}") })
}

impl Running {
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end, and waits.
    pub(crate) fn stop(mut self) -> io::Result<()> {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid {
            kill_process(pid, Signal::TERM)?;
        }
        self.child.wait().map(drop)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already; nobody is left to tell otherwise.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
