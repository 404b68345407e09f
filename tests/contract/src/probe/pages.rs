//! How a list is paged, and a walk through it.

use std::collections::BTreeSet;

use http::header;
use orderly_document::Pointer;
use serde_json::Value;

use crate::{
    case::Parts,
    check::Check,
    document::{Composition, Document, Location, Operation, Parameter},
    exchange::{Exchange, Received},
    state::{Action, Graph, Step, Story, Who, plain, sites},
};

/// How many pages a walk has at most.
const MOST: usize = 60;

pub(crate) const LIMITS: [&str; 12] = [
    "limit",
    "pagesize",
    "perpage",
    "pagelimit",
    "maxresults",
    "size",
    "count",
    "top",
    "take",
    "maxitems",
    "maxpagesize",
    "itemsperpage",
];
pub(crate) const CURSORS: [&str; 10] = [
    "cursor",
    "pagecursor",
    "pagetoken",
    "nexttoken",
    "continuationtoken",
    "nextcursor",
    "nextpagetoken",
    "marker",
    "continue",
    "after",
];
pub(crate) const NEXT: [&str; 8] = [
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "continuationtoken",
    "nextmarker",
    "nextpagecursor",
    "endcursor",
    "cursor",
];
pub(crate) const OFFSETS: [&str; 4] = ["offset", "skip", "start", "startindex"];
pub(crate) const PAGES: [&str; 4] = ["page", "pagenumber", "pageno", "pageindex"];

/// How a list is paged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paging {
    /// The parameter for how many items a page has.
    pub(super) limit: String,
    /// The most that it may be; what the document does not say is taken to be little.
    pub(super) most: usize,
    /// Where the parameter stands.
    pub(super) place: Pointer,
    /// How the next page is asked for.
    pub(super) style: Style,
}

/// How the next page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Style {
    /// By what the page before says.
    Cursor(String),
    /// By how many items were seen.
    Offset(String),
    /// By number, and the number of the first page, if the document says it.
    Page(String, Option<u64>),
}

/// A list from its beginning to its end.
#[derive(Debug, Clone, Default)]
pub(super) struct Walk {
    /// The items, in order.
    pub(super) items: Vec<Value>,
    /// It led to the end.
    pub(super) whole: bool,
}

impl Paging {
    /// How an operation's list is paged, if it is.
    pub(super) fn of(document: &Document, operation: &Operation) -> Option<Self> {
        if operation.method != http::Method::GET {
            return None;
        }
        let named = |names: &[&str]| {
            operation
                .parameters_in(Location::Query)
                .find(|parameter| names.contains(&plain(&parameter.name).as_str()))
        };
        let limit = named(&LIMITS).filter(|parameter| is_integer(document, parameter))?;
        let style = if let Some(cursor) = named(&CURSORS).filter(|_| tells_next(document, operation)) {
            Style::Cursor(cursor.name.clone())
        } else if let Some(offset) = named(&OFFSETS).filter(|parameter| is_integer(document, parameter)) {
            Style::Offset(offset.name.clone())
        } else {
            let page = named(&PAGES).filter(|parameter| is_integer(document, parameter))?;
            Style::Page(page.name.clone(), first_page(document, page))
        };
        let schema = document.source().resolve(&limit.schema).ok()?.value;
        let bound = |keyword: &str| schema[keyword].as_u64().and_then(|bound| usize::try_from(bound).ok());
        if bound("minimum").is_some_and(|least| least > 1) {
            return None;
        }
        let most = bound("maximum").or(bound("default")).unwrap_or(20).clamp(1, 1000);
        Some(Self { limit: limit.name.clone(), most, place: limit.place.clone(), style })
    }

    fn counts_from_somewhere(&self) -> bool {
        matches!(self.style, Style::Page(_, None))
    }
}

