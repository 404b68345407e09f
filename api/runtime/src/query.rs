//! The query of a request: its pairs, and which of them the operation asked for.

use std::{borrow::Cow, ops::Range};

use crate::failure::{At, Violation};

/// The pairs of a query. Values stay as they were sent until they are asked for, because lists are split
/// before they are decoded.
#[derive(Debug, Default)]
pub(crate) struct Query {
    text: String,
    pairs: Vec<Pair>,
}

#[derive(Debug)]
struct Pair {
    name: String,
    value: Range<usize>,
    is_known: bool,
}

impl Query {
    pub(crate) fn new(text: &str) -> Self {
        let mut pairs = Vec::new();
        let mut start = 0;
        for part in text.split('&') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let end = start + part.len();
            if !part.is_empty() {
                // A name that is no UTF-8 is no parameter of any document: it is reported as unknown.
                let name = decode_query(name).unwrap_or_default().into_owned();
                pairs.push(Pair { name, value: end - value.len()..end, is_known: false });
            }
            start = end + 1;
        }
        Self { text: text.to_owned(), pairs }
    }

    /// Takes note that the operation knows a name, and gives all its values as they were sent.
    pub(crate) fn take(&mut self, name: &str) -> Vec<&str> {
        self.take_by(|known| (known == name).then_some(())).into_iter().map(|((), value)| value).collect()
    }

    /// The only value of a name, as it was sent. `Err` if there are several.
    pub(crate) fn take_one(&mut self, name: &str) -> Result<Option<&str>, ()> {
        let mut found = None;
        for pair in self.pairs.iter_mut().filter(|pair| pair.name == name) {
            pair.is_known = true;
            if found.replace(pair.value.clone()).is_some() {
                return Err(());
            }
        }
        Ok(found.map(|range| &self.text[range]))
    }

    /// Takes every pair whose name `select` knows.
    pub(crate) fn take_by<K>(&mut self, mut select: impl FnMut(&str) -> Option<K>) -> Vec<(K, &str)> {
        let mut taken = Vec::new();
        for pair in &mut self.pairs {
            if let Some(key) = select(&pair.name) {
                pair.is_known = true;
                taken.push((key, &self.text[pair.value.clone()]));
            }
        }
        taken
    }

    /// Every parameter that the operation did not ask for.
    pub(crate) fn unknown(&self) -> impl Iterator<Item = Violation> {
        self.pairs.iter().filter(|pair| !pair.is_known).map(|pair| Violation {
            at: At::Parameter { location: "query", name: pair.name.clone() },
            code: "unknown_parameter".into(),
            detail: "is not a parameter of this operation".into(),
        })
    }
}

/// Decodes a part of a query, where `+` is a space. `None` if it is not UTF-8.
pub(crate) fn decode_query(raw: &str) -> Option<Cow<'_, str>> {
    match raw.contains('+') {
        true => decode(&raw.replace('+', " ")).map(|text| Cow::Owned(text.into_owned())),
        false => decode(raw),
    }
}

/// Undoes percent encoding. `None` if the result is not UTF-8.
pub(crate) fn decode(raw: &str) -> Option<Cow<'_, str>> {
    percent_encoding::percent_decode_str(raw).decode_utf8().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_as_sent_and_names_are_decoded() {
        let mut query = Query::new("a%62=1%2C2&&flag&ab=x&other=+");
        assert_eq!(query.take("ab"), ["1%2C2", "x"]);
        assert_eq!(query.take_one("flag"), Ok(Some("")));
        assert_eq!(query.take_one("absent"), Ok(None));
        let unknown: Vec<_> = query.unknown().map(|violation| violation.at).collect();
        assert_eq!(unknown, [At::Parameter { location: "query", name: "other".into() }]);
    }

    #[test]
    fn a_scalar_must_not_appear_twice() {
        assert_eq!(Query::new("a=1&a=2").take_one("a"), Err(()));
    }

    #[test]
    fn decoding_refuses_what_is_not_utf8() {
        assert_eq!(decode_query("a+b%20c").as_deref(), Some("a b c"));
        assert_eq!(decode_query("%ff"), None);
    }
}
