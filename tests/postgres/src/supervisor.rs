//! The shell that watches over a cluster's server: it starts and kills it as it is told, and when nobody is left to tell
//! it anything it ends the server and removes the folder.

use std::{
    fs::File,
    io::{self, Write},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
};

use crate::installation::{Installation, as_nobody};

/// Reads orders from a pipe whose other end this process holds, and nobody else: it closes however this process ends.
/// A pipe asks for nothing of the operating system that only Linux has.
const SCRIPT: &str = r#"
trap '' HUP INT TERM
folder=$1
shift
while read -r order; do
    case $order in
        start) "$@" & ;;
        kill) kill -KILL $!; wait $! ;;
    esac
done
kill -QUIT $!
wait $!
rm -rf -- "$folder"
"#;

/// A running supervisor. Dropped, it ends the server and removes the folder, and this waits for it.
#[derive(Debug)]
pub(crate) struct Supervisor {
    shell: Child,
    orders: Option<ChildStdin>,
}

impl Supervisor {
    /// Begins to watch over the folder; what the server prints goes into `log`.
    pub(crate) fn new(
        installation: &Installation,
        folder: &Path,
        log: File,
        arguments: &[String],
    ) -> io::Result<Self> {
        let mut shell = Command::new("sh");
        shell.args(["-c", SCRIPT, "orderly-throwaway-postgres"]).arg(folder);
        shell.arg(installation.path("postgres")).args(arguments);
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(log);
        // Ctrl-C ends this process, and the shell sees that: it must not be hit itself.
        let mut shell = as_nobody(shell).process_group(0).spawn()?;
        let orders = shell.stdin.take();
        Ok(Self { shell, orders })
    }

    /// Tells the shell to `start` or to `kill` the server.
    pub(crate) fn order(&self, order: &str) -> io::Result<()> {
        let mut pipe = self.orders.as_ref().expect("the pipe is open until the supervisor is dropped");
        writeln!(pipe, "{order}")
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        drop(self.orders.take());
        // Nothing is left to be done if there is no such child any more.
        let _ = self.shell.wait();
    }
}