/// Whether an operation has parameters for parts of a list, however they lead to the others.
pub(super) fn is_paged(operation: &Operation) -> bool {
    let is_known =
        |name: &str| [&LIMITS[..], &CURSORS, &OFFSETS, &PAGES].iter().any(|names| names.contains(&name));
    operation.parameters_in(Location::Query).any(|parameter| is_known(&plain(&parameter.name)))
}

/// Whether a parameter is for what another page has said, which nobody can make up.
pub(crate) fn is_cursor(name: &str) -> bool {
    CURSORS.contains(&plain(name).as_str())
}

/// Whether the document says where an answer tells how to go on.
fn tells_next(document: &Document, operation: &Operation) -> bool {
    let answers = operation.answers.iter().filter(|(status, _)| status.starts_with('2'));
    answers.map(|(_, answer)| answer).any(|answer| {
        let links = answer.headers.iter().any(|header| header.name.eq_ignore_ascii_case("link"));
        let members = answer.content.iter().filter(|content| content.is_json());
        links
            || members.flat_map(|content| sites(document.source(), &content.schema())).any(|site| match site
                .path
                .as_slice()
            {
                [Step::Member(name)] | [Step::Member(_), Step::Member(name)] => {
                    NEXT.contains(&plain(name).as_str())
                }
                _ => false,
            })
    })
}

fn is_integer(document: &Document, parameter: &Parameter) -> bool {
    document.source().resolve(&parameter.schema).is_ok_and(|schema| schema.value["type"] == "integer")
}

/// The number that pages are counted from.
fn first_page(document: &Document, parameter: &Parameter) -> Option<u64> {
    let schema = document.source().resolve(&parameter.schema).map_or(&Value::Null, |schema| schema.value);
    let first = schema["default"].as_u64().or(schema["minimum"].as_u64());
    first.filter(|first| *first <= 1)
}

/// The items of a page: the answer itself, or its only member that is a list. `None` if the document has another one
/// there, which may be left out where this one is not.
pub(super) fn items(document: &Document, operation: &Operation, answer: &Received) -> Option<Vec<Value>> {
    let body: Value = serde_json::from_slice(&answer.body).ok()?;
    let mut members = match body {
        Value::Array(items) => return Some(items),
        Value::Object(members) => members,
        _ => return None,
    };
    let is_list = |(_, member): &(&String, &Value)| member.is_array();
    let mut lists: BTreeSet<String> = members.iter().filter(is_list).map(|(name, _)| name.clone()).collect();
    lists.extend(declared_lists(document, operation, answer));
    let name = lists.pop_first().filter(|_| lists.is_empty())?;
    match members.remove(&name)? {
        Value::Array(items) => Some(items),
        _ => None,
    }
}

/// The members that are lists by the schema of an answer.
fn declared_lists(document: &Document, operation: &Operation, answer: &Received) -> Vec<String> {
    let source = document.source();
    let declared = operation.answer(answer.status).into_iter().flat_map(|(_, declared)| &declared.content);
    let schemas = declared.filter(|content| content.is_json()).map(|content| content.schema());
    let members = schemas.flat_map(|schema| Composition::of(source, [&schema]).members);
    let is_list = |places: &Vec<Pointer>| Composition::of(source, places).has_type("array");
    members.filter(|(_, places)| is_list(places)).map(|(name, _)| name).collect()
}

/// What tells an item from others: the ids of what it is, or all of it.
pub(super) fn name_of(graph: &Graph, operation: &Operation, item: &Value) -> String {
    match ids_of(graph, operation, item).as_slice() {
        [] => item.to_string(),
        [id] => id.to_string(),
        ids => format!("{ids:?}"),
    }
}

/// The ids of what an item is. Where several members could be it, each is: of `Id` and `id` a document may mean either.
pub(super) fn ids_of<'i>(graph: &Graph, operation: &Operation, item: &'i Value) -> Vec<&'i Value> {
    let kind = match graph.uses(operation).action {
        Some((Action::List, kind)) => Some(graph.kind(kind)),
        _ => None,
    };
    let is_id = |name: &str| kind.map_or(name == "id", |kind| kind.rank(name).is_some());
    let members = item.as_object().into_iter().flatten();
    members.filter(|(name, _)| is_id(name)).map(|(_, value)| value).collect()
}

