//! Lists: where an answer has its items, and which of them the query asks for.

use orderly_document::{Document as Source, Pointer};
use serde_json::{Map, Value};

use super::shape::{members, plain, schema};
use crate::document::{Location, Operation};

/// How many items a page has if nobody says it.
const USUAL_LIMIT: usize = 20;

const LIMITS: [&str; 9] =
    ["limit", "perpage", "pagesize", "size", "maxresults", "pagelimit", "first", "take", "top"];
const OFFSETS: [&str; 3] = ["offset", "skip", "start"];
const PAGES: [&str; 3] = ["page", "pagenumber", "pageindex"];
const CURSORS: [&str; 7] =
    ["cursor", "pagetoken", "nextpagetoken", "after", "startingafter", "continuationtoken", "marker"];
const NEXT: [&str; 7] =
    ["nextcursor", "nextpagetoken", "next", "nexttoken", "continuationtoken", "marker", "nextpage"];
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
        let items_of = |place: &Pointer| {
            let items = document.resolve(place).ok()?.pointer.child("items");
            (!members(document, &items).is_empty()).then_some(items)
        };
        if is_list(body) {
            return Some(Self { member: None, items: items_of(body)?, around: Vec::new() });
        }
        let around = members(document, body);
        let mut lists = around.iter().filter(|(_, place)| is_list(place));
        let (name, place) = lists.next().filter(|_| lists.next().is_none())?;
        Some(Self { member: Some(name.clone()), items: items_of(place)?, around })
    }

    /// The whole answer with these items in it; `answer` is one whose other members are right already.
    pub(super) fn fill(&self, document: &Source, mut answer: Value, items: Vec<Value>, page: &Page) -> Value {
        let (Some(member), Value::Object(members)) = (&self.member, &mut answer) else {
            return Value::Array(items);
        };
        members.insert(member.clone(), Value::Array(items));
        for (name, place) in &self.around {
            let word = plain(name);
            if let Some(next) = self.next(document, place, page).filter(|_| NEXT.contains(&word.as_str())) {
                set(members, name, next);
            } else if MORE.contains(&word.as_str()) {
                set(members, name, Some(Value::Bool(page.next.is_some())));
            } else if TOTALS.contains(&word.as_str()) {
                set(members, name, Some(Value::from(page.total)));
            }
        }
        answer
    }

    /// The next page's cursor: none is `null` where it may be, and no member where not.
    fn next(&self, document: &Source, place: &Pointer, page: &Page) -> Option<Option<Value>> {
        let schema = schema(document, place);
        let value = match &page.next {
            Some((_, value)) if schema["type"] == "integer" => {
                value.parse().ok().map(|value: u64| value.into())
            }
            Some((_, value)) => Some(Value::from(value.as_str())),
            None if schema["nullable"] == true => Some(Value::Null),
            None => None,
        };
        matches!(schema["type"].as_str(), Some("string" | "integer")).then_some(value)
    }
}

impl Page {
    /// What the query of an operation asks for of so many items. A cursor that the mock never gave is the beginning.
    pub(super) fn of(
        document: &Source,
        operation: &Operation,
        query: &[(String, Value)],
        total: usize,
    ) -> Self {
        let ask = |words: &[&str]| {
            let mut parameters = operation.parameters_in(Location::Query);
            let parameter = parameters.find(|parameter| words.contains(&plain(&parameter.name).as_str()))?;
            let schema = schema(document, &parameter.schema);
            let given = query.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value);
            let value = given.or_else(|| schema.get("default")).cloned();
            Some(Asked { name: parameter.name.clone(), value, from: schema["minimum"].as_u64() })
        };
        let (limit, cursor, offset, page) = (ask(&LIMITS), ask(&CURSORS), ask(&OFFSETS), ask(&PAGES));
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
            let first = if page.from == Some(0) { 0 } else { 1 };
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

/// A parameter about pages.
struct Asked {
    name: String,
    value: Option<Value>,
    from: Option<u64>,
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

fn set(members: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    match value {
        Some(value) => drop(members.insert(name.to_owned(), value)),
        None => drop(members.remove(name)),
    }
}
