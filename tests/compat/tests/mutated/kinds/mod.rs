//! The known ways to change a schema, as tables: what each does to a schema, if it can, and what that breaks.

mod change;
mod objects;
mod same;
mod unions;
mod values;

use fastrand::Rng;
use serde_json::Value;

use self::change::{Change, Schema};
use super::Pair;
use super::places::{Place, places};

/// A way to change a schema: its name, and what it does where it can. Each is made and taken back.
type Kind = (&'static str, Make);

type Make = fn(&Schema) -> Option<Change>;

/// Pairs of every kind that the schemas of a document allow, one place of each.
pub(crate) fn pairs(document: &Value, rng: &mut Rng) -> Vec<Pair> {
    let mut places = places(document);
    rng.shuffle(&mut places);
    let kinds = [objects::KINDS, values::KINDS, unions::KINDS, same::KINDS].into_iter().flatten();
    kinds.flat_map(|(name, make)| pair(document, &places, name, *make)).collect()
}

fn pair(document: &Value, places: &[Place], name: &str, make: Make) -> Vec<Pair> {
    let made = places.iter().find_map(|place| {
        let schema = document.pointer(&place.pointer)?.as_object()?;
        make(schema).map(|change| (place, change))
    });
    let Some((place, change)) = made else { return Vec::new() };
    let put = |schema: Schema| {
        let mut document = document.clone();
        *document.pointer_mut(&place.pointer).expect("the place was found") = Value::Object(schema);
        document
    };
    let (base, head) = (put(change.base), put(change.head));
    let seen = |breaks: [bool; 2]| [breaks[0] && place.is_visible[0], breaks[1] && place.is_visible[1]];
    vec![
        Pair { kind: name.to_owned(), base: base.clone(), head: head.clone(), breaks: seen(change.made) },
        Pair { kind: format!("{name}, undone"), base: head, head: base, breaks: seen(change.undone) },
    ]
}
