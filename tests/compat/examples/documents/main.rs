//! Holds documents against themselves, against copies that are changed in one known way, and against copies that are
//! changed all over; prints what came out, and how long it took.
//!
//! `cargo run --release -p orderly-compat --example documents -- FILES…`

mod everywhere;
mod operations;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use orderly_compat::rules::{Kind, Rule};
use orderly_compat::{Change, Settings, compare};
use orderly_document::Document;

use self::operations::{MUTATIONS, mutated};

#[derive(Default)]
struct Tally {
    right: usize,
    wrong: Vec<String>,
}

fn main() {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let (mut documents, mut refused) = (0, Vec::new());
    let (mut slowest, mut slowest_changed) = (Slowest::default(), Slowest::default());
    let (mut changes, mut undecided) = (0, 0);
    let start = Instant::now();
    for file in std::env::args().skip(1) {
        let bytes = std::fs::read(&file).expect("a readable file");
        // What is no document of OpenAPI 3.0 is told by the reader elsewhere.
        let Ok(document) = Document::parse(&file, &bytes) else { continue };
        let before = Instant::now();
        let told = match judged(&document, &document) {
            Ok(told) => told,
            Err(error) => {
                refused.push(format!("{file}: {error}"));
                continue;
            }
        };
        documents += 1;
        slowest.note(before.elapsed(), &file);
        note(tallies.entry("against itself").or_default(), &file, &told, told.is_empty());
        for mutation in MUTATIONS {
            let Some(head) = mutated(&document, mutation) else { continue };
            let Ok(told) = judged(&document, &head) else { continue };
            let names: Vec<&str> = told.iter().map(|change| change.kind.id()).collect();
            let versions = ["version-not-raised", "version-raised-too-little"];
            let mut others: Vec<&str> = names.into_iter().filter(|name| !versions.contains(name)).collect();
            let worst = told.iter().map(|change| change.severity).max();
            others.sort_unstable();
            let one_of = |others: &[&str]| others.len() == 1 && mutation.rules.contains(&others[0]);
            let mut rules = mutation.rules.to_vec();
            rules.sort_unstable();
            let is_worst = others.is_empty() || worst == Some(mutation.worst);
            let is_right = is_worst && (others == rules || mutation.is_one && one_of(&others));
            note(tallies.entry(mutation.name).or_default(), &file, &told, is_right);
        }
        let Some(head) = everywhere::changed(&document) else { continue };
        for (old, new) in [(&document, &head), (&head, &document)] {
            let before = Instant::now();
            let Ok(told) = judged(old, new) else { continue };
            slowest_changed.note(before.elapsed(), &file);
            changes += told.len();
            let is_undecided = |change: &&Change| change.kind == Kind::Rule(Rule::SchemaUndecided);
            undecided += told.iter().filter(is_undecided).count();
        }
    }
    for (name, tally) in &tallies {
        println!("{:5} right {:4} wrong  {name}", tally.right, tally.wrong.len());
        tally.wrong.iter().take(3).for_each(|line| println!("      {line}"));
    }
    refused.iter().for_each(|line| println!("refused {}", line.lines().next().unwrap_or_default()));
    println!("{documents} documents in {:.1} s, {} refused", start.elapsed().as_secs_f64(), refused.len());
    println!("against itself: {slowest}");
    println!(
        "changed everywhere, both ways: {changes} changes, {undecided} of them undecided; {slowest_changed}"
    );
}

/// The document that took longest.
#[derive(Default)]
struct Slowest(Duration, String);

impl Slowest {
    fn note(&mut self, took: Duration, file: &str) {
        if took > self.0 {
            *self = Self(took, file.to_owned());
        }
    }
}

impl std::fmt::Display for Slowest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "the slowest took {:.2} s ({})", self.0.as_secs_f64(), self.1)
    }
}

fn judged(base: &Document, head: &Document) -> Result<Vec<Change>, orderly_document::Diagnostics> {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    compare(base, head, &[], Settings { today, notice_days: 90 })
}

fn note(tally: &mut Tally, file: &str, told: &[Change], is_right: bool) {
    if is_right {
        tally.right += 1;
    } else {
        let lines = told.iter().take(4).map(|change| format!("{}: {}", change.kind, change.what));
        tally.wrong.push(format!("{file}: {}", lines.collect::<Vec<_>>().join("; ")));
    }
}
