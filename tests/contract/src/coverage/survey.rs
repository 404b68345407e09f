//! What was seen of a document held against all that it says: the numbers, and what is missing.

use std::{collections::HashMap, fmt};

use orderly_document::Pointer;

use super::{
    Coverage, Exception, Sides,
    site::{Part, Site, sites},
};
use crate::{
    case::Polarity,
    document::{Document, Operation},
};

/// A rule that no request keeps or breaks though one could, and why that is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteException {
    /// Where the rule stands: `/components/schemas/Order/properties/id/pattern`.
    pub place: &'static str,
    /// Which side is not exercised.
    pub polarity: Polarity,
    /// Why.
    pub reason: &'static str,
}

/// What is accepted not to be seen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Exceptions<'a> {
    /// Of the answers.
    pub answers: &'a [Exception],
    /// Of the rules for requests.
    pub sites: &'a [SiteException],
    /// Answers that no single well-timed request brings about: those of a server that fails, or that has too much to do.
    pub failures: bool,
}

/// Whether something was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// It was, so often.
    Seen(usize),
    /// It was not, and need not be, for this reason.
    Excused(String),
    /// It was not.
    Missing,
}

/// A document with a mark at everything that can be seen of it.
#[derive(Debug)]
pub struct Survey<'d> {
    /// Each operation, in the order of the document.
    pub operations: Vec<Surveyed<'d>>,
    /// How many exchanges there were.
    pub exchanges: usize,
    /// How many of them were cases.
    pub cases: usize,
}

/// An operation with its marks.
#[derive(Debug)]
pub struct Surveyed<'d> {
    /// The operation.
    pub operation: &'d Operation,
    /// Its declared answers.
    pub answers: Vec<AnswerMarks>,
    /// The rules of its requests, by the part that they are about.
    pub parts: Vec<(Part, Vec<SiteMarks>)>,
}

/// A declared answer with its mark.
#[derive(Debug)]
pub struct AnswerMarks {
    /// What the document calls the status.
    pub status: String,
    /// Whether it was seen.
    pub mark: Mark,
    /// The media types that its body may have, with how often each was seen.
    pub media: Vec<(String, usize)>,
}

/// A rule with its marks.
#[derive(Debug)]
pub struct SiteMarks {
    /// The rule.
    pub site: Site,
    /// Whether a request that keeps it was accepted.
    pub kept: Mark,
    /// Whether a request that breaks it was refused.
    pub broken: Mark,
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ratio {
    /// What was seen.
    pub seen: usize,
    /// What was not seen for an accepted reason.
    pub excused: usize,
    /// Everything.
    pub all: usize,
}

impl Exceptions<'_> {
    /// What a run, which only sends requests, need not see.
    pub const OF_A_RUN: Self = Self { answers: &[], sites: &[], failures: true };
}

impl<'d> Survey<'d> {
    pub(super) fn of(coverage: &Coverage, document: &'d Document, exceptions: &Exceptions<'_>) -> Self {
        let operations = document
            .operations()
            .iter()
            .map(|operation| Surveyed {
                operation,
                answers: answers(coverage, operation, exceptions),
                parts: parts(coverage, document, operation, exceptions.sites),
            })
            .collect();
        Self { operations, exchanges: coverage.exchanges, cases: coverage.cases }
    }

    /// Of the declared answers: operation × status.
    pub fn answers(&self) -> Ratio {
        self.operations.iter().flat_map(|one| &one.answers).map(|answer| &answer.mark).collect()
    }

    /// Of the declared bodies of answers that were seen: operation × status × media type.
    pub fn media(&self) -> Ratio {
        let answers = self.operations.iter().flat_map(|one| &one.answers);
        let seen = answers.filter(|answer| matches!(answer.mark, Mark::Seen(_)));
        let marks = seen.flat_map(|answer| &answer.media).map(|(_, times)| Mark::of(*times));
        marks.collect::<Vec<_>>().iter().collect()
    }

    /// Of the rules for requests: operation × keyword × both sides.
    pub fn rules(&self) -> Ratio {
        self.sites().flat_map(|(_, _, site)| [&site.kept, &site.broken]).collect()
    }

    /// The operations of which something was seen.
    pub fn called(&self) -> Ratio {
        let times = |one: &Surveyed<'_>| {
            let times = one.answers.iter().map(|answer| answer.mark.times());
            Mark::of(times.sum())
        };
        self.operations.iter().map(times).collect::<Vec<_>>().iter().collect()
    }

    /// Every rule with the operation and the part that it is about.
    pub fn sites(&self) -> impl Iterator<Item = (&'d Operation, &Part, &SiteMarks)> {
        self.operations.iter().flat_map(|one| {
            let parts = one.parts.iter();
            parts.flat_map(move |(part, sites)| sites.iter().map(move |site| (one.operation, part, site)))
        })
    }

    /// Declared answers that nothing has brought about, in words.
    pub fn missing_answers(&self) -> Vec<String> {
        let missing = |one: &Surveyed<'_>| {
            let answers = one.answers.iter().filter(|answer| answer.mark == Mark::Missing);
            let words =
                answers.map(|answer| format!("{} {} was never seen", one.operation.id, answer.status));
            words.collect::<Vec<_>>()
        };
        self.operations.iter().flat_map(missing).collect()
    }

    /// Sides of rules that nothing has tried, in words.
    pub fn missing_rules(&self) -> Vec<String> {
        let sides = |(operation, part, site): (&Operation, &Part, &SiteMarks)| {
            let sides = [("kept", &site.kept), ("broken", &site.broken)];
            let missing = sides.into_iter().filter(|(_, mark)| **mark == Mark::Missing);
            let words = missing.map(|(side, _)| {
                format!(
                    "{}, {part}: {} was never {side} ({})",
                    operation.id, site.site.keyword, site.site.place
                )
            });
            words.collect::<Vec<_>>()
        };
        self.sites().flat_map(sides).collect()
    }
}

