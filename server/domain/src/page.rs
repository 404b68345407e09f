//! Pages of lists: a cursor is the last item's place in the order, bound to the filters it was made with.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::idempotency::Fingerprint;

/// The place of an item in the order of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// What the list is sorted by first.
    pub key: SortKey,
    /// The id, which decides between equals.
    pub id: Uuid,
}

impl Position {
    /// The id that a list by id, newest first, goes on below: that of the position, or one above every id.
    pub fn before(after: Option<&Self>) -> Uuid {
        after.map_or(Uuid::max(), |position| position.id)
    }
}

/// What a list is sorted by, before the id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    /// Nothing: ids sort by time.
    Id,
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

/// Where the next page begins, opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    #[serde(rename = "p")]
    position: Position,
    /// The first bytes of the filters' fingerprint.
    #[serde(rename = "f")]
    filters: [u8; 8],
}

/// The cursor was not made by this server, or with other filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cursor is not one of this list with these filters")]
pub struct InvalidCursor;

fn digest(filters: &impl Serialize) -> [u8; 8] {
    let Fingerprint(hash) = Fingerprint::of(filters);
    hash[..8].try_into().expect("eight of 32 bytes")
}

impl Cursor {
    /// The cursor after an item, for lists with these filters.
    pub fn new(position: Position, filters: &impl Serialize) -> Self {
        Self { position, filters: digest(filters) }
    }

    /// The place that it stands for.
    ///
    /// # Errors
    /// If it was made with other filters.
    pub fn position(self, filters: &impl Serialize) -> Result<Position, InvalidCursor> {
        if self.filters == digest(filters) { Ok(self.position) } else { Err(InvalidCursor) }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_vec(self).expect("a plain struct is JSON");
        f.write_str(&BASE64.encode(json))
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let json = BASE64.decode(text).map_err(|_| InvalidCursor)?;
        let cursor: Self = serde_json::from_slice(&json).map_err(|_| InvalidCursor)?;
        match &cursor.position.key {
            // No text of the shop has one, and not every database can take it.
            SortKey::Text(text) if text.contains('\0') => Err(InvalidCursor),
            _ => Ok(cursor),
        }
    }
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Makes a page of the first `limit` of `rows`, which were asked for with one more than the limit.
    pub fn of(
        mut rows: Vec<T>,
        limit: u32,
        filters: &impl Serialize,
        position: impl Fn(&T) -> Position,
    ) -> Self {
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|last| Cursor::new(position(last), filters));
        Self { items: rows, next }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn positions() -> impl Strategy<Value = Position> {
        let keys = prop_oneof![
            Just(SortKey::Id),
            any::<i64>().prop_map(SortKey::Number),
            any::<String>().prop_map(|text| SortKey::Text(text.replace('\0', "")))
        ];
        (keys, any::<u128>()).prop_map(|(key, id)| Position { key, id: Uuid::from_u128(id) })
    }

    proptest! {
        #[test]
        fn a_cursor_survives_its_text_form(position in positions(), filters: (Option<String>, u8)) {
            let text = Cursor::new(position.clone(), &filters).to_string();
            let read: Cursor = text.parse().unwrap();
            prop_assert_eq!(read.position(&filters), Ok(position));
        }

        #[test]
        fn a_cursor_is_text_that_an_address_takes_as_it_is(position in positions()) {
            let text = Cursor::new(position, &()).to_string();
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
        }

        #[test]
        fn a_cursor_of_other_filters_is_refused(position in positions(), filters: (Option<String>, u8), other: u8) {
            prop_assume!(filters.1 != other);
            let cursor = Cursor::new(position, &filters);
            prop_assert_eq!(cursor.position(&(filters.0, other)), Err(InvalidCursor));
        }

        #[test]
        fn any_text_is_refused_or_a_cursor(text in "\\PC*|[A-Za-z0-9_-]{0,200}") {
            if let Ok(cursor) = text.parse::<Cursor>() {
                prop_assert_eq!(cursor.to_string().parse::<Cursor>(), Ok(cursor));
            }
        }

        #[test]
        fn any_json_is_refused_or_a_cursor(json in "\\{\"p\":.*,\"f\":\\[[0-9, -]{0,40}\\]\\}|\\[.*\\]|\"\\PC*\"|null|[0-9]{1,30}") {
            if let Ok(cursor) = BASE64.encode(json).parse::<Cursor>() {
                prop_assert_eq!(cursor.to_string().parse::<Cursor>(), Ok(cursor));
            }
        }

        #[test]
        fn pages_put_together_are_the_list(count in 0..60_usize, limit in 1..20_u32) {
            let all: Vec<_> = (0..count).map(|n| Uuid::from_u128(n as u128)).collect();
            let mut read = Vec::new();
            let mut begin = 0;
            loop {
                let rows = all.iter().copied().skip(begin).take(limit as usize + 1).collect();
                let page = Page::of(rows, limit, &"filters", |&id| Position { key: SortKey::Id, id });
                prop_assert!(page.items.len() <= limit as usize);
                read.extend(page.items);
                let Some(next) = page.next else { break };
                let last = next.position(&"filters").unwrap().id;
                prop_assert_eq!(Some(&last), read.last());
                begin = read.len();
            }
            prop_assert_eq!(read, all);
        }
    }

    #[test]
    fn a_full_last_page_has_no_next() {
        let rows = vec![Uuid::nil(), Uuid::max()];
        let page = Page::of(rows, 2, &(), |&id| Position { key: SortKey::Id, id });
        assert_eq!((page.items.len(), page.next), (2, None));
    }

    #[test]
    fn a_cursor_with_a_nul_is_refused() {
        let position = Position { key: SortKey::Text("a\0b".into()), id: Uuid::nil() };
        assert_eq!(Cursor::new(position, &()).to_string().parse::<Cursor>(), Err(InvalidCursor));
    }

    #[test]
    fn lists_by_id_begin_above_every_id() {
        let position = Position { key: SortKey::Id, id: Uuid::from_u128(7) };
        assert_eq!(Position::before(None), Uuid::max());
        assert_eq!(Position::before(Some(&position)), Uuid::from_u128(7));
    }
}
