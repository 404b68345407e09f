//! Puts the configuration together (defaults, file, environment, flags) and reports every mistake at once.

use std::{collections::BTreeMap, fmt, ops::Range, path::Path};

use toml::{Table, Value};
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use super::{
    Config, DEFAULTS, Effective, Invocation, rules,
    settings::{Setting, settings},
};

/// Every mistake that was found, each with the place it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(pub Vec<String>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration cannot be used:")?;
        self.0.iter().try_for_each(|mistake| write!(f, "\n  - {mistake}"))
    }
}

impl std::error::Error for Mistakes {}

/// One value from one place.
struct Override {
    path: Vec<String>,
    value: Value,
    origin: String,
}

/// The configuration that applies. `environment` looks a variable up; an empty one counts as unset.
///
/// # Errors
/// All mistakes in the file, the environment and the flags together.
pub fn load(
    invocation: &Invocation,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Config, Mistakes> {
    Ok(effective(invocation, environment)?.config)
}

/// Like [`load`], with where each value comes from.
///
/// # Errors
/// As [`load`].
pub fn effective(
    invocation: &Invocation,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Effective, Mistakes> {
    let variable = |name: &str| environment(name).filter(|text| !text.is_empty());
    let settings = settings();
    let mut mistakes = Vec::new();
    let file = invocation.file.clone().or_else(|| variable("ORDERLY_CONFIG").map(Into::into));
    let mut overrides = file.map(|file| in_file(&file, &settings, &mut mistakes)).unwrap_or_default();
    let given = settings.iter().filter_map(|setting| in_environment(setting, variable));
    let given = given.chain(settings.iter().filter_map(|setting| in_flags(setting, invocation)));
    for (setting, text, origin) in given {
        match setting.value(&text) {
            Ok(value) => overrides.push(Override { path: setting.path.clone(), value, origin }),
            Err(expected) => mistakes.push(format!("{origin}: {expected}")),
        }
    }

    let defaults: Table = DEFAULTS.parse().expect("config.default.toml is TOML: a test loads it");
    let mut merged = defaults.clone();
    let mut origins = BTreeMap::new();
    for Override { path, value, origin } in overrides {
        // Alone on top of the defaults, which are good: whatever is wrong is this value's fault.
        let mut alone = defaults.clone();
        put(&mut alone, &path, value.clone());
        match checked(alone) {
            Ok(_) => {
                put(&mut merged, &path, value);
                origins.insert(path.join("."), origin);
            }
            Err(what) => mistakes.push(format!("{origin}: {what}")),
        }
    }
    if !mistakes.is_empty() {
        return Err(Mistakes(mistakes));
    }
    let config = checked(merged).map_err(|what| Mistakes(vec![what]))?;
    let place = |key: &str| origins.get(key).map_or("the defaults", String::as_str).to_owned();
    let contradictions = rules::contradictions(&config, place);
    if contradictions.is_empty() { Ok(Effective { config, origins }) } else { Err(Mistakes(contradictions)) }
}

fn in_environment(
    setting: &Setting,
    variable: impl Fn(&str) -> Option<String>,
) -> Option<(&Setting, String, String)> {
    let mut name = setting.variable();
    let mut text = variable(&name);
    if text.is_none() && name == "ORDERLY_DATABASE_URL" {
        name = "DATABASE_URL".to_owned();
        text = variable(&name);
    }
    text.map(|text| (setting, text, name))
}

fn in_flags<'s>(setting: &'s Setting, invocation: &Invocation) -> Option<(&'s Setting, String, String)> {
    let text = invocation.flags.get(&setting.key())?;
    Some((setting, text.clone(), format!("--{}", setting.flag())))
}

fn in_file(file: &Path, settings: &[Setting], mistakes: &mut Vec<String>) -> Vec<Override> {
    let name = file.display();
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            mistakes.push(format!("{name}: {error}"));
            return Vec::new();
        }
    };
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            mistakes.push(format!("{name}{}: {}", line_and_column(&text, error.span()), error.message()));
            return Vec::new();
        }
    };
    let mut leaves = Vec::new();
    flatten(table, &[], &mut leaves);
    let mut overrides = Vec::new();
    for (path, value) in leaves {
        let origin = format!("{name}: {}", path.join("."));
        match settings.iter().find(|setting| setting.path == path) {
            Some(setting) if setting.takes(&value) => overrides.push(Override { path, value, origin }),
            Some(setting) => mistakes.push(format!("{origin}: {}", setting.expected())),
            None => mistakes.push(format!("{name}: {}", unknown(&path, settings))),
        }
    }
    overrides
}

