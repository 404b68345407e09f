//! The list of settings, read from the configuration's JSON Schema: flags and environment follow from it.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::Config;

/// One setting, such as `limits.drain_ms`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    /// Its name in the file: section and key.
    pub(super) path: Vec<String>,
    /// Whether its value is a number; otherwise it is text.
    pub(super) is_number: bool,
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

    /// The text of a flag or variable as a value of this setting's type, when it is one.
    pub(super) fn value(&self, text: &str) -> toml::Value {
        match text.parse() {
            Ok(number) if self.is_number => toml::Value::Integer(number),
            _ => toml::Value::String(text.to_owned()),
        }
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
            found.push(Setting {
                path,
                is_number: property["type"] == "integer",
                help: property["description"].as_str().unwrap_or_default().trim_end_matches('.').to_owned(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_has_one_name_in_each_place() {
        let all = settings();
        let drain = all.iter().find(|s| s.key() == "limits.drain_ms").unwrap();
        assert_eq!(
            (drain.flag(), drain.variable()),
            ("limits-drain-ms".into(), "ORDERLY_LIMITS_DRAIN_MS".into())
        );
        assert_eq!(drain.value("5"), toml::Value::Integer(5));
        let listen = all.iter().find(|s| s.key() == "listen").unwrap();
        assert_eq!((listen.flag(), listen.variable()), ("listen".into(), "ORDERLY_LISTEN".into()));
    }

    #[test]
    fn every_setting_is_explained() {
        for setting in settings() {
            assert!(!setting.help.is_empty(), "{}", setting.key());
            let last = setting.path.last().unwrap();
            assert!(super::super::DEFAULTS.contains(last), "{} stands in config.default.toml", setting.key());
        }
    }
}
