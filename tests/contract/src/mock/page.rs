//! Lists: where an answer has its items, and which of them the query asks for.

use orderly_document::{Document as Source, Pointer};
use serde_json::{Map, Value};

use super::shape::{members, schema};
use crate::{
    document::{Answer, Location, Operation},
    probe::pages::{CURSORS, LIMITS, NEXT, OFFSETS, PAGES},
    state::plain,
};

/// How many items a page has if nobody says it.
const USUAL_LIMIT: usize = 20;

const MORE: [&str; 2] = ["hasmore", "hasnext"];
const TOTALS: [&str; 4] = ["total", "totalcount", "totalitems", "totalresults"];

/// Where an answer has a list of items.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// The member; none if the answer itself is the list.
    pub(super) member: Option<String>,
    /// Where the schema of an item stands.
    pub(super) items: Pointer,
    /// The other members of the answer.
    around: Vec<(String, Pointer)>,
}

/// A part of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// The first item's number, from 0.
    pub(super) start: usize,
    /// The number of the first item behind it.
    pub(super) end: usize,
    /// How many items there are.
    pub(super) total: usize,
    /// The query parameter that leads to the next page, with its value.
    pub(super) next: Option<(String, String)>,
}

impl List {
    /// The list in an answer's body: the body itself, or its only member that is one.
    pub(super) fn of(document: &Source, body: &Pointer) -> Option<Self> {
        let is_list = |place: &Pointer| schema(document, place)["type"] == "array";
        let items_of = |place: &Pointer| Some(document.resolve(place).ok()?.pointer.child("items"));
        if is_list(body) {
            return Some(Self { member: None, items: items_of(body)?, around: Vec::new() });
        }
        let around = members(document, body);
        let mut lists = around.iter().filter(|(_, place)| is_list(place));
        let (name, place) = lists.next().filter(|_| lists.next().is_none())?;
        Some(Self { member: Some(name.clone()), items: items_of(place)?, around })
    }

    /// The items that an answer has.
    pub(super) fn items(&self, answer: &Value) -> Vec<Value> {
        let list = self.member.as_ref().map_or(answer, |member| &answer[member]);
        list.as_array().cloned().unwrap_or_default()
    }

    /// The whole answer with these items in it; `answer` is one whose other members are right already.
    pub(super) fn fill(&self, mut answer: Value, items: Vec<Value>, page: &Page) -> Value {
        let (Some(member), Value::Object(members)) = (&self.member, &mut answer) else {
            return Value::Array(items);
        };
        members.insert(member.clone(), Value::Array(items));
        for (name, _) in &self.around {
            let word = plain(name);
            if MORE.contains(&word.as_str()) {
                members.insert(name.clone(), Value::Bool(page.next.is_some()));
            } else if TOTALS.contains(&word.as_str()) {
                members.insert(name.clone(), Value::from(page.total));
            }
        }
        answer
    }
}

/// The members of an answer that lead to the next page: at its top, or one below.
pub(super) fn next_members(document: &Source, body: &Pointer) -> Vec<Vec<String>> {
    let is_next = |name: &str| NEXT.contains(&plain(name).as_str());
    let mut found = Vec::new();
    for (outer, place) in members(document, body) {
        let below = members(document, &place).into_iter().filter(|(name, _)| is_next(name));
        found.extend(below.map(|(name, _)| vec![outer.clone(), name]));
        if is_next(&outer) {
            found.push(vec![outer]);
        }
    }
    found
}

/// Says in these members where the next page is; or, in the first way that is allowed, that there is none.
pub(super) fn say_next(
    body: &mut Value,
    members: &[Vec<String>],
    next: Option<&str>,
    allows: impl Fn(&Value) -> bool,
) {
    for path in members {
        let ways = [next.map(|next| Some(Value::from(next))), Some(None)];
        let ways = ways.into_iter().flatten().chain([Some(Value::Null), Some(Value::from(""))]);
        let said = ways.filter_map(|value| changed(body, path, value)).find(|said| allows(said));
        if let Some(said) = said {
            *body = said;
        }
    }
}

