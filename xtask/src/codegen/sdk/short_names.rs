//! What an operation is called among those of its tag: `create_order` of `orders` is `create`.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

/// The names without the words of their tag, as long as that tells them apart.
pub(in crate::codegen) fn short_names(full: &[&str], tag: &str) -> Vec<String> {
    let shorts: Vec<Option<String>> = full.iter().map(|name| short_name(name, tag)).collect();
    let taken: BTreeSet<&str> = full.iter().copied().collect();
    let is_unique = |name: &&String| {
        !taken.contains(name.as_str()) && shorts.iter().flatten().filter(|other| other == name).count() == 1
    };
    let name = |(full, short): (&&str, &Option<String>)| {
        short.as_ref().filter(is_unique).map_or_else(|| (*full).to_owned(), Clone::clone)
    };
    full.iter().zip(&shorts).map(name).collect()
}

/// `create_order` among `orders` is `create`.
fn short_name(method: &str, tag: &str) -> Option<String> {
    let words = |text: &str| -> Vec<String> {
        text.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (method, tag) = (words(method), words(tag));
    let is_tag = |part: &[String]| {
        !part.is_empty() && part.iter().map(|word| singular(word)).eq(tag.iter().map(|word| singular(word)))
    };
    let cut = method.len().checked_sub(tag.len())?;
    let rest = if is_tag(&method[cut..]) {
        &method[..cut]
    } else if is_tag(&method[..tag.len()]) {
        &method[tag.len()..]
    } else {
        return None;
    };
    (!rest.is_empty()).then(|| rest.join("_"))
}

fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(word).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_called_by_what_its_tag_does_not_say() {
        let cases = [
            ("create_order", "orders", Some("create")),
            ("list_orders", "orders", Some("list")),
            ("orders_list", "Orders", Some("list")),
            ("revoke_api_key", "API keys", Some("revoke")),
            ("list_categories", "category", Some("list")),
            ("orders", "orders", None),
            ("get_me", "accounts", None),
        ];
        for (method, tag, expected) in cases {
            assert_eq!(short_name(method, tag).as_deref(), expected, "{method} {tag}");
        }
    }
}
