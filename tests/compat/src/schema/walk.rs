//! Walks two schemas side by side and gathers what differs, each difference with its place in both documents and in
//! the value.
//!
//! What is found here decides nothing: it says where to look, and that two schemas without a difference are the same.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::rc::Rc;

use orderly_document::{Document, Pointer};
use serde_json::{Map, Value};

use super::{Direction, Side, branches, keywords, rule::SchemaRule};

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// The member of this name.
    Member(String),
    /// Any member that has no property of its own.
    Further,
    /// Any item.
    Item,
}

/// A pair of schemas that describe the same part of a value, and how the value leads there.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) base: Pointer,
    pub(super) head: Pointer,
    /// The level that contains this one, and the step from there; `None` at the whole value.
    pub(super) above: Option<(Rc<Level>, Step)>,
    /// Whether a proof for this level is one for the level above: not below a `oneOf` or a `not`, where what is allowed
    /// more in one place is allowed less in another.
    pub(super) is_monotone: bool,
}

/// A difference.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) rule: SchemaRule,
    pub(super) side: Side,
    /// The places in the older and the newer version.
    pub(super) places: (Pointer, Pointer),
    pub(super) expected: String,
    pub(super) found: String,
    /// The part of the value that the schema is about.
    pub(super) level: Rc<Level>,
    /// The member that it is about, where that is not the level itself.
    pub(super) member: Option<String>,
    /// The schemas that differ: those of the level, or parts of them.
    pub(super) base: Pointer,
    pub(super) head: Pointer,
    /// Whether the schemas are alternatives of a union, or within a `not`.
    pub(super) is_in_union: bool,
}

/// As a token of a JSON pointer, with `*` for any item or further member.
impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(name) => formatter.write_str(&escape(name)),
            Self::Further | Self::Item => formatter.write_str("*"),
        }
    }
}

impl Level {
    /// Where the level is in the value: a JSON pointer, with `*` for any item or further member.
    pub(super) fn path(&self) -> String {
        match &self.above {
            None => String::new(),
            Some((above, step)) => format!("{}/{step}", above.path()),
        }
    }

    /// The lowest level at which a proof says something about the whole value.
    pub(super) fn provable(self: &Rc<Self>) -> Rc<Self> {
        let mut lowest = Rc::clone(self);
        let mut here = self;
        while let Some((above, _)) = &here.above {
            if !here.is_monotone {
                lowest = Rc::clone(above);
            }
            here = above;
        }
        lowest
    }
}

impl Site {
    /// Where it matters in the value.
    pub(super) fn path(&self) -> String {
        let level = self.level.path();
        self.member.as_ref().map_or(level.clone(), |name| format!("{level}/{}", escape(name)))
    }
}

pub(super) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A pair of schemas to be looked at, which may be a part of what its level describes.
struct Pair {
    base: Pointer,
    head: Pointer,
    level: Rc<Level>,
    is_in_union: bool,
    is_monotone: bool,
}

/// A walk through two schemas.
pub(super) struct Walk<'a> {
    base: &'a Document,
    head: &'a Document,
    pub(super) direction: Direction,
    /// Pairs that were found equal in an earlier walk, with all that they contain.
    equal: &'a HashSet<(Pointer, Pointer)>,
    /// A pair is seen again where another proof has to be made for it.
    seen: HashSet<(Pointer, Pointer, Pointer, Pointer)>,
    queue: VecDeque<Pair>,
    pub(super) sites: Vec<Site>,
}

/// A schema without its references.
pub(super) struct Node<'a> {
    pub(super) at: Pointer,
    pub(super) schema: &'a Map<String, Value>,
}

