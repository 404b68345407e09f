//! What is read from stdin and from people.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

use crate::error::Failure;

/// Everything that comes from stdin.
pub(crate) fn all_of_stdin() -> Result<Vec<u8>, Failure> {
    let mut all = Vec::new();
    io::stdin().lock().read_to_end(&mut all).map_err(|error| Failure::Other(format!("stdin: {error}")))?;
    Ok(all)
}

/// The first line of stdin, such as a secret that a program hands over.
pub(crate) fn line_of_stdin() -> Result<String, Failure> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| Failure::Other(format!("stdin: {error}")))?;
    let line = line.trim_end_matches(['\r', '\n']);
    if line.is_empty() {
        Err(Failure::Usage("stdin was to have a line, and has none".to_owned()))
    } else {
        Ok(line.to_owned())
    }
}

/// Whether somebody can be asked.
pub(crate) fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for a line; an empty one is the default, where there is one.
pub(crate) async fn text(question: &str, default: Option<&str>) -> Result<String, Failure> {
    let shown = default.map(|default| format!(" [{default}]")).unwrap_or_default();
    let question = format!("{question}{shown}: ");
    let default = default.map(str::to_owned);
    on_a_thread(move || {
        loop {
            ask(&question)?;
            let line = read_line()?;
            match (line.trim(), &default) {
                ("", Some(default)) => return Ok(default.clone()),
                ("", None) => {}
                (line, _) => return Ok(line.to_owned()),
            }
        }
    })
    .await
}

/// Asks for a secret, which the terminal does not show.
pub(crate) async fn secret(question: &str) -> Result<String, Failure> {
    let question = format!("{question}: ");
    // An interruption drops this, and the terminal shows again what is typed.
    #[cfg(unix)]
    let _restored = echo::Kept::now();
    on_a_thread(move || {
        ask(&question)?;
        console::Term::stderr().read_secure_line()
    })
    .await
}

fn ask(question: &str) -> io::Result<()> {
    let mut stderr = io::stderr().lock();
    stderr.write_all(question.as_bytes())?;
    stderr.flush()
}

fn read_line() -> io::Result<String> {
    let mut line = String::new();
    if io::stdin().lock().read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line)
}

/// Waits for somebody without keeping others from being heard, such as an interruption.
async fn on_a_thread<T: Send + 'static>(
    read: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    let read = tokio::task::spawn_blocking(read).await.map_err(|error| Failure::Other(error.to_string()))?;
    read.map_err(|error| Failure::Usage(format!("nothing was answered: {error}")))
}

#[cfg(unix)]
mod echo {
    //! How the terminal was, to be so again.

    use std::io;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    /// The state of a terminal, which comes back when this is dropped.
    pub(super) struct Kept(Option<Termios>);

    impl Kept {
        pub(super) fn now() -> Self {
            Self(tcgetattr(io::stdin()).ok())
        }
    }

    impl Drop for Kept {
        fn drop(&mut self) {
            if let Some(state) = &self.0 {
                // What cannot be restored cannot be told either: the program ends.
                let _ = tcsetattr(io::stdin(), OptionalActions::Now, state);
            }
        }
    }
}
