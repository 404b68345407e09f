//! Deprecation and sunset: what has been announced may end, on the day that was said and not before.

use chrono::{Days, NaiveDate};
use serde_json::Value;

use super::Walk;
use crate::api::{self, Operation};
use crate::node::Node;
use crate::rules::Rule;

/// The extension that says until when something works: a day, or a moment of it.
const SUNSET: &str = "x-sunset";

impl<'d> Walk<'d> {
    /// What it means that an operation is gone.
    pub(super) fn removal(&self, old: &Operation<'d>) -> Rule {
        match self.sunset_of(old) {
            Some(day) if day <= self.settings.today => Rule::OperationRemovedAfterSunset,
            Some(_) => Rule::OperationRemovedEarly,
            None => Rule::OperationRemoved,
        }
    }

    /// The day until which an operation was promised to work: the last one that the base, or a version that was
    /// released since, has announced.
    pub(super) fn sunset_of(&self, old: &Operation<'d>) -> Option<NaiveDate> {
        let shape = api::shape(old.path);
        let is_same = |other: &Operation<'_>| other.method == old.method && api::shape(other.path) == shape;
        let later = self.between.iter().flat_map(|document| api::operations(document)).filter(is_same);
        later.map(|other| promised(&other.node)).chain([promised(&old.node)]).max().flatten()
    }

    /// Whether a part of an operation that is gone was announced to end by now.
    pub(super) fn has_ended(&self, part: &Node<'_>) -> bool {
        promised(part).is_some_and(|day| day <= self.settings.today)
    }

    /// What it means that a parameter is gone.
    pub(super) fn parameter_removal(&self, parameter: &Node<'_>) -> Rule {
        match promised(parameter) {
            Some(_) if self.has_ended(parameter) => Rule::ParameterRemovedAfterSunset,
            Some(_) => Rule::ParameterRemovedEarly,
            None => Rule::ParameterRemoved,
        }
    }

    /// What an operation says of its own end.
    pub(super) fn lifecycle(&mut self, base: &Operation<'d>, head: &Operation<'d>) {
        let (base, head) = (&base.node, &head.node);
        match (base.flag("deprecated"), head.flag("deprecated")) {
            (false, true) => {
                self.both(Rule::OperationDeprecated, base, head, "deprecated", "is deprecated");
                if head.value.get(SUNSET).is_none() {
                    let what = "is deprecated without a day on which it ends";
                    self.both(Rule::SunsetMissing, base, head, "deprecated", what);
                }
            }
            (true, false) => {
                let what = "is not deprecated any more";
                self.both(Rule::OperationReactivated, base, head, "deprecated", what);
            }
            _ => {}
        }
        self.sunset(base, head, "");
    }

    /// What an operation, or a parameter that `who` names, says of the day on which it ends.
    pub(super) fn sunset(&mut self, base: &Node<'d>, head: &Node<'d>, who: &str) {
        let (old, new) = (base.value.get(SUNSET), head.value.get(SUNSET));
        if old == new || !head.flag("deprecated") {
            return;
        }
        let Some(text) = new else {
            let what = format!("{who}was to end on {}", written(old));
            return self.both(Rule::SunsetRemoved, base, head, SUNSET, what);
        };
        match (promised(base), day(text)) {
            (_, None) => {
                self.both(
                    Rule::SunsetInvalid,
                    base,
                    head,
                    SUNSET,
                    format!("{who}{} is no date", written(new)),
                );
            }
            (Some(old), Some(new)) if new < old && old > self.settings.today => {
                let what = format!("{who}ends on {new}, not on {old}");
                self.both(Rule::SunsetEarlier, base, head, SUNSET, what);
            }
            (_, Some(new)) if new < self.first_day_of_end() => {
                let what = format!("{who}ends on {new}; the notice is {} days", self.settings.notice_days);
                self.both(Rule::SunsetTooSoon, base, head, SUNSET, what);
            }
            _ => {}
        }
    }

    /// The first day that leaves clients the notice.
    fn first_day_of_end(&self) -> NaiveDate {
        let notice = Days::new(self.settings.notice_days.into());
        self.settings.today.checked_add_days(notice).unwrap_or(NaiveDate::MAX)
    }
}

/// The day of a deprecated thing's `x-sunset`.
fn promised(node: &Node<'_>) -> Option<NaiveDate> {
    node.flag("deprecated").then(|| node.value.get(SUNSET).and_then(day)).flatten()
}

/// A date, or the date of a moment (RFC 3339).
fn day(value: &Value) -> Option<NaiveDate> {
    let text = value.as_str()?;
    let date = text.split_once(['T', 't', ' ']).map_or(text, |(date, _)| date);
    NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()
}

fn written(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| format!("`{value}`"))
}
