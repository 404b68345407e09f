//! Whole requests at random: mostly valid, some with one violation. The same seed gives the same requests.

use super::{
    Known,
    base::{Base, argument},
    holds,
};
use crate::{
    case::{Case, Intent, Parts, Payload, PayloadContent, Phase, Polarity, Rule, Touch},
    document::{Document, Operation},
    request::Medium,
    value::Labelled,
};
use fastrand::Rng;

/// How many of a hundred cases break a rule.
const BROKEN: u32 = 25;
/// How many of a hundred path parameters are made up, although one is known that means something.
const MADE_UP: u32 = 10;
/// How often a case is drawn again that could not be sent as it is meant.
const TRIES: usize = 16;

/// A source of random cases of one operation.
pub struct Random<'d> {
    base: Option<Base<'d>>,
}

/// One random case; `None` if no valid request of the operation is known. Use [`Random`] for many.
pub fn random(document: &Document, operation: &Operation, known: &dyn Known, rng: &mut Rng) -> Option<Case> {
    Random::new(document, operation).case(known, rng)
}

/// The generator for one case: of the run's seed, the operation and the case's number, so that it can be made alone.
pub fn rng(seed: u64, operation: &Operation, number: usize) -> Rng {
    // FNV-1a, which is the same on every machine and in every version.
    let bytes = operation.id.bytes().chain(number.to_le_bytes());
    let mix = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    Rng::with_seed(bytes.fold(seed ^ 0xcbf2_9ce4_8422_2325, mix))
}

impl<'d> Random<'d> {
    /// Cases of an operation.
    pub fn new(document: &'d Document, operation: &'d Operation) -> Self {
        Self { base: Base::new(document, operation) }
    }

    /// The next case; `None` if no valid request of the operation is known.
    pub fn case(&self, known: &dyn Known, rng: &mut Rng) -> Option<Case> {
        let base = self.base.as_ref()?;
        let wants_broken = rng.u32(..100) < BROKEN;
        (0..TRIES).find_map(|attempt| {
            // Where nothing can be broken, something valid is better than nothing.
            let broken = wants_broken && attempt < TRIES / 2;
            let case = if broken { broken_case(base, known, rng)? } else { valid_case(base, known, rng) };
            holds(base.document, base.operation, &case).then_some(case)
        })
    }
}

fn case(base: &Base<'_>, title: String, parts: Parts, intent: Intent, touches: Vec<Touch>) -> Case {
    let operation = base.operation.id.clone();
    Case { operation, phase: Phase::Random, title, parts, intent, touches }
}

fn valid_case(base: &Base<'_>, known: &dyn Known, rng: &mut Rng) -> Case {
    let parts = parts(base, known, rng);
    case(base, "a valid request at random".to_owned(), parts, Intent::Valid, Vec::new())
}

/// A valid request with one of its parts broken.
fn broken_case(base: &Base<'_>, known: &dyn Known, rng: &mut Rng) -> Option<Case> {
    let mut parts = parts(base, known, rng);
    let bodies: Vec<_> =
        base.bodies.iter().filter(|body| Medium::of(&body.media_type).is_from_schema()).collect();
    // A body has more rules than a parameter.
    let takes_body = !bodies.is_empty() && (base.parameters.is_empty() || rng.u32(..100) < 70);
    let (name, broken) = if takes_body {
        let body = bodies[rng.usize(..bodies.len())];
        let Labelled { value, keyword, place, note, .. } = body.values.random_broken(rng)?;
        let content = PayloadContent::Value(value);
        parts.body = Some(Payload { media_type: body.media_type.clone(), content });
        ("body", (keyword, place, note))
    } else {
        let one = base.parameters.get(rng.usize(..base.parameters.len().max(1)))?;
        let Labelled { value, keyword, place, note, .. } = one.values.random_broken(rng)?;
        parts.arguments.retain(|known| !one.parameter.is(known.location, &known.name));
        parts.arguments.push(argument(one.parameter, value));
        (one.parameter.name.as_str(), (keyword, place, note))
    };
    let (keyword, place, note) = broken;
    let touches = vec![Touch { place: place.clone(), polarity: Polarity::Broken }];
    let intent = Intent::Invalid { rule: Rule::Keyword(keyword), place };
    Some(case(base, format!("{name}: {note}, at random"), parts, intent, touches))
}

/// All parts at random, all valid.
fn parts(base: &Base<'_>, known: &dyn Known, rng: &mut Rng) -> Parts {
    let mut arguments = Vec::new();
    for one in &base.parameters {
        if !one.parameter.required && rng.bool() {
            continue;
        }
        // What the server does not know is not found, and that is soon tried often enough.
        let keeps_known = rng.u32(..100) >= MADE_UP;
        let known = known.value(base.operation, one.parameter).filter(|_| keeps_known);
        let drawn = known.or_else(|| one.values.random(rng).filter(|value| *value != *""));
        match drawn {
            Some(value) => arguments.push(argument(one.parameter, value)),
            None => arguments.extend(base.argument(one, &())),
        }
    }
    Parts { method: base.operation.method.clone(), arguments, body: body(base, known, rng) }
}

fn body(base: &Base<'_>, known: &dyn Known, rng: &mut Rng) -> Option<Payload> {
    let is_optional = base.operation.body.as_ref().is_some_and(|body| !body.required);
    if base.bodies.is_empty() || (is_optional && rng.u32(..4) == 0) {
        return None;
    }
    let body = &base.bodies[rng.usize(..base.bodies.len())];
    if Medium::of(&body.media_type).is_from_schema()
        && let Some(mut value) = body.values.random(rng)
    {
        known.fill(base.document, base.operation, &body.content.media_type, &mut value);
        let content = PayloadContent::Value(value);
        return Some(Payload { media_type: body.media_type.clone(), content });
    }
    base.body(body, known).or_else(|| base.parts(known).body)
}
