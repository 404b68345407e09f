//! Compares a text with a committed one, or writes it anew when `ORDERLY_BLESS` is set.

use std::path::Path;

/// Fails unless the file holds exactly `text`.
pub(crate) fn assert_golden(path: &Path, text: &str) {
    if std::env::var_os("ORDERLY_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{}: {error}; make it with ORDERLY_BLESS=1", path.display()));
    assert_eq!(text, expected, "{} differs; ORDERLY_BLESS=1 writes it anew", path.display());
}
