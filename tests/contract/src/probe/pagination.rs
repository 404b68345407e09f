//! Pages lead from the beginning of a list to its end.

use std::collections::{BTreeMap, BTreeSet};

use super::pages::{Paging, Walk, name_of};
use crate::{
    case::Parts,
    check::Check,
    document::{Document, Location, Operation},
    report::Reported,
    state::{Session, Story, Who, plain},
    target::Role,
};

/// A list that somebody else changes meanwhile is walked through again, but not for ever.
const TRIES: usize = 3;
/// The longest list that is walked through.
const LONGEST: usize = 2000;
/// The parameters by which a list is sorted.
const SORTS: [&str; 6] = ["sort", "sortby", "order", "orderby", "direction", "sortorder"];

pub(super) fn applies(session: &Session<'_>, operation: &Operation) -> bool {
    Paging::of(session.document(), operation).is_some()
}

pub(super) async fn run(session: Session<'_>, operation: &Operation) -> Vec<Reported> {
    let mut story = session.story(operation, "pages lead to the end");
    let thing = session.pool.pick(operation);
    let paging = Paging::of(session.document(), operation);
    if let (Some(paging), Some(base)) = (paging, session.bare(operation, thing.as_ref())) {
        for base in sorted(session.document(), operation, &base) {
            if run_one(&mut story, operation, &paging, &base).await.is_none() {
                break;
            }
        }
    }
    story.end()
}

/// The request as it is, and with each order that the list can have.
fn sorted(document: &Document, operation: &Operation, base: &Parts) -> Vec<Parts> {
    let mut all = vec![base.clone()];
    for parameter in operation.parameters_in(Location::Query) {
        if SORTS.contains(&plain(&parameter.name).as_str())
            && let Ok(schema) = document.source().resolve(&parameter.schema)
        {
            let values = schema.value["enum"].as_array().into_iter().flatten();
            all.extend(
                values.map(|value| base.clone().with(Location::Query, &parameter.name, value.clone())),
            );
        }
    }
    all
}

/// One list: whole, in small pages, and whole again. `None` ends the story.
async fn run_one(story: &mut Story<'_>, operation: &Operation, paging: &Paging, base: &Parts) -> Option<()> {
    let before = whole(story, operation, paging, base).await?;
    if before.items.len() < 2 {
        return Some(());
    }
    for limit in limits(before.items.len(), paging.most) {
        for _ in 0..TRIES {
            let before = whole(story, operation, paging, base).await?;
            story.restart();
            let walk = story.walk(operation, paging, base, limit, Who::Role(Role::Main)).await?;
            let walked = story.exchanges();
            let after = whole(story, operation, paging, base).await?;
            story.restore(walked);
            let names = |walk: &Walk| -> Vec<String> {
                walk.items.iter().map(|item| name_of(story.session.pool.graph(), operation, item)).collect()
            };
            let (before, walk, after) = (names(&before), names(&walk), names(&after));
            if before != after {
                continue;
            }
            if let Some((expected, found)) = difference(&before, &walk) {
                let found = format!("{found}, with {}={limit}", paging.limit);
                story.tell(Check::Pagination, operation, expected, found);
                return None;
            }
            break;
        }
    }
    Some(())
}

/// The list in as few pages as there can be.
async fn whole(story: &mut Story<'_>, operation: &Operation, paging: &Paging, base: &Parts) -> Option<Walk> {
    story.restart();
    let walk = story.walk(operation, paging, base, paging.most, Who::Role(Role::Main)).await?;
    (walk.whole && walk.items.len() <= LONGEST).then_some(walk)
}

/// Some lengths of pages: the shortest ones for a short list, others so that there are not too many pages.
fn limits(items: usize, most: usize) -> Vec<usize> {
    let lengths = if items <= 12 { [1, 2, 3] } else { [items / 10 + 1, items / 7 + 2, items / 2] };
    let lengths: BTreeSet<usize> = lengths.into_iter().map(|length| length.min(most)).collect();
    lengths.into_iter().filter(|length| *length < items).collect()
}

/// What is wrong with a walk through a list that has not changed.
fn difference(list: &[String], walk: &[String]) -> Option<(&'static str, String)> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for name in walk {
        *times.entry(name).or_default() += 1;
    }
    let in_list: BTreeMap<&str, usize> = list.iter().fold(BTreeMap::new(), |mut counts, name| {
        *counts.entry(name.as_str()).or_default() += 1;
        counts
    });
    if let Some((name, count)) =
        times.iter().find(|(name, count)| **count > in_list.get(*name).copied().unwrap_or(1))
    {
        return Some(("every item once", format!("{name} {count} times")));
    }
    if let Some(name) = list.iter().find(|name| !times.contains_key(name.as_str())) {
        return Some(("all items", format!("{} of {}, without {name}", walk.len(), list.len())));
    }
    if let Some(name) = walk.iter().find(|name| !in_list.contains_key(name.as_str())) {
        return Some(("the items of the whole list", format!("{name} besides")));
    }
    let place = list.iter().zip(walk).position(|(one, other)| one != other)?;
    Some((
        "the order of the whole list",
        format!("{} at place {} instead of {}", walk[place], place + 1, list[place]),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_differs_by_what_is_lost_repeated_or_moved() {
        let names = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let told = |walk: &str| {
            difference(&names("1 2 3 4"), &names(walk))
                .map(|(expected, found)| format!("{expected}: {found}"))
        };
        assert_eq!(told("1 2 3 4"), None);
        assert_eq!(told("1 2 2 3 4").unwrap(), "every item once: 2 2 times");
        assert_eq!(told("1 2 4").unwrap(), "all items: 3 of 4, without 3");
        assert_eq!(told("1 2 3 4 5").unwrap(), "the items of the whole list: 5 besides");
        assert_eq!(told("1 3 2 4").unwrap(), "the order of the whole list: 3 at place 2 instead of 2");
    }

    #[test]
    fn pages_are_short_for_short_lists_and_not_too_many_for_long_ones() {
        assert_eq!(limits(2, 100), [1]);
        assert_eq!(limits(5, 100), [1, 2, 3]);
        assert_eq!(limits(100, 100), [11, 16, 50]);
        assert_eq!(limits(100, 5), [5]);
    }
}