/// The value with a member changed, or without it.
fn changed(body: &Value, path: &[String], value: Option<Value>) -> Option<Value> {
    let mut changed = body.clone();
    let (name, outer) = path.split_last()?;
    let mut at = &mut changed;
    for outer in outer {
        let missing = at.get(outer).is_none();
        if missing && value.is_none() {
            return Some(changed);
        }
        at = at.as_object_mut()?.entry(outer.clone()).or_insert_with(|| Value::Object(Map::new()));
    }
    match value {
        Some(value) => drop(at.as_object_mut()?.insert(name.clone(), value)),
        None => drop(at.as_object_mut()?.remove(name)),
    }
    Some(changed)
}

impl Page {
    /// What the query of an operation asks for of so many items. A cursor that the mock never gave is the beginning.
    pub(super) fn of(
        document: &Source,
        operation: &Operation,
        answer: &Answer,
        query: &[(String, Value)],
        total: usize,
    ) -> Self {
        let ask = |words: &[&str]| {
            let mut parameters = operation.parameters_in(Location::Query);
            let parameter = parameters.find(|parameter| words.contains(&plain(&parameter.name).as_str()))?;
            let schema = schema(document, &parameter.schema);
            let given = query.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value);
            let value = given.or_else(|| schema.get("default")).cloned();
            let first = schema["default"].as_u64().or(schema["minimum"].as_u64()).unwrap_or(1).min(1);
            Some(Asked { name: parameter.name.clone(), value, first: usize::from(first == 1) })
        };
        let (limit, cursor, offset, page) = (ask(&LIMITS), ask(&CURSORS), ask(&OFFSETS), ask(&PAGES));
        let cursor = cursor.filter(|_| tells_next(document, answer));
        let limit = match &limit {
            Some(limit) => limit.number().unwrap_or(USUAL_LIMIT),
            None if cursor.is_none() && offset.is_none() && page.is_none() => total,
            None => USUAL_LIMIT,
        };
        let (start, next): (usize, Option<(String, String)>) = if let Some(cursor) = cursor {
            let text = cursor.value.as_ref().and_then(Value::as_str).unwrap_or_default();
            let start = read_cursor(text).unwrap_or_default();
            (start, Some((cursor.name, write_cursor(start.saturating_add(limit)))))
        } else if let Some(offset) = offset {
            let start = offset.number().unwrap_or_default();
            (start, Some((offset.name, start.saturating_add(limit).to_string())))
        } else if let Some(page) = page {
            let first = page.first;
            let number = page.number().unwrap_or(first);
            let start = number.saturating_sub(first).saturating_mul(limit);
            (start, Some((page.name, number.saturating_add(1).to_string())))
        } else {
            (0, None)
        };
        let start = start.min(total);
        let end = start.saturating_add(limit).min(total);
        Self { start, end, total, next: next.filter(|_| end < total && end > start) }
    }
}

/// Whether an answer has a place to say where the next page is.
fn tells_next(document: &Source, answer: &Answer) -> bool {
    let links = answer.headers.iter().any(|header| header.name.eq_ignore_ascii_case("link"));
    let mut bodies = answer.content.iter().filter(|content| content.is_json());
    links || bodies.any(|content| !next_members(document, &content.schema()).is_empty())
}

/// A parameter about pages.
struct Asked {
    name: String,
    value: Option<Value>,
    /// The number of the first page.
    first: usize,
}

impl Asked {
    fn number(&self) -> Option<usize> {
        self.value.as_ref().and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok())
    }
}

/// Opaque to clients, who are not meant to count.
fn write_cursor(start: usize) -> String {
    format!("at{start:x}")
}

fn read_cursor(text: &str) -> Option<usize> {
    text.strip_prefix("at").and_then(|digits| usize::from_str_radix(digits, 16).ok())
}
