//! The real program in a process of its own, started on a free port and found by its ready file.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

/// How long the program may take to serve, and to end.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(10);

/// A running server; it is killed when it is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// What the program wrote into its ready file.
    pub ready: Value,
    output: PathBuf,
}

impl Process {
    /// Starts `program` with these arguments and a data folder, and waits until it serves.
    ///
    /// # Panics
    /// If it does not serve in time; the message has what it printed.
    pub fn start(program: &str, arguments: &[&str], data: &Path) -> Self {
        let (ready_file, output) = (data.join("ready.json"), data.join("output.txt"));
        let _ = std::fs::remove_file(&ready_file);
        let printed = std::fs::File::create(&output).expect("the data folder can be written");
        let errors = printed.try_clone().expect("a file handle can be copied");
        let child = Command::new(program)
            .args(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .arg("--data-dir")
            .arg(data)
            .arg("--ready-file")
            .arg(&ready_file)
            .stdin(Stdio::null())
            .stdout(printed)
            .stderr(errors)
            .spawn()
            .expect("the program can be started");
        let mut process = Self { child, ready: Value::Null, output };
        let begun = Instant::now();
        loop {
            if let Some(ready) =
                std::fs::read(&ready_file).ok().and_then(|text| serde_json::from_slice(&text).ok())
            {
                process.ready = ready;
                return process;
            }
            let ended = process.child.try_wait().expect("a child can be asked");
            assert!(ended.is_none() && begun.elapsed() < PATIENCE, "{ended:?}: {}", process.output());
            std::thread::sleep(PAUSE);
        }
    }

    /// The address that it serves at.
    pub fn base_url(&self) -> &str {
        self.ready["base_url"].as_str().expect("the ready file has the address").trim_end_matches('/')
    }

    /// What it has printed so far.
    pub fn output(&self) -> String {
        std::fs::read_to_string(&self.output).unwrap_or_default()
    }

    /// Ends it at once, as a power failure would.
    ///
    /// # Errors
    /// If it has ended already.
    pub fn kill(mut self) -> io::Result<ExitStatus> {
        self.child.kill()?;
        self.child.wait()
    }

    /// Asks it to end.
    ///
    /// # Errors
    /// If it has ended already.
    pub fn terminate(&self) -> io::Result<()> {
        Ok(kill_process(Pid::from_child(&self.child), Signal::TERM)?)
    }

    /// Waits until it has ended.
    ///
    /// # Errors
    /// If it does not end in time.
    pub fn ended(&mut self) -> io::Result<ExitStatus> {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            if begun.elapsed() > PATIENCE {
                return Err(io::ErrorKind::TimedOut.into());
            }
            std::thread::sleep(PAUSE);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
