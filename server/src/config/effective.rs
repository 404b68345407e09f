//! The settings that apply, printed with where each comes from.

use std::{collections::BTreeMap, fmt};

use toml::{Table, Value};

use super::{
    Config,
    settings::{Setting, settings},
};

/// The settings that apply, and where each comes from. Shown, it is a configuration file without secrets.
#[derive(Debug, Clone)]
pub struct Effective {
    /// The settings.
    pub config: Config,
    /// Where a value comes from, by the setting's name; those of the defaults are left out.
    pub(super) origins: BTreeMap<String, String>,
}

impl fmt::Display for Effective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Addresses serialise without their passwords.
        let values = Table::try_from(&self.config).map_err(|_| fmt::Error)?;
        let (top, sections): (Vec<_>, Vec<_>) =
            settings().into_iter().partition(|setting| setting.path.len() == 1);
        let mut section = "";
        for setting in top.iter().chain(&sections) {
            if let [name, _] = &setting.path[..]
                && section != name
            {
                write!(f, "\n[{name}]\n")?;
                section = name;
            }
            self.line(f, setting, value(&values, &setting.path))?;
        }
        Ok(())
    }
}

impl Effective {
    fn line(&self, f: &mut fmt::Formatter<'_>, setting: &Setting, value: Option<&Value>) -> fmt::Result {
        let name = setting.path.last().map_or("", String::as_str);
        match (value, self.origins.get(&setting.key())) {
            (None, _) => writeln!(f, "# {name} is unset"),
            (Some(value), None) => writeln!(f, "{name} = {value}"),
            (Some(value), Some(origin)) => writeln!(f, "{name} = {value} # {origin}"),
        }
    }
}

fn value<'t>(table: &'t Table, path: &[String]) -> Option<&'t Value> {
    let (last, sections) = path.split_last()?;
    let mut table = table;
    for section in sections {
        table = table.get(section)?.as_table()?;
    }
    table.get(last)
}

#[cfg(test)]
mod tests {
    use super::super::{DEFAULTS, effective, invocation};

    #[test]
    fn what_applies_is_a_file_with_origins_and_without_secrets() {
        let line = [
            "orderly-server",
            "--database-url",
            "postgres://orderly:s3cret@db/orderly",
            "--limits-drain-ms",
            "7",
        ];
        let origins =
            |name: &str| (name == "ORDERLY_CORS_ORIGINS").then(|| "https://shop.example".to_owned());
        let shown = effective(&invocation(line).unwrap(), origins).unwrap().to_string();
        for expected in [
            "database_url = \"postgres://orderly:***@db/orderly\" # --database-url\n",
            "\n[limits]\n",
            "drain_ms = 7 # --limits-drain-ms\n",
            "origins = [\"https://shop.example\"] # ORDERLY_CORS_ORIGINS\n",
            "# otlp_endpoint is unset\n",
            "max_requests = 512\n",
        ] {
            assert!(shown.contains(expected), "{expected} in {shown}");
        }
        assert!(!shown.contains("s3cret"));
    }

    #[test]
    fn what_applies_with_nothing_configured_are_the_defaults() {
        let shown = effective(&invocation(["orderly-server"]).unwrap(), |_| None).unwrap().to_string();
        assert_eq!(shown.parse::<toml::Table>().unwrap(), DEFAULTS.parse::<toml::Table>().unwrap());
    }
}
