//! Whether every text that one expression matches is matched by another one, and a text that shows it if not.
//!
//! Both expressions become automata, which read the same text side by side: where the first has found its match at the
//! end of a text and the second has not, that text is the counterexample. Expressions that are no regular languages
//! (look-around, back-references), or whose automata grow too large, are not decided.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use regex_automata::Anchored;
use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::{primitives::StateID, start, syntax};

/// How the texts of one expression relate to those of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Relation {
    /// The other one matches all of them.
    Included,
    /// It does not match this one.
    Not(String),
    /// It is not known.
    Unknown,
}

/// What was found out about expressions: it is costly, and asked again for every schema that has them.
#[derive(Default)]
pub(super) struct Patterns {
    relations: RefCell<HashMap<(String, String), Relation>>,
    matchers: RefCell<HashMap<String, Option<Rc<Matcher>>>>,
}

impl Patterns {
    /// Whether `outer` matches all texts that `inner` matches.
    pub(super) fn relation(&self, inner: &str, outer: &str) -> Relation {
        let key = (inner.to_owned(), outer.to_owned());
        if let Some(known) = self.relations.borrow().get(&key) {
            return known.clone();
        }
        let found = self.search(inner, outer).unwrap_or(Relation::Unknown);
        self.relations.borrow_mut().insert(key, found.clone());
        found
    }

    fn search(&self, inner: &str, outer: &str) -> Option<Relation> {
        let matchers = [self.matcher(inner)?, self.matcher(outer)?, self.matcher("^[\\s\\S]*$")?];
        let start = [matchers[0].start()?, matchers[1].start()?, matchers[2].start()?];
        Some(search(&matchers, start))
    }

    fn matcher(&self, expression: &str) -> Option<Rc<Matcher>> {
        if let Some(known) = self.matchers.borrow().get(expression) {
            return known.clone();
        }
        let built = Matcher::new(expression).map(Rc::new);
        self.matchers.borrow_mut().insert(expression.to_owned(), built.clone());
        built
    }
}

/// What an automaton has come to: it has found a match, or stands in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Progress {
    Matched,
    In(StateID),
}

struct Matcher(dense::DFA<Vec<u32>>);

/// Bytes that the automaton of an expression may take.
const MAX_SIZE: usize = 4 << 20;

/// Pairs of states that are looked at.
const MAX_PAIRS: usize = 200_000;

impl Matcher {
    fn new(expression: &str) -> Option<Self> {
        let expression = jsonschema_regex::to_rust_regex(expression).ok()?;
        let config = dense::Config::new()
            .start_kind(StartKind::Unanchored)
            .dfa_size_limit(Some(MAX_SIZE))
            .determinize_size_limit(Some(MAX_SIZE));
        let built = dense::Builder::new().configure(config).syntax(syntax::Config::new()).build(&expression);
        built.ok().map(Self)
    }

    fn start(&self) -> Option<Progress> {
        let state = self.0.start_state(&start::Config::new().anchored(Anchored::No)).ok()?;
        Some(self.progress(state))
    }

    fn progress(&self, state: StateID) -> Progress {
        if self.0.is_match_state(state) { Progress::Matched } else { Progress::In(state) }
    }

    /// `None` where the automaton gives up.
    fn next(&self, progress: Progress, byte: u8) -> Option<Progress> {
        let Progress::In(state) = progress else { return Some(Progress::Matched) };
        let next = self.0.next_state(state, byte);
        (!self.0.is_quit_state(next)).then(|| self.progress(next))
    }

    /// Whether the text that was read is matched.
    fn accepts(&self, progress: Progress) -> bool {
        match progress {
            Progress::Matched => true,
            Progress::In(state) => self.0.is_match_state(self.0.next_eoi_state(state)),
        }
    }

    fn is_dead(&self, progress: Progress) -> bool {
        matches!(progress, Progress::In(state) if self.0.is_dead_state(state))
    }
}

