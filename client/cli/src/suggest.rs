//! Commands that somebody may have meant: `orderly products list` is `orderly catalogue list-products`.

use crate::generated::TAGS;

/// No more than this are told.
const MOST: usize = 6;

/// The commands that have all the words of these arguments in their names, or in those of their subjects.
pub(crate) fn of(arguments: impl IntoIterator<Item = String>) -> Vec<String> {
    let plain = arguments.into_iter().take_while(|argument| !argument.starts_with('-')).take(2);
    let wanted: Vec<String> = plain.flat_map(|argument| words(&argument)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let commands =
        TAGS.iter().flat_map(|tag| tag.commands.iter().map(move |command| (tag.name, command.name)));
    let meant = commands.filter(|(tag, command)| {
        let known: Vec<String> = words(tag).into_iter().chain(words(command)).collect();
        wanted.iter().all(|word| known.contains(word))
    });
    meant.take(MOST).map(|(tag, command)| format!("orderly {tag} {command}")).collect()
}

/// The words of a name, each as one of its kind.
fn words(name: &str) -> Vec<String> {
    let words = name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.map(|word| word.strip_suffix('s').map_or(word.clone(), str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_leads_to_its_commands_wherever_they_stand() {
        for (given, expected) in [
            (&["products", "list"][..], vec!["orderly catalogue list-products"]),
            (&["users", "list"], vec!["orderly accounts list-users"]),
            (&["catalogue", "list"], vec!["orderly catalogue list-products"]),
            (&["order", "create", "--line", "x"], vec!["orderly orders create"]),
            (&["product", "get", "prd_1"], vec!["orderly catalogue get-product"]),
            (&["weather"], vec![]),
            (&["--line"], vec![]),
        ] {
            assert_eq!(of(given.iter().map(|word| (*word).to_owned())), expected, "{given:?}");
        }
    }
}
