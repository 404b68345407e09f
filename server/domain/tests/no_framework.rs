//! The domain stands on no framework: what it depends on is a list to be read in one glance.

/// Everything that the domain may depend on: values, their text forms, and nothing that serves, stores or schedules.
const ALLOWED: &[&str] = &["base64", "chrono", "serde", "serde_json", "sha2", "thiserror", "uuid"];

#[test]
fn the_domain_depends_on_no_framework() {
    let manifest = include_str!("../Cargo.toml");
    let dependencies: Vec<_> = manifest
        .lines()
        .skip_while(|line| *line != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(dependencies, ALLOWED);
}
