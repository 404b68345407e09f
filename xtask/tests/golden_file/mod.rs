//! Compares a text with a committed one, or writes it anew when `ORDERLY_BLESS` is set.

use std::fs;
use std::path::Path;

/// Whether committed texts are to be written anew.
pub(crate) fn is_blessing() -> bool {
    std::env::var_os("ORDERLY_BLESS").is_some()
}

/// Fails unless the file holds exactly `text`.
pub(crate) fn assert_golden(path: &Path, text: &str) {
    if is_blessing() {
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        return fs::write(path, text).expect("the file can be written");
    }
    let expected = fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{}: {error}; make it with ORDERLY_BLESS=1", path.display()));
    let line = 1 + expected.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
    assert!(
        text == expected,
        "{}:{line}: expected {:?}, found {:?}; ORDERLY_BLESS=1 writes it anew",
        path.display(),
        expected.lines().nth(line - 1),
        text.lines().nth(line - 1),
    );
}
