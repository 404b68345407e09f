//! JSON pointers (RFC 6901): the address of a value within a document.

use std::fmt;
use std::ops::Deref;

/// A JSON pointer, such as `/paths/~1v1~1orders/post`. The empty pointer addresses the whole document.
///
/// It dereferences to `str`, so that it can be handed to [`serde_json::Value::pointer`], and displays
/// as a URI fragment: `#/paths/~1v1~1orders/post`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer to the whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The pointer to a member of the object at this pointer; escapes `~` and `/` in `key`.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + key.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for character in key.chars() {
            match character {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                other => text.push(other),
            }
        }
        Self(text)
    }

    /// The pointer to an element of the array at this pointer.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The pointer to a value several keys below: `pointer.path(["components", "schemas", name])`.
    #[must_use]
    pub fn path<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Self {
        keys.into_iter().fold(self.clone(), |pointer, key| pointer.child(key))
    }

    /// The pointer to what contains the value at this pointer; `None` for the whole document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|slash| Self(self.0[..slash].to_owned()))
    }

    /// The last key or index, unescaped; `None` for the whole document.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        self.0.rfind('/').map(|slash| unescape(&self.0[slash + 1..]))
    }

    /// The keys and indices from the root to the value, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The pointer as text, without the leading `#`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Takes the pointer as it stands, escaped; a text without the leading `/` gets it.
impl From<&str> for Pointer {
    fn from(text: &str) -> Self {
        if text.is_empty() || text.starts_with('/') {
            Self(text.to_owned())
        } else {
            Self(format!("/{text}"))
        }
    }
}

impl Deref for Pointer {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}", self.0)
    }
}

/// `~1` before `~0`, as RFC 6901 section 4 demands: `~01` means `~1`.
fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_path_with_slashes_is_one_token() {
        let pointer = Pointer::root().path(["paths", "/v1/orders/{id}", "get"]).child("tags").index(0);
        assert_eq!(pointer.as_str(), "/paths/~1v1~1orders~1{id}/get/tags/0");
        assert_eq!(pointer.to_string(), "#/paths/~1v1~1orders~1{id}/get/tags/0");
        let tokens: Vec<String> = pointer.tokens().collect();
        assert_eq!(tokens, ["paths", "/v1/orders/{id}", "get", "tags", "0"]);
    }

    #[test]
    fn the_root_has_neither_parent_nor_tokens() {
        assert_eq!(Pointer::root().parent(), None);
        assert_eq!(Pointer::root().last(), None);
        assert_eq!(Pointer::root().tokens().count(), 0);
    }

    proptest! {
        #[test]
        fn a_key_survives_escaping(key in ".*") {
            let pointer = Pointer::root().child("parent").child(&key);
            prop_assert_eq!(pointer.last(), Some(key));
            prop_assert_eq!(pointer.parent(), Some(Pointer::from("/parent")));
        }
    }
}
