//! The domain stands on no framework: what it depends on is a list to be read in one glance.

/// Everything that the domain may depend on: values, their text forms, and nothing that serves, stores or schedules.
///
/// tokio is here for one thing, the task-local value that a request's deadline is: a value that goes with a task can
/// only be had from whoever runs the task. The next two tests keep it at that.
const ALLOWED: &[&str] = &["base64", "chrono", "serde", "serde_json", "sha2", "thiserror", "tokio", "uuid"];

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

#[test]
fn of_tokio_the_domain_takes_the_feature_of_task_locals_alone() {
    let manifest = include_str!("../Cargo.toml");
    let tokio = manifest.lines().find(|line| line.starts_with("tokio = "));
    assert_eq!(tokio, Some(r#"tokio = { version = "1", default-features = false, features = ["rt"] }"#));
}

#[test]
fn of_tokio_the_domain_uses_task_locals_alone() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut used = Vec::new();
    for file in std::fs::read_dir(folder).expect("the crate has its sources") {
        let source = std::fs::read_to_string(file.expect("a readable folder").path()).expect("a text");
        let shipped = source.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        let names = shipped.match_indices("tokio::").map(|(at, _)| {
            let rest = &shipped[at..];
            rest[..rest.find([' ', '(', ';', ',', '\n']).unwrap_or(rest.len())].to_owned()
        });
        used.extend(names);
    }
    assert_eq!(used, ["tokio::task_local!"]);
}
