//! What commands and options are called: in kebab case, unique, and never like a built-in one.

use std::collections::BTreeSet;

use super::super::model::names;

/// What the command line has by itself; it stands with the command line, whose tests compare.
const BUILT_IN: &str = include_str!("../../../../client/cli/built_in.txt");

fn built_in() -> impl Iterator<Item = &'static str> {
    BUILT_IN.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Hands out names within one command or group.
#[derive(Debug)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// The names of groups beside the built-in commands.
    pub(super) fn of_tags() -> Self {
        Self(built_in().filter(|name| !name.starts_with("--")).map(str::to_owned).collect())
    }

    /// The names of commands in a group.
    pub(super) fn of_commands() -> Self {
        Self(BTreeSet::from(["help".to_owned()]))
    }

    /// The names of options beside the built-in ones.
    pub(super) fn of_options() -> Self {
        Self(built_in().filter_map(|name| name.strip_prefix("--")).map(str::to_owned).collect())
    }

    /// The first of these names that is free, or the last one with a number.
    pub(super) fn take(&mut self, wishes: &[String]) -> String {
        let free = wishes.iter().find(|wish| !self.0.contains(*wish)).cloned();
        let name = free.unwrap_or_else(|| {
            let last = wishes.last().map_or("value", String::as_str);
            (2..)
                .map(|number| format!("{last}-{number}"))
                .find(|name| !self.0.contains(name))
                .unwrap_or_default()
        });
        self.0.insert(name.clone());
        name
    }
}

/// `API keys` → `api-keys`.
pub(super) fn kebab(text: &str) -> String {
    names::snake(text).replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_built_in_ones_are_never_given() {
        let mut tags = Names::of_tags();
        assert_eq!(tags.take(&[kebab("API keys")]), "api-keys");
        assert_eq!(tags.take(&[kebab("apiKeys")]), "api-keys-2");
        assert_eq!(tags.take(&[kebab("Login")]), "login-2");
        let mut options = Names::of_options();
        assert_eq!(options.take(&["output".to_owned(), "param-output".to_owned()]), "param-output");
        assert_eq!(options.take(&["output".to_owned(), "param-output".to_owned()]), "param-output-2");
        assert_eq!(Names::of_commands().take(&["login".to_owned()]), "login");
    }

    #[test]
    fn any_text_becomes_a_name() {
        for (text, name) in [
            ("filter[name]", "filter-name"),
            ("$top", "top"),
            ("", "none"),
            ("日本", "日本"),
            ("2fa", "n2fa"),
        ] {
            assert_eq!(kebab(text), name, "{text}");
        }
    }
}
