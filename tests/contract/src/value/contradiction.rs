//! Schemas that contradict themselves: no value keeps all of their rules.

use orderly_document::Pointer;

use super::{
    Values,
    build::MAX_ITEMS,
    pattern::MAX_LENGTH,
    read::Reader,
    rule::{Demand, is_checked},
    shape::Shape,
    walk,
};
use crate::case::Keyword;

/// Whether the search for a value was thorough and found none.
pub(super) fn is_certain(reader: Reader<'_>, schema: &Pointer) -> bool {
    if reader.schema(schema).is_none() {
        return false;
    }
    let values = Values { reader, schema: schema.clone() };
    values.sample().is_none()
        && walk::spots(reader, &reader.node(schema)).iter().all(|spot| {
            let shapes = reader.alternatives(&spot.node);
            shapes.get(spot.alternative).is_none_or(is_fathomed)
        })
}

/// Whether a value that is not found is not there: what is found by trying may be missed.
fn is_fathomed(shape: &Shape) -> bool {
    let of = |keyword| shape.rules.iter().filter(move |rule| rule.keyword == keyword);
    let formats = of(Keyword::Format);
    let checked = formats.filter(|rule| matches!(&rule.demand, Demand::Format(name) if is_checked(name)));
    let about_texts = of(Keyword::Pattern).count() + checked.count();
    let is_small = |demand: &Demand| match demand {
        Demand::Pattern(expression) => expression.is_fathomed(),
        Demand::MinLength(min) => *min <= MAX_LENGTH as u64,
        Demand::MinItems(min) | Demand::MinProperties(min) => *min <= MAX_ITEMS as u64,
        _ => true,
    };
    about_texts <= 1 && shape.rules.iter().all(|rule| is_small(&rule.demand))
}
