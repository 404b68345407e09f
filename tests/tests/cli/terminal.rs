//! The program in a pseudo-terminal: questions, secrets that are not shown, tables, colours, progress and Ctrl-C.

use std::io::{Read as _, Write as _};
use std::process::{Child, ExitStatus};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use orderly_tests::{
    engines::Engine,
    shop::{PASSWORD, Shop},
};
use pty_process::blocking::{Command, Pty, open};

use crate::person::{PROGRAM, Person};

/// How long the program may take to say something.
const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal that the program runs in.
struct Terminal {
    child: Child,
    keys: Arc<Pty>,
    screen: Arc<Mutex<String>>,
}

impl Terminal {
    /// Runs the program in a terminal with so many columns.
    fn run(person: &Person, arguments: &[&str], columns: u16) -> Self {
        Self::start(person, Command::new(PROGRAM).args(arguments), columns)
    }

    /// Runs a line of shell, to which the program is `$0`.
    fn shell(person: &Person, line: &str) -> Self {
        Self::start(person, Command::new("sh").args(["-c", line, PROGRAM]), 100)
    }

    fn start(person: &Person, command: Command, columns: u16) -> Self {
        let (pty, pts) = open().unwrap();
        pty.resize(pty_process::Size::new(40, columns)).unwrap();
        let command = command.env_clear().envs(person.environment());
        let child = command.env("TERM", "xterm-256color").current_dir(person.home.path()).spawn(pts).unwrap();
        let (keys, screen) = (Arc::new(pty), Arc::new(Mutex::new(String::new())));
        let (reader, shown) = (Arc::clone(&keys), Arc::clone(&screen));
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // A terminal whose program has ended fails to be read.
            while let Ok(count @ 1..) = (&*reader).read(&mut bytes) {
                shown.lock().unwrap().push_str(&String::from_utf8_lossy(&bytes[..count]));
            }
        });
        Self { child, keys, screen }
    }

    fn shown(&self) -> String {
        self.screen.lock().unwrap().clone()
    }

    /// Waits until this is on the screen.
    fn wait_for(&self, text: &str) {
        let begun = Instant::now();
        while !self.shown().contains(text) {
            assert!(begun.elapsed() < PATIENCE, "{text} does not come: {:?}", self.shown());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn press(&self, keys: &str) {
        (&*self.keys).write_all(keys.as_bytes()).unwrap();
    }

    /// Waits for the end, and gives all that was shown.
    fn end(mut self) -> (ExitStatus, String) {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What was written last may still be on its way.
                std::thread::sleep(Duration::from_millis(100));
                return (status, self.shown());
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end: {:?}", self.shown());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended already, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_asks_for_what_it_needs_and_never_shows_the_password() {
    let shop = Shop::open(Engine::Sqlite).await;
    let customer = shop.customer().await;
    let person = Person::without_address();
    let terminal = Terminal::run(&person, &["login"], 100);
    terminal.wait_for("Address [http://127.0.0.1:8080]: ");
    terminal.press(&format!("{}\n", shop.unrecorded().base()));
    terminal.wait_for("E-mail: ");
    terminal.press(&format!("{}\n", customer.email()));
    terminal.wait_for("Password: ");
    terminal.press(&format!("{PASSWORD}\n"));
    terminal.wait_for("Logged in to ");
    let (status, shown) = terminal.end();
    assert_eq!(status.code(), Some(0), "{shown}");
    assert!(shown.contains(customer.email()) && !shown.contains(PASSWORD), "{shown}");

    // A newcomer's next steps, with the profile that was made.
    let (status, shown) = Terminal::run(&person, &["whoami"], 100).end();
    assert_eq!(status.code(), Some(0), "{shown}");
    assert!(shown.contains("Ada Lovelace"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_question_ends_with_130_and_leaves_the_terminal_as_it_was() {
    let shop = Shop::open(Engine::Sqlite).await;
    let person = Person::new(&shop);
    // The shell's own question shows whether the terminal shows again what is typed.
    let line = "trap : INT; \"$0\" login --url \"$ORDERLY_URL\" --email ada@example.com; echo \"code $?\"; stty -a; read line";
    let terminal = Terminal::shell(&person, line);
    terminal.wait_for("Password: ");
    // The terminal is told not to show what is typed just after the question.
    std::thread::sleep(Duration::from_millis(300));
    terminal.press("\u{3}");
    terminal.wait_for("code 130");
    terminal.wait_for("echoe");
    assert!(
        terminal.shown().contains(" echo ") && !terminal.shown().contains("-echo "),
        "{}",
        terminal.shown()
    );
    terminal.press("\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_gets_a_table_that_fits_with_a_bold_headline() {
    let shop = Shop::open(Engine::Sqlite).await;
    shop.product(1890, 5).await;
    let person = Person::new(&shop);
    let (status, shown) = Terminal::run(&person, &["catalogue", "list-products"], 120).end();
    assert_eq!(status.code(), Some(0), "{shown}");
    assert!(shown.contains("\u{1b}[1mid") && shown.contains("18.90 EUR") && shown.contains("yes"), "{shown}");
    let plain = |shown: &str| shown.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
    let widest = plain(&shown).lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(120), "{shown}");

    let quiet = person.with("NO_COLOR", "1");
    let (_, shown) = Terminal::run(&quiet, &["catalogue", "list-products"], 120).end();
    assert!(!shown.contains('\u{1b}') && shown.contains("18.90 EUR"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_show_how_far_they_are_on_stderr_and_only_the_list_on_stdout() {
    let shop = Shop::open(Engine::Sqlite).await;
    for _ in 0..6 {
        shop.product(100, 1).await;
    }
    let person = Person::new(&shop);
    let file = person.home.path().join("list.jsonl");
    let line = "exec \"$0\" catalogue list-products --all --limit 2 -o jsonl > list.jsonl";
    let (status, shown) = Terminal::shell(&person, line).end();
    assert_eq!(status.code(), Some(0), "{shown}");
    assert!(shown.contains(" items, "), "{shown}");
    let list = std::fs::read_to_string(file).unwrap();
    assert_eq!(list.lines().count(), 6);
    assert!(!list.contains('\u{1b}'));
}