/// A pair of schemas without their references, as the comparisons of keywords see it.
pub(super) struct Nodes<'a> {
    pub(super) base: Node<'a>,
    pub(super) head: Node<'a>,
    pub(super) level: Rc<Level>,
    pub(super) is_in_union: bool,
    pub(super) is_monotone: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        base: &'a Document,
        head: &'a Document,
        direction: Direction,
        equal: &'a HashSet<(Pointer, Pointer)>,
    ) -> Self {
        let (seen, queue, sites) = (HashSet::new(), VecDeque::new(), Vec::new());
        Self { base, head, direction, equal, seen, queue, sites }
    }

    /// Gathers every difference, those nearest to the whole value first.
    pub(super) fn run(&mut self, base: &Pointer, head: &Pointer) {
        self.push_level(base, head, None, true, false);
        while let Some(pair) = self.queue.pop_front() {
            let (base, head) = (node(self.base, &pair.base), node(self.head, &pair.head));
            let head = without_lone_union(self.head, head, base.schema);
            let base = without_lone_union(self.base, base, head.schema);
            let proof = pair.level.provable();
            let key = (base.at.clone(), head.at.clone());
            if self.equal.contains(&key)
                || !self.seen.insert((key.0, key.1, proof.base.clone(), proof.head.clone()))
            {
                continue;
            }
            let Pair { level, is_in_union, is_monotone, .. } = pair;
            let nodes = Nodes { base, head, level, is_in_union, is_monotone };
            keywords::compare(self, &nodes);
            branches::compare(self, &nodes);
        }
    }

    /// Looks at the schemas of a part of the value, one step below that of `nodes`.
    pub(super) fn below(&mut self, nodes: &Nodes<'_>, step: Step, base: Pointer, head: Pointer) {
        let above = Some((Rc::clone(&nodes.level), step));
        self.push_level(&base, &head, above, nodes.is_monotone, nodes.is_in_union);
    }

    /// Looks at parts of the schemas of the same value.
    pub(super) fn part(&mut self, nodes: &Nodes<'_>, base: Pointer, head: Pointer, kind: Part) {
        self.queue.push_back(Pair {
            base,
            head,
            level: Rc::clone(&nodes.level),
            is_in_union: nodes.is_in_union || kind != Part::Conjunct,
            is_monotone: nodes.is_monotone && kind != Part::Exclusive,
        });
    }

    fn push_level(
        &mut self,
        base: &Pointer,
        head: &Pointer,
        above: Option<(Rc<Level>, Step)>,
        is_monotone: bool,
        is_in_union: bool,
    ) {
        let (base, head) = (node(self.base, base).at, node(self.head, head).at);
        let level = Rc::new(Level { base: base.clone(), head: head.clone(), above, is_monotone });
        self.queue.push_back(Pair { base, head, level, is_in_union, is_monotone: true });
    }

    /// All pairs that were looked at.
    pub(super) fn pairs(self) -> impl Iterator<Item = (Pointer, Pointer)> {
        self.seen.into_iter().map(|(base, head, ..)| (base, head))
    }

    /// Notes a difference between the schemas of `nodes`.
    pub(super) fn differ(&mut self, nodes: &Nodes<'_>, rule: SchemaRule, place: Place, words: [String; 2]) {
        let [expected, found] = words;
        let side = match place.at {
            (Some(_), None) => Side::Base,
            _ => Side::Head,
        };
        let (base, head) = place.at;
        let places =
            (base.unwrap_or_else(|| nodes.base.at.clone()), head.unwrap_or_else(|| nodes.head.at.clone()));
        self.sites.push(Site {
            rule,
            side,
            places,
            expected,
            found,
            level: Rc::clone(&nodes.level),
            member: place.member,
            base: nodes.base.at.clone(),
            head: nodes.head.at.clone(),
            is_in_union: nodes.is_in_union,
        });
    }

    /// The schema at a pointer in one of the versions, without references.
    pub(super) fn property(&self, side: Side, at: &Pointer) -> &'a Map<String, Value> {
        node(self.document(side), at).schema
    }

    /// Where the references at a pointer end in one of the versions.
    pub(super) fn property_place(&self, side: Side, at: &Pointer) -> Pointer {
        node(self.document(side), at).at
    }

    fn document(&self, side: Side) -> &'a Document {
        match side {
            Side::Base => self.base,
            Side::Head => self.head,
        }
    }
}

/// How a part belongs to its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// One of `allOf`.
    Conjunct,
    /// One of `anyOf`.
    Alternative,
    /// One of `oneOf`, or what is within a `not`.
    Exclusive,
}

/// Where a difference is: in one of the versions, or in both.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// In the older and in the newer version.
    pub(super) at: (Option<Pointer>, Option<Pointer>),
    pub(super) member: Option<String>,
}

/// What stands at a pointer, without the wrapping that means nothing: references, and an `allOf` of one.
fn node<'a>(document: &'a Document, at: &Pointer) -> Node<'a> {
    static ANYTHING: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    let mut at = at.clone();
    // A circle of nothing but wrappers ends somewhere within itself.
    for _ in 0..MAX_WRAPPERS {
        match document.resolve(&at) {
            Ok(resolved) => {
                let Some(schema) = resolved.value.as_object() else {
                    return Node { at: resolved.pointer, schema: &ANYTHING };
                };
                if !is_lone(schema, "allOf") {
                    return Node { at: resolved.pointer, schema };
                }
                at = resolved.pointer.child("allOf").index(0);
            }
            // What leads nowhere is compared by its words.
            Err(_) => {
                let schema = document.get(&at).and_then(Value::as_object).unwrap_or(&ANYTHING);
                return Node { at, schema };
            }
        }
    }
    Node { at, schema: &ANYTHING }
}

const MAX_WRAPPERS: usize = 32;

/// The only alternative of a union, where the other version has no such union: that is the alternative itself.
fn without_lone_union<'a>(document: &'a Document, node_at: Node<'a>, other: &Map<String, Value>) -> Node<'a> {
    let lone = ["anyOf", "oneOf"].into_iter().find(|keyword| is_lone(node_at.schema, keyword));
    match lone.filter(|keyword| !other.contains_key(*keyword)) {
        Some(keyword) => node(document, &node_at.at.child(keyword).index(0)),
        None => node_at,
    }
}

/// Whether a schema is nothing but a list of one.
fn is_lone(schema: &Map<String, Value>, keyword: &str) -> bool {
    let has_one = schema.get(keyword).and_then(Value::as_array).is_some_and(|branches| branches.len() == 1);
    has_one && schema.keys().all(|known| known == keyword || keywords::is_annotation(known))
}