/// Why a run does not bring an answer about, if that is no gap.
fn failure(status: &str) -> Option<&'static str> {
    match status {
        "408" => Some("it wants a body that does not come"),
        "429" => Some("it wants more requests than are allowed"),
        _ => status.starts_with('5').then_some("it wants a server that fails"),
    }
}

fn answers(coverage: &Coverage, operation: &Operation, exceptions: &Exceptions<'_>) -> Vec<AnswerMarks> {
    let marks = operation.answers.iter().map(|(status, answer)| {
        let exception = exceptions.answers.iter().find(|known| known.is_for(operation, status));
        let reason = exception.map(|exception| exception.reason);
        let reason = reason.or_else(|| failure(status).filter(|_| exceptions.failures));
        let mark = match (coverage.times(operation, status), reason) {
            (0, Some(reason)) => Mark::Excused(reason.to_owned()),
            (times, _) => Mark::of(times),
        };
        let media = answer.content.iter().map(|content| {
            let times = coverage.times_of_media(operation, status, &content.media_type);
            (content.media_type.clone(), times)
        });
        AnswerMarks { status: status.clone(), mark, media: media.collect() }
    });
    marks.collect()
}

fn parts(
    coverage: &Coverage,
    document: &Document,
    operation: &Operation,
    exceptions: &[SiteException],
) -> Vec<(Part, Vec<SiteMarks>)> {
    let none = HashMap::new();
    let touched = coverage.touched.get(&operation.id).unwrap_or(&none);
    let mut parts: Vec<(Part, Vec<SiteMarks>)> = Vec::new();
    for site in sites(document, operation) {
        let mark = |polarity| mark(&site, touched.get(&site.place), polarity, exceptions);
        let (kept, broken) = (mark(Polarity::Kept), mark(Polarity::Broken));
        let part = site.part.clone();
        let marks = SiteMarks { site, kept, broken };
        match parts.iter_mut().find(|(known, _)| *known == part) {
            Some((_, sites)) => sites.push(marks),
            None => parts.push((part, vec![marks])),
        }
    }
    parts
}

fn mark(site: &Site, sides: Option<&Sides>, polarity: Polarity, exceptions: &[SiteException]) -> Mark {
    let times = sides.map_or(0, |sides| sides.times(polarity));
    let place = |known: &&SiteException| known.polarity == polarity && is_at(&site.place, known.place);
    match (times, site.never(polarity), exceptions.iter().find(place)) {
        (0, Some(reason), _) => Mark::Excused(reason.to_owned()),
        (0, _, Some(exception)) => Mark::Excused(exception.reason.to_owned()),
        (times, ..) => Mark::of(times),
    }
}

fn is_at(place: &Pointer, known: &str) -> bool {
    place.as_str() == known
}

impl Mark {
    fn of(times: usize) -> Self {
        if times == 0 { Self::Missing } else { Self::Seen(times) }
    }

    fn times(&self) -> usize {
        if let Self::Seen(times) = self { *times } else { 0 }
    }
}

impl Ratio {
    /// In parts of a hundred of what is not excused.
    pub fn percent(&self) -> f64 {
        let asked = self.all - self.excused;
        if asked == 0 { 100.0 } else { 100.0 * self.seen as f64 / asked as f64 }
    }

    /// What was neither seen nor excused.
    pub fn missing(&self) -> usize {
        self.all - self.excused - self.seen
    }
}

impl<'m> FromIterator<&'m Mark> for Ratio {
    fn from_iter<I: IntoIterator<Item = &'m Mark>>(marks: I) -> Self {
        let mut ratio = Self::default();
        for mark in marks {
            ratio.all += 1;
            match mark {
                Mark::Seen(_) => ratio.seen += 1,
                Mark::Excused(_) => ratio.excused += 1,
                Mark::Missing => {}
            }
        }
        ratio
    }
}

/// `1,203 of 1,210 (99.4 %), 12 excused`, without the separators.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} ({})", self.seen, self.all - self.excused, Percent(self.percent()))?;
        if self.excused > 0 {
            write!(f, ", {} excused", self.excused)?;
        }
        Ok(())
    }
}

/// Never a hundred before it is.
pub(super) struct Percent(pub(super) f64);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 >= 100.0 {
            f.write_str("100 %")
        } else {
            write!(f, "{:.1} %", (self.0 * 10.0).floor() / 10.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_excused_does_not_count_and_almost_all_is_not_all() {
        let marks = [Mark::Seen(3), Mark::Excused("it rains".to_owned()), Mark::Missing];
        let ratio: Ratio = marks.iter().collect();
        assert_eq!((ratio.missing(), ratio.to_string()), (1, "1 of 2 (50.0 %), 1 excused".to_owned()));
        let almost = Ratio { seen: 9999, excused: 0, all: 10_000 };
        assert_eq!(almost.to_string(), "9999 of 10000 (99.9 %)");
        assert_eq!(Ratio::default().to_string(), "0 of 0 (100 %)");
    }
}