/// Where a file is no TOML, as `:line:column`. The line itself is not shown: it may hold a password.
fn line_and_column(text: &str, span: Option<Range<usize>>) -> String {
    let Some(before) = span.and_then(|span| text.get(..span.start)) else { return String::new() };
    let column = before.chars().rev().take_while(|char| *char != '\n').count() + 1;
    format!(":{}:{column}", before.matches('\n').count() + 1)
}

/// What to say of a name that no setting has.
fn unknown(path: &[String], settings: &[Setting]) -> String {
    let name = path.join(".");
    if settings.iter().any(|setting| setting.path.len() > path.len() && setting.path.starts_with(path)) {
        return format!("{name} is a section: write [{name}] and its settings below");
    }
    let likeness = |setting: &Setting| (strsim::jaro_winkler(&setting.key(), &name) * 1000.0) as u32;
    match settings.iter().max_by_key(|setting| likeness(setting)).filter(|setting| likeness(setting) > 850) {
        Some(meant) => format!("there is no setting {name}; did you mean {}?", meant.key()),
        None => format!("there is no setting {name}"),
    }
}

/// The values of a table and of the tables in it, each with its path.
fn flatten(table: Table, above: &[String], leaves: &mut Vec<(Vec<String>, Value)>) {
    for (key, value) in table {
        let path = [above, &[key]].concat();
        match value {
            Value::Table(inner) => flatten(inner, &path, leaves),
            value => leaves.push((path, value)),
        }
    }
}

