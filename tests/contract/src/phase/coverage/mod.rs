//! Every rule of an operation kept and broken, one at a time, around one valid request.

mod body;
mod method;
mod parameter;

use std::collections::BTreeMap;

use orderly_document::Pointer;

use super::{Known, base::Base, holds};
use crate::{
    case::{Argument, Case, Intent, Keyword, Parts, Phase, Polarity, Rule, Touch},
    document::{Document, Operation},
};

/// How often a kept rule is noted: a case may be refused for what it met on the server, so once is not enough.
const KEPT_TIMES: u8 = 8;

/// The cases of the coverage phase. Of an operation that demands something no valid value is known of, only those that
/// need none.
pub fn coverage(document: &Document, operation: &Operation, known: &dyn Known) -> Vec<Case> {
    let Some(base) = Base::new(document, operation) else { return Vec::new() };
    let mut cases = Cases { base: &base, known, cases: Vec::new(), kept: BTreeMap::new() };
    cases.whole();
    cases.parameters();
    cases.bodies();
    cases.methods();
    cases.cases
}

/// The cases so far.
struct Cases<'c, 'd> {
    base: &'c Base<'d>,
    known: &'c dyn Known,
    cases: Vec<Case>,
    /// How often each rule was noted as kept.
    kept: BTreeMap<Pointer, u8>,
}

impl Cases<'_, '_> {
    /// Requests with as little and as much as there can be.
    fn whole(&mut self) {
        let parts = self.base.parts(self.known);
        let touches = self.base.touches(&parts);
        self.valid("only what is required", parts.clone(), touches);
        if let Some(body) = &self.base.operation.body
            && !body.required
            && parts.body.is_some()
        {
            self.valid("no body, which is optional", Parts { body: None, ..parts.clone() }, Vec::new());
        }
        let optional = self.base.parameters.iter().filter(|one| !one.parameter.required);
        let arguments: Vec<Argument> =
            optional.filter_map(|one| self.base.argument(one, self.known)).collect();
        if arguments.len() > 1 {
            let mut parts = self.base.parts(self.known);
            parts.arguments.extend(arguments);
            let touches = self.base.touches(&parts);
            self.valid("every parameter", parts, touches);
        }
    }

    fn valid(&mut self, title: impl Into<String>, parts: Parts, mut touches: Vec<Touch>) {
        touches.retain(|touch| self.kept.get(&touch.place).is_none_or(|times| *times < KEPT_TIMES));
        let places: Vec<Pointer> = touches.iter().map(|touch| touch.place.clone()).collect();
        if self.add(title.into(), parts, Intent::Valid, touches) {
            for place in places {
                *self.kept.entry(place).or_default() += 1;
            }
        }
    }

    /// A request that breaks a keyword of a schema.
    fn breaks(&mut self, title: String, parts: Parts, keyword: Keyword, place: Pointer) {
        self.invalid(title, parts, Rule::Keyword(keyword), place);
    }

    fn invalid(&mut self, title: impl Into<String>, parts: Parts, rule: Rule, place: Pointer) {
        let touches = vec![Touch { place: place.clone(), polarity: Polarity::Broken }];
        self.add(title.into(), parts, Intent::Invalid { rule, place }, touches);
    }

    /// Adds the case, unless it would not say on the wire what it means.
    fn add(&mut self, title: String, parts: Parts, intent: Intent, touches: Vec<Touch>) -> bool {
        let operation = self.base.operation;
        let case =
            Case { operation: operation.id.clone(), phase: Phase::Coverage, title, parts, intent, touches };
        let holds = holds(self.base.document, operation, &case);
        if holds {
            self.cases.push(case);
        }
        holds
    }
}
