//! The help of every level reads as it did when somebody last read it: `ORDERLY_BLESS=1` writes it anew, and the difference
//! is to be read before it is committed.

use std::fs;
use std::path::Path;
use std::process::Command;

/// What the program prints for these arguments, in a terminal of the usual width.
fn help(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_orderly"))
        .args(arguments)
        .arg("--help")
        .env_clear()
        .env("COLUMNS", "100")
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    assert!(output.stderr.is_empty(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("a help is text")
}

/// The names under a headline of a help.
fn listed(help: &str, headline: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != headline).skip(1);
    let names =
        lines.take_while(|line| line.starts_with("  ")).filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

#[test]
fn the_help_of_every_level_is_as_committed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/help");
    let is_blessing = std::env::var_os("ORDERLY_BLESS").is_some();
    let mut seen = 0;
    let mut check = |name: &str, text: &str| {
        let path = folder.join(format!("{name}.txt"));
        if is_blessing {
            fs::write(&path, text).expect("the file can be written");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(text, expected, "{}; ORDERLY_BLESS=1 writes it anew", path.display());
        seen += 1;
    };
    let root = help(&[]);
    check("orderly", &root);
    let subjects = listed(&root, "Commands by subject:");
    let others = listed(&root, "Other commands:");
    assert!(subjects.len() >= 5 && others.len() >= 6, "{root}");
    for name in subjects.iter().chain(&others) {
        let of_group = help(&[name]);
        let mut text = of_group.clone();
        for command in listed(&of_group, "Commands:") {
            // A page for each subject, with those of its commands.
            text.push_str(&format!("\n{}\n\n{}", "-".repeat(80), help(&[name, &command])));
        }
        check(name, &text);
    }
    assert_eq!(fs::read_dir(&folder).expect("the folder is there").count(), seen, "no help is left over");
}

#[test]
fn help_is_the_same_by_both_options_and_fits_its_terminal() {
    for arguments in [&[][..], &["orders"], &["orders", "create"], &["login"]] {
        let long = help(arguments);
        let short = Command::new(env!("CARGO_BIN_EXE_orderly"))
            .args(arguments)
            .arg("-h")
            .env_clear()
            .env("COLUMNS", "100")
            .output()
            .expect("the program starts");
        assert_eq!(String::from_utf8_lossy(&short.stdout), long);
        assert!(long.lines().all(|line| line.chars().count() <= 100), "{long}");
    }
}
