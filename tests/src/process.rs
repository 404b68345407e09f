//! The real program in a process of its own, started on a free port and found by its ready file.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
#[cfg(target_os = "linux")]
use rustix::process::{Resource, Rlimit};
use serde_json::Value;

/// How long the program may take to serve, and to end.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(10);

/// A program with a folder for what it keeps, and its settings.
#[derive(Debug, Clone)]
pub struct Program<'p> {
    executable: &'p str,
    folder: &'p Path,
    settings: Vec<(String, String)>,
    prelude: String,
}

/// A running server; it is killed when it is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// What the program wrote into its ready file.
    pub ready: Value,
    output: PathBuf,
}

impl<'p> Program<'p> {
    /// The program with the settings that it has without any, but for the rates: a test makes its requests in a second.
    pub fn new(executable: &'p str, folder: &'p Path) -> Self {
        let rates = ["rate.ip_per_minute", "rate.account_per_minute", "rate.login_per_minute"];
        let program = Self { executable, folder, settings: Vec::new(), prelude: ":".to_owned() };
        rates.into_iter().fold(program, |program, rate| program.set(rate, 1_000_000))
    }

    /// With a setting, such as `limits.request_ms`.
    pub fn set(mut self, setting: &str, value: impl ToString) -> Self {
        let variable = format!("ORDERLY_{}", setting.replace('.', "_").to_uppercase());
        self.settings.push((variable, value.to_string()));
        self
    }

    /// With something that a shell does before it becomes the program.
    pub fn after(mut self, prelude: impl Into<String>) -> Self {
        self.prelude = prelude.into();
        self
    }

    /// Starts it with these arguments and waits until it serves.
    ///
    /// # Panics
    /// If it does not serve in time; the message has what it printed.
    pub fn start(&self, arguments: &[&str]) -> Process {
        let (ready_file, output) = (self.folder.join("ready.json"), self.folder.join("output.txt"));
        let _ = std::fs::remove_file(&ready_file);
        let printed = std::fs::File::create(&output).expect("the data folder can be written");
        let errors = printed.try_clone().expect("a file handle can be copied");
        let child = Command::new("sh")
            .args(["-c", &format!("{}; exec \"$0\" \"$@\"", self.prelude), self.executable])
            .args(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .arg("--data-dir")
            .arg(self.folder)
            .arg("--ready-file")
            .arg(&ready_file)
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(printed)
            .stderr(errors)
            .spawn()
            .expect("the program can be started");
        let mut process = Process { child, ready: Value::Null, output };
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
}

impl Process {
    /// The address that it serves at.
    pub fn base_url(&self) -> &str {
        self.ready["base_url"].as_str().expect("the ready file has the address").trim_end_matches('/')
    }

    /// What it has printed so far.
    pub fn output(&self) -> String {
        std::fs::read_to_string(&self.output).unwrap_or_default()
    }

    /// The processor time that it has used, as Linux counts it.
    pub fn cpu(&self) -> Duration {
        let stat = self.proc("stat");
        // After the name, which may hold anything, in brackets: `utime` and `stime` are the fields 14 and 15 of all.
        let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().skip(11).take(2);
        let ticks: u64 = fields.map(|field| field.parse::<u64>().expect("a number of ticks")).sum();
        Duration::from_secs(ticks)
            / u32::try_from(rustix::param::clock_ticks_per_second()).expect("a few ticks")
    }

    /// The bytes of memory that it occupies, as Linux counts them.
    pub fn resident(&self) -> u64 {
        let status = self.proc("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a process has memory");
        let kib = line.trim().trim_end_matches("kB").trim_end();
        1024 * kib.parse::<u64>().expect("a number of KiB")
    }

    /// Files and connections that it has open, as Linux counts them.
    pub fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).map_or(0, Iterator::count)
    }

    /// From now on it may have no more than this of something; `None` is as much as the system allows.
    ///
    /// # Errors
    /// If it has ended already.
    #[cfg(target_os = "linux")]
    pub fn limit(&self, resource: Resource, current: Option<u64>) -> io::Result<()> {
        let own = rustix::process::getrlimit(resource);
        let limit = Rlimit { current: current.or(own.maximum), maximum: own.maximum };
        rustix::process::prlimit(Some(Pid::from_child(&self.child)), resource, limit)?;
        Ok(())
    }

    fn proc(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).expect("the process is there")
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