fn put(table: &mut Table, path: &[String], value: Value) {
    match path {
        [] => {}
        [key] => {
            table.insert(key.clone(), value);
        }
        [section, rest @ ..] => {
            let inner = table.entry(section.clone()).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

fn checked(table: Table) -> Result<Config, String> {
    let config: Config =
        Value::Table(table).try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
    config.validate().map_err(|errors| described(&errors).join("; "))?;
    Ok(config)
}

fn described(errors: &ValidationErrors) -> Vec<String> {
    let mut all = Vec::new();
    for kind in errors.errors().values() {
        match kind {
            ValidationErrorsKind::Struct(inner) => all.extend(described(inner)),
            ValidationErrorsKind::List(items) => {
                all.extend(items.values().flat_map(|inner| described(inner)))
            }
            ValidationErrorsKind::Field(found) => all.extend(found.iter().map(|error| {
                match (&error.message, error.params.get("min"), error.params.get("max")) {
                    (Some(message), ..) => message.to_string(),
                    (None, Some(min), Some(max)) => format!("has to be from {min} to {max}"),
                    (None, ..) => format!("breaks the rule {}", error.code),
                }
            })),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{super::flags::invocation, *};

    fn with(line: &[&str], environment: &[(&str, &str)]) -> Result<Config, Mistakes> {
        let invocation = invocation([&["orderly-server"], line].concat()).unwrap();
        load(&invocation, |name| {
            environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn nothing_configured_gives_the_defaults() {
        let config = with(&[], &[("ORDERLY_LISTEN", "")]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.database().to_string(), "sqlite://./data/orderly.db");
        assert_eq!(config.limits.max_body_bytes, 1 << 20);
    }

    #[test]
    fn a_flag_beats_the_environment_which_beats_the_file() {
        let file = file("listen = \"127.0.0.1:1\"\ndata_dir = \"file\"\n[limits]\ndrain_ms = 1\n");
        let path = file.path().to_str().unwrap();
        let environment =
            [("ORDERLY_CONFIG", path), ("ORDERLY_LISTEN", "127.0.0.1:2"), ("ORDERLY_DATA_DIR", "env")];
        let config = with(&["--listen", "127.0.0.1:3"], &environment).unwrap();
        assert_eq!(config.listen.port(), 3);
        assert_eq!(config.data_dir.to_str(), Some("env"));
        assert_eq!(config.limits.drain_ms, 1);
    }

    #[test]
    fn the_common_name_of_the_database_variable_is_a_fallback() {
        let both = [("DATABASE_URL", "sqlite://common"), ("ORDERLY_DATABASE_URL", "sqlite://own")];
        assert_eq!(with(&[], &both[..1]).unwrap().database().to_string(), "sqlite://common");
        assert_eq!(with(&[], &both).unwrap().database().to_string(), "sqlite://own");
    }

    #[test]
    fn all_mistakes_are_reported_with_their_places() {
        let file = file(
            "lisen = \"127.0.0.1:1\"\n[limits]\ndrain_ms = \"soon\"\n[log]\nformat = \"xml\"\n[zzz]\nzzz = 1\n",
        );
        let path = file.path().to_str().unwrap();
        let environment = [("ORDERLY_LIMITS_MAX_BODY_BYTES", "0"), ("DATABASE_URL", "mysql://x")];
        let Mistakes(found) =
            with(&["--config", path, "--listen", "nowhere", "--log-level", "loud"], &environment)
                .unwrap_err();
        let expected = [
            ": there is no setting lisen; did you mean listen?",
            ": there is no setting zzz.zzz",
            ": limits.drain_ms: has to be a whole number",
            ": log.format: ",
            "ORDERLY_LIMITS_MAX_BODY_BYTES: has to be from 1 to 104857600",
            "DATABASE_URL: the address has to begin with sqlite://, postgres://",
            "--listen: `nowhere` has to be an IP address and a port, such as 127.0.0.1:8080",
            "--log-level: `loud` is no level",
        ];
        for part in expected {
            assert!(found.iter().any(|mistake| mistake.contains(part)), "{part} in {found:#?}");
        }
        assert_eq!(found.len(), expected.len(), "{found:#?}");
    }

    #[test]
    fn a_file_that_is_no_toml_is_told_by_its_place_and_not_shown() {
        let texts = [
            "\n  database_url = \"postgres://joe:S3cret@host/x\n",
            "\n  database_url = postgres://joe:S3cret@host/x",
            "database_url = \"postgres://joe:S3cret@host/x\"\ndatabase_url = \"postgres://joe:S3cret@host/y\"",
        ];
        for text in texts {
            let broken = file(text);
            let Mistakes(found) = with(&["--config", broken.path().to_str().unwrap()], &[]).unwrap_err();
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains(":2:") && !found[0].contains("S3cret"), "{}", found[0]);
        }
    }

    #[test]
    fn a_file_that_is_missing_or_no_toml_is_a_mistake() {
        assert!(with(&["--config", "/nonexistent/orderly.toml"], &[]).is_err());
        let broken = file("listen = ");
        assert!(with(&["--config", broken.path().to_str().unwrap()], &[]).is_err());
    }

    #[test]
    fn a_section_that_is_written_as_a_setting_is_told_so() {
        let file = file("limits = 5\n");
        let Mistakes(found) = with(&["--config", file.path().to_str().unwrap()], &[]).unwrap_err();
        assert!(
            found[0].ends_with(": limits is a section: write [limits] and its settings below"),
            "{found:?}"
        );
    }

    #[test]
    fn an_empty_path_is_no_path() {
        for flag in ["--data-dir", "--ready-file", "--tls-key"] {
            let Mistakes(found) = with(&[flag, ""], &[]).unwrap_err();
            assert_eq!(found, [format!("{flag}: is empty: it has to name a file or folder")]);
        }
    }

    #[test]
    fn settings_that_contradict_each_other_are_told_with_their_places() {
        let environment = [("ORDERLY_LIMITS_MAX_REQUESTS", "64"), ("ORDERLY_TLS_KEY", "key.pem")];
        let line = [
            "--database-min-connections=17",
            "--database-read-url=postgres://replica/orderly",
            "--operations-listen=127.0.0.1:8080",
        ];
        let Mistakes(found) = with(&line, &environment).unwrap_err();
        let expected = [
            "limits.reserved_requests (64, from the defaults) has to be less than limits.max_requests (64, from ORDERLY_LIMITS_MAX_REQUESTS)",
            "database.min_connections (17, from --database-min-connections) must not be more than database.max_connections (16, from the defaults)",
            "tls.key (from ORDERLY_TLS_KEY) needs tls.certificate",
            "database.read_url (from --database-read-url) is for PostgreSQL, and database_url (from the defaults) names SQLite",
            "operations.listen (from --operations-listen) has to be another address than listen (from the defaults)",
        ];
        assert_eq!(found, expected);
        let Mistakes(found) = with(&["--operations-profiling", "true"], &[]).unwrap_err();
        assert!(
            found[0].starts_with("operations.profiling (from --operations-profiling) needs"),
            "{found:?}"
        );
    }

    #[test]
    fn settings_that_are_good_only_together_are_taken() {
        let line = [
            "--limits-max-requests=2000",
            "--limits-reserved-requests=1000",
            "--tls-key=k",
            "--tls-certificate=c",
        ];
        let config = with(&line, &[]).unwrap();
        assert!(config.tls.files().is_some());
        assert_eq!(config.limits.reserved_requests, 1000);
    }

    #[test]
    fn no_mistake_repeats_a_password() {
        let address = "postgres://orderly:s3cret@db.example:port/orderly";
        let Mistakes(found) =
            with(&["--database-read-url", address], &[("DATABASE_URL", address)]).unwrap_err();
        assert_eq!(found.len(), 2);
        assert!(!found.concat().contains("s3cret"), "{found:?}");
    }
}
