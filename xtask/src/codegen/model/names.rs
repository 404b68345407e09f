//! Rust names for what a document calls by arbitrary text: case, keywords, symbols and collisions.

use std::collections::HashSet;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Keywords that cannot even be written as raw identifiers.
const NEVER_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// Names of the standard prelude that generated code writes without a path.
const PRELUDE: [&str; 16] = [
    "Box", "Default", "Err", "From", "Into", "Iterator", "None", "Ok", "Option", "Result", "Self", "Send",
    "Some", "String", "TryFrom", "Vec",
];

/// `order_line` → `OrderLine`; what has no letters is spelled out (`>=` → `GreaterOrEqual`).
pub(crate) fn pascal(text: &str) -> String {
    leading_letter(words(text).to_upper_camel_case(), "N")
}

/// `orderLine` → `order_line`, not yet guarded against keywords (see [`field`]).
pub(crate) fn snake(text: &str) -> String {
    leading_letter(words(text).to_snake_case(), "n")
}

/// The identifier of a field, method or module: [`snake`], keywords made raw or given an underscore.
pub(crate) fn field(text: &str) -> String {
    guard(snake(text))
}

/// The name of a module and of its file: as [`field`], without the `r#` that a file cannot carry.
pub(crate) fn module(text: &str) -> String {
    let name = field(text);
    name.strip_prefix("r#").map_or(name.clone(), |keyword| format!("{keyword}_"))
}

/// The identifier of an enum's variant.
pub(crate) fn variant(text: &str) -> String {
    let name = if text.is_empty() { "Empty".to_owned() } else { pascal(text) };
    guard(name)
}

/// Makes an identifier of what may be a keyword: `type` → `r#type`, `self` → `self_`.
fn guard(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        return name + "_";
    }
    if syn::parse_str::<syn::Ident>(&name).is_ok() { name } else { format!("r#{name}") }
}

/// An identifier cannot begin with a digit, nor be empty.
fn leading_letter(name: String, prefix: &str) -> String {
    match name.chars().next() {
        None => format!("{prefix}one"),
        Some(first) if unicode_ident::is_xid_start(first) => name,
        Some(_) => format!("{prefix}{name}"),
    }
}

/// Text with every sign that no identifier may hold replaced: by a word where it carries the meaning, else by a blank.
fn words(text: &str) -> String {
    // One word, although it is written like two (RFC 9110 section 8.8.3).
    let text = &text.replace("ETag", "Etag");
    let meaningless = !text.chars().any(char::is_alphanumeric);
    let mut out = String::with_capacity(text.len());
    for (at, sign) in text.char_indices() {
        let leading_sign = at == 0 && text.len() > 1;
        match sign {
            _ if unicode_ident::is_xid_continue(sign) => out.push(sign),
            '-' if leading_sign && !meaningless => out.push_str("minus "),
            '+' if leading_sign && !meaningless => out.push_str("plus "),
            '$' | '@' if leading_sign => {}
            _ if meaningless => {
                out.push(' ');
                out.push_str(sign_word(sign));
            }
            _ => out.push(' '),
        }
    }
    out
}

/// How a sign is read aloud.
fn sign_word(sign: char) -> &'static str {
    match sign {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '~' => "tilde",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        '?' => "question",
        '&' => "and",
        '|' => "or",
        '%' => "percent",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '^' => "caret",
        ' ' => "space",
        _ => "sign",
    }
}

/// Hands out names that are unique within one scope, whatever is asked for.
///
/// The first to ask gets the name; later ones get it with the lowest free number: `Order2`.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// The scope of types: names of the prelude are taken.
    pub(crate) fn of_types() -> Self {
        Self { taken: PRELUDE.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// A scope in which these names are already in use.
    pub(crate) fn without(names: &[&str]) -> Self {
        Self { taken: names.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// The wished name, or the nearest free one.
    pub(crate) fn take(&mut self, wish: &str) -> String {
        let plain = wish.strip_prefix("r#").unwrap_or(wish);
        if self.taken.insert(plain.to_owned()) {
            return wish.to_owned();
        }
        let mut number = 2;
        loop {
            let name = format!("{plain}{number}");
            if self.taken.insert(name.clone()) {
                return name;
            }
            number += 1;
        }
    }
}
