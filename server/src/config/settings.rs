//! The list of settings, read from the configuration's JSON Schema: flags and environment follow from it.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::Config;

/// What kind of value a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    Switch,
    /// Texts; with commas between them in flags and in the environment.
    List,
}

/// One setting, such as `limits.drain_ms`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    /// Its name in the file: section and key.
    pub(super) path: Vec<String>,
    /// What it takes.
    pub(super) kind: Kind,
    /// One line of explanation.
    pub(super) help: String,
}

impl Setting {
    /// `limits.drain_ms`
    pub(super) fn key(&self) -> String {
        self.path.join(".")
    }

    /// `limits-drain-ms`, to be written with two hyphens before it.
    pub(super) fn flag(&self) -> String {
        self.path.join("-").replace('_', "-")
    }

    /// `ORDERLY_LIMITS_DRAIN_MS`
    pub(super) fn variable(&self) -> String {
        format!("ORDERLY_{}", self.path.join("_").to_uppercase())
    }

    /// The text of a flag or variable as a value of this setting's kind.
    ///
    /// # Errors
    /// What it has to be.
    pub(super) fn value(&self, text: &str) -> Result<toml::Value, String> {
        match self.kind {
            Kind::Text => Ok(toml::Value::String(text.to_owned())),
            // As in the file, where digits may be grouped.
            Kind::Number => {
                text.replace('_', "").parse().map(toml::Value::Integer).map_err(|_| self.expected())
            }
            Kind::Switch => text.parse().map(toml::Value::Boolean).map_err(|_| self.expected()),
            Kind::List => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                Ok(toml::Value::Array(items.map(toml::Value::from).collect()))
            }
        }
    }

    /// Whether a value of the file is of this setting's kind.
    pub(super) fn takes(&self, value: &toml::Value) -> bool {
        match self.kind {
            Kind::Text => value.is_str(),
            Kind::Number => value.is_integer(),
            Kind::Switch => value.is_bool(),
            Kind::List => value.as_array().is_some_and(|items| items.iter().all(toml::Value::is_str)),
        }
    }

    /// What its value has to be.
    pub(super) fn expected(&self) -> String {
        match self.kind {
            Kind::Text => "has to be text in quotes",
            Kind::Number => "has to be a whole number",
            Kind::Switch => "has to be true or false",
            Kind::List => "has to be a list of texts, such as [\"one\", \"two\"]",
        }
        .to_owned()
    }
}

/// All settings, in the order of their names.
pub(super) fn settings() -> Vec<Setting> {
    let generator = SchemaSettings::default().with(|s| s.inline_subschemas = true).into_generator();
    let schema = Value::from(generator.into_root_schema_for::<Config>());
    let mut found = Vec::new();
    collect(&schema, &[], &mut found);
    found
}

fn collect(schema: &Value, above: &[String], found: &mut Vec<Setting>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let path = [above, std::slice::from_ref(name)].concat();
        if property.get("properties").is_some() {
            collect(property, &path, found);
        } else {
            let help = property["description"].as_str().unwrap_or_default();
            found.push(Setting {
                path,
                kind: kind(property),
                help: help.trim_end_matches('.').replace('\n', " "),
            });
        }
    }
}

fn kind(property: &Value) -> Kind {
    match property["type"].as_str() {
        Some("integer") => Kind::Number,
        Some("boolean") => Kind::Switch,
        Some("array") => Kind::List,
        // Text, or text that may be left out.
        _ => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::DEFAULTS, *};

    fn setting(key: &str) -> Setting {
        settings().into_iter().find(|setting| setting.key() == key).unwrap()
    }

    #[test]
    fn a_setting_has_one_name_in_each_place() {
        let drain = setting("limits.drain_ms");
        assert_eq!(
            (drain.flag(), drain.variable()),
            ("limits-drain-ms".into(), "ORDERLY_LIMITS_DRAIN_MS".into())
        );
        let listen = setting("listen");
        assert_eq!((listen.flag(), listen.variable()), ("listen".into(), "ORDERLY_LISTEN".into()));
    }

    #[test]
    fn two_settings_share_no_flag_or_variable() {
        let mut flags: Vec<_> = settings().iter().map(Setting::flag).collect();
        let all = flags.len();
        flags.sort();
        flags.dedup();
        assert_eq!(flags.len(), all);
    }

    #[test]
    fn a_text_becomes_a_value_of_the_settings_kind() {
        assert_eq!(setting("limits.drain_ms").value("1_000"), Ok(toml::Value::Integer(1000)));
        assert_eq!(setting("rate.enabled").value("false"), Ok(toml::Value::Boolean(false)));
        let list = setting("cors.origins").value("https://a.example, https://b.example,");
        assert_eq!(
            list,
            Ok(toml::Value::Array(vec!["https://a.example".into(), "https://b.example".into()]))
        );
        assert_eq!(setting("ready_file").value("5"), Ok(toml::Value::String("5".into())));
        assert!(setting("limits.drain_ms").value("soon").is_err());
        assert!(setting("rate.enabled").value("yes").is_err());
    }

    /// The file that is the default tells of each setting under its section, if only in a comment, and of no other.
    #[test]
    fn every_setting_is_explained_and_nothing_else_is() {
        let mut section = String::new();
        let mut told = Vec::new();
        for line in DEFAULTS.lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = format!("{name}.");
            } else if let Some((key, _)) = line.trim_start_matches("# ").split_once(" = ")
                && !key.contains(' ')
            {
                told.push(format!("{section}{key}"));
            }
        }
        told.sort();
        let mut keys: Vec<_> = settings().iter().map(Setting::key).collect();
        keys.sort();
        assert_eq!(told, keys);
        for setting in settings() {
            assert!(!setting.help.is_empty(), "{}", setting.key());
        }
    }
}
