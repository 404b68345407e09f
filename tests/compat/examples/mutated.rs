//! Changes the schemas of documents in known ways and prints how often what is said of a change is so.
//!
//! `cargo run --release -p orderly-compat --example mutated -- [--seed N] [--each N] FILES…`

#[path = "../tests/mutated/mod.rs"]
mod mutated;

use std::collections::BTreeMap;
use std::time::Instant;

use orderly_document::Document;

fn main() {
    let (mut seed, mut each, mut files) = (1, 40, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|number| number.parse().ok()).expect("a number");
        match argument.as_str() {
            "--seed" => seed = number(),
            "--each" => each = usize::try_from(number()).expect("a small number"),
            _ => files.push(argument),
        }
    }
    let start = Instant::now();
    let mut tallies = BTreeMap::new();
    let mut documents = 0;
    for file in &files {
        let bytes = std::fs::read(file).expect("a readable file");
        // What is no document of OpenAPI 3.0 is told by the reader elsewhere.
        let Ok(document) = Document::parse(file, &bytes) else { continue };
        documents += 1;
        mutated::run(&document, seed, each, &mut tallies);
    }
    let mut sum = [0; 3];
    for (kind, tally) in &tallies {
        let counts = [tally.decided, tally.undecided.len(), tally.wrong.len()];
        println!("{:6} decided {:5} undecided {:5} wrong  {kind}", counts[0], counts[1], counts[2]);
        for line in tally.wrong.iter().chain(&tally.undecided).take(2) {
            println!("       {}", line.chars().take(400).collect::<String>());
        }
        for (sum, count) in sum.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    let all = sum.iter().sum::<usize>().max(1);
    let share = 100.0 * sum[0] as f64 / all as f64;
    println!(
        "{documents} documents, {all} decisions: {} right ({share:.2} %), {} undecided, {} wrong, in {:.1} s",
        sum[0],
        sum[1],
        sum[2],
        start.elapsed().as_secs_f64(),
    );
}
