//! Lists of every size that matters, with and without repetition.

use serde_json::Value;

use super::Candidate;
use crate::{
    case::Keyword,
    value::{
        build::{Builder, MAX_ITEMS},
        shape::Shape,
    },
};

pub(super) fn candidates(builder: &mut Builder<'_, '_>, shape: &Shape) -> Vec<Candidate> {
    let (min, max) = shape.bounds(Keyword::MinItems, Keyword::MaxItems);
    let mut sizes: Vec<(u64, Option<Keyword>, &str)> =
        vec![(0, None, "an empty list"), (1, None, "a list of one"), (2, None, "a list of two")];
    if shape.has(Keyword::MinItems) {
        let about = Some(Keyword::MinItems);
        sizes.extend([(min, about, "the fewest items"), (min + 1, about, "one more than the fewest items")]);
        sizes.extend(min.checked_sub(1).map(|size| (size, about, "one item too few")));
    }
    if let Some(max) = max {
        let about = Some(Keyword::MaxItems);
        sizes.extend([(max, about, "the most items"), (max.saturating_add(1), about, "one item too many")]);
        sizes.extend(max.checked_sub(1).map(|size| (size, about, "one less than the most items")));
    }
    let mut found = Vec::new();
    for (size, about, note) in sizes {
        let size = usize::try_from(size).ok().filter(|size| *size <= MAX_ITEMS);
        let list = size.and_then(|size| builder.list(shape, size, None));
        found.extend(list.map(|list| Candidate::new(Value::Array(list), about, note.to_owned())));
    }
    if shape.has(Keyword::UniqueItems) {
        let size = usize::try_from(min.max(2) - 1).ok().filter(|size| *size < MAX_ITEMS);
        if let Some(mut list) = size.and_then(|size| builder.list(shape, size, None)) {
            list.extend(list.first().cloned());
            found.push(Candidate::new(
                Value::Array(list),
                Some(Keyword::UniqueItems),
                "an item twice".to_owned(),
            ));
        }
    }
    found
}
