//! A schema without references, `allOf` and unions: everything that has to hold at once, in one list of rules.

use std::sync::Arc;

use orderly_document::Pointer;
use serde_json::Value;

use super::{
    kind::Kinds,
    rule::{Demand, Rule},
};
use crate::case::Keyword;

/// Schemas that a value has to keep at once, by their places. None means that anything is allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Node(pub(super) Arc<[Pointer]>);

impl Node {
    pub(super) fn new(places: impl IntoIterator<Item = Pointer>) -> Self {
        let mut known: Vec<Pointer> = Vec::new();
        for place in places {
            if !known.contains(&place) {
                known.push(place);
            }
        }
        Self(known.into())
    }

    /// This one's schemas and others.
    pub(super) fn and(&self, places: impl IntoIterator<Item = Pointer>) -> Self {
        Self::new(self.0.iter().cloned().chain(places))
    }
}

/// One way to be what a [`Node`] demands: with one branch of each union.
#[derive(Debug)]
pub(super) struct Shape {
    /// The schemas that went in, references resolved.
    pub(super) parts: Vec<Pointer>,
    /// The kinds that all of them allow; null only if it does not stand outside (`nullable` beside a union).
    pub(super) kinds: Kinds,
    pub(super) rules: Vec<Rule>,
    /// The members that are known and may be there.
    pub(super) members: Vec<(String, Node)>,
    /// Members of the other direction.
    pub(super) hidden: Vec<(String, Node)>,
    /// What members are that are not known; `None` if there must be none.
    pub(super) other: Option<Node>,
    /// Whether the document says that there may be such members.
    pub(super) is_open: bool,
    pub(super) items: Node,
    /// What must not be fulfilled.
    pub(super) nots: Vec<Pointer>,
    pub(super) unions: Vec<Union>,
    /// Examples and defaults.
    pub(super) examples: Vec<Value>,
}

/// A union, and the branch that was taken.
#[derive(Debug, Clone)]
pub(super) struct Union {
    pub(super) keyword: Keyword,
    pub(super) place: Pointer,
    pub(super) branches: Vec<Pointer>,
    pub(super) taken: usize,
}

impl Shape {
    /// The rules that a value breaks, looking at nothing below it.
    pub(super) fn breaks(&self, value: &Value) -> Vec<&Rule> {
        self.rules.iter().filter(|rule| rule.demand.holds(value) == Some(false)).collect()
    }

    /// Whether a value breaks none of the rules, looking at nothing below it.
    pub(super) fn holds(&self, value: &Value) -> bool {
        self.rules.iter().all(|rule| rule.demand.holds(value) != Some(false))
    }

    /// What a member has to be; `None` if it must not be there.
    pub(super) fn member(&self, name: &str) -> Option<&Node> {
        let known = self.members.iter().find(|(known, _)| known == name);
        known.map(|(_, node)| node).or_else(|| match self.is_hidden(name) {
            true => None,
            false => self.other.as_ref(),
        })
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.hidden.iter().any(|(hidden, _)| hidden == name)
    }

    /// The names of members that have to be there, each once.
    pub(super) fn required(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for rule in &self.rules {
            if let Demand::Required(name) | Demand::Tag(name, _) = &rule.demand
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        }
        names
    }

    /// The least and the most that rules of one pair of keywords allow.
    pub(super) fn bounds(&self, min: Keyword, max: Keyword) -> (u64, Option<u64>) {
        let amount = |rule: &Rule| match rule.demand {
            Demand::MinLength(bound)
            | Demand::MaxLength(bound)
            | Demand::MinItems(bound)
            | Demand::MaxItems(bound)
            | Demand::MinProperties(bound)
            | Demand::MaxProperties(bound) => Some(bound),
            _ => None,
        };
        let of =
            move |keyword| self.rules.iter().filter(move |rule| rule.keyword == keyword).filter_map(amount);
        (of(min).max().unwrap_or_default(), of(max).min())
    }

    /// Whether a rule of this keyword is there.
    pub(super) fn has(&self, keyword: Keyword) -> bool {
        self.rules.iter().any(|rule| rule.keyword == keyword)
    }

    /// The kind that its keywords are about, where `type` leaves a choice.
    pub(super) fn likely_kind(&self) -> Kinds {
        use Keyword as K;
        let of = |keywords: &[K]| keywords.iter().any(|keyword| self.has(*keyword));
        let candidates = [
            (
                !self.members.is_empty()
                    || of(&[K::Required, K::MinProperties, K::MaxProperties, K::AdditionalProperties]),
                Kinds::OBJECT,
            ),
            (!self.items.0.is_empty() || of(&[K::MinItems, K::MaxItems, K::UniqueItems]), Kinds::LIST),
            (of(&[K::Minimum, K::Maximum, K::MultipleOf]), Kinds::WHOLE),
            (true, Kinds::TEXT),
            (true, Kinds::WHOLE),
            (true, Kinds::FRACTION),
            (true, Kinds::BOOLEAN),
            (true, Kinds::OBJECT),
            (true, Kinds::LIST),
        ];
        let allowed = candidates.into_iter().find(|(is_meant, kind)| *is_meant && self.kinds.meets(*kind));
        allowed.map_or(Kinds::NULL, |(_, kind)| kind)
    }
}