/// Reads all texts, the shortest first.
fn search(matchers: &[Rc<Matcher>; 3], start: [Progress; 3]) -> Relation {
    let [inner, outer, text] = matchers;
    let bytes = representatives(matchers);
    // How each combination of states was come to.
    let mut reached: HashMap<[Progress; 3], Option<([Progress; 3], u8)>> = HashMap::from([(start, None)]);
    let mut queue = VecDeque::from([start]);
    while let Some(here) = queue.pop_front() {
        if inner.accepts(here[0]) && !outer.accepts(here[1]) && text.accepts(here[2]) {
            return spelled(&reached, here).map_or(Relation::Unknown, Relation::Not);
        }
        for byte in &bytes {
            let mut next = here;
            for (matcher, progress) in matchers.iter().zip(&mut next) {
                match matcher.next(*progress, *byte) {
                    Some(followed) => *progress = followed,
                    None => return Relation::Unknown,
                }
            }
            let is_decided = inner.is_dead(next[0]) || next[1] == Progress::Matched || text.is_dead(next[2]);
            if is_decided || reached.contains_key(&next) {
                continue;
            }
            if reached.len() == MAX_PAIRS {
                return Relation::Unknown;
            }
            reached.insert(next, Some((here, *byte)));
            queue.push_back(next);
        }
    }
    Relation::Included
}

/// One byte of each class that all automata treat alike, letters and digits first so that texts can be read.
fn representatives(matchers: &[Rc<Matcher>; 3]) -> Vec<u8> {
    let mut known = std::collections::HashSet::new();
    let plain = (b'a'..=b'z').chain(b'0'..=b'9').chain(b'A'..=b'Z').chain(b' '..=b'~');
    plain
        .chain(0..=u8::MAX)
        .filter(|byte| {
            known.insert(
                matchers.iter().map(|matcher| matcher.0.byte_classes().get(*byte)).collect::<Vec<_>>(),
            )
        })
        .collect()
}

/// The text that led to a combination of states.
fn spelled(
    reached: &HashMap<[Progress; 3], Option<([Progress; 3], u8)>>,
    mut here: [Progress; 3],
) -> Option<String> {
    let mut bytes = Vec::new();
    while let Some(Some((before, byte))) = reached.get(&here) {
        bytes.push(*byte);
        here = *before;
    }
    bytes.reverse();
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(inner: &str, outer: &str) -> Relation {
        Patterns::default().relation(inner, outer)
    }

    #[test]
    fn an_expression_that_matches_less_is_included() {
        for (inner, outer) in [
            ("^[a-c]+$", "^[a-z]+$"),
            ("^[a-c]{2}$", "^[a-c]{1,3}$"),
            ("^ab$", "b"),
            ("a", "a|b"),
            (r"^\d{4}$", r"^[0-9]+$"),
            ("^(cat|dog)$", "^[acdgot]{3}$"),
            ("^ä+$", "^[à-ü]+$"),
        ] {
            assert_eq!(relation(inner, outer), Relation::Included, "{inner} {outer}");
        }
    }

    #[test]
    fn a_text_shows_where_it_is_not() {
        for (inner, outer) in [
            ("^[a-z]+$", "^[a-c]+$"),
            ("b", "^ab$"),
            (r"^\d+$", r"^\d{4}$"),
            ("^.*$", "^[a-z]*$"),
            ("", "^a"),
        ] {
            let Relation::Not(text) = relation(inner, outer) else { panic!("{inner} {outer}") };
            let matches = |expression| regex::Regex::new(expression).expect("an expression").is_match(&text);
            assert!(matches(inner) && !matches(outer), "{inner} {outer} {text}");
        }
    }

    #[test]
    fn what_is_no_regular_language_is_not_decided() {
        assert_eq!(relation("^(?!a)b", "^b"), Relation::Unknown);
        assert_eq!(relation("(", "^b"), Relation::Unknown);
    }
}