impl Story<'_> {
    /// Walks through a list with pages of this many items, and tells of pages that are no pages. `None` if the list cannot
    /// be had.
    pub(super) async fn walk(
        &mut self,
        operation: &Operation,
        paging: &Paging,
        base: &Parts,
        limit: usize,
        who: Who<'_>,
    ) -> Option<Walk> {
        let mut walk = Walk::default();
        let mut asked = BTreeSet::new();
        let mut parts = base.clone().with(Location::Query, &paging.limit, limit);
        for number in 0..MOST as u64 {
            let exchange = self.send_as(operation, parts.clone(), who).await?;
            if !exchange.received.status.is_success() {
                if number > 0
                    && exchange.received.status.is_client_error()
                    && matches!(paging.style, Style::Cursor(_))
                {
                    let found = exchange.received.status.to_string();
                    self.tell(Check::Pagination, operation, "the page that the one before leads to", found);
                }
                return None;
            }
            let page = items(self.document(), operation, &exchange.received)?;
            if page.len() > limit {
                let found = format!("{} items, where {limit} were asked for", page.len());
                self.tell_at(
                    Check::Pagination,
                    operation,
                    &paging.place,
                    "no more items in a page than were asked for",
                    found,
                );
                return None;
            }
            let count = page.len();
            // Where nobody says whether the first page is number 0 or 1, it comes twice if it is 1.
            let is_again = number == 1 && paging.counts_from_somewhere() && page == walk.items;
            walk.items.extend(page.into_iter().filter(|_| !is_again));
            let next = match &paging.style {
                Style::Cursor(name) => {
                    next_cursor(&exchange, name).map(|cursor| (name, Value::String(cursor)))
                }
                // Without word of how many there are, a list ends with a page that is not full.
                Style::Offset(name) if count == limit => Some((name, Value::from(walk.items.len()))),
                Style::Page(name, first) if count == limit => {
                    Some((name, Value::from(first.unwrap_or_default() + number + 1)))
                }
                _ => None,
            };
            let Some((name, value)) = next else {
                walk.whole = true;
                return Some(walk);
            };
            if !asked.insert(value.to_string()) {
                self.tell(Check::Pagination, operation, "a walk that ends", format!("{value} a second time"));
                return None;
            }
            parts =
                base.clone().with(Location::Query, &paging.limit, limit).with(Location::Query, name, value);
        }
        Some(walk)
    }
}

/// What asks for the next page: a member of the answer, or `Link` (RFC 8288).
fn next_cursor(exchange: &Exchange, parameter: &str) -> Option<String> {
    let body: Value = serde_json::from_slice(&exchange.received.body).unwrap_or_default();
    linked(&exchange.received, parameter).or_else(|| member(&body, 2))
}

fn member(value: &Value, depth: usize) -> Option<String> {
    let members = value.as_object()?;
    let cursor = |(name, value): (&String, &Value)| {
        let text = value.as_str().filter(|text| !text.is_empty())?;
        NEXT.contains(&plain(name).as_str()).then(|| text.to_owned())
    };
    let here = members.iter().find_map(cursor);
    here.or_else(|| {
        (depth > 0)
            .then(|| members.values().find_map(|member_value| member(member_value, depth - 1)))
            .flatten()
    })
}

fn linked(answer: &Received, parameter: &str) -> Option<String> {
    let links = answer.headers.get(header::LINK)?.to_str().ok()?;
    let next = links.split(',').find(|link| link.contains("rel=\"next\"") || link.contains("rel=next"))?;
    let target = next.split_once('<')?.1.split_once('>')?.0;
    let query = target.split_once('?')?.1;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == parameter).map(|(_, value)| value.into_owned())
}
