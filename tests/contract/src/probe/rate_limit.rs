//! What is said of limits: `RateLimit` and `RateLimit-Policy` (the IETF's draft "RateLimit header fields for HTTP"), and the
//! older `X-RateLimit-…`.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use http::{HeaderMap, Method};

use crate::{check::Check, document::Operation, exchange::Exchange, report::Reported, state::Session};

/// How many requests are enough to see a count go down.
const REQUESTS: usize = 4;

pub(super) fn applies(_: &Session<'_>, operation: &Operation) -> bool {
    operation.method == Method::GET
}

pub(super) async fn run(session: Session<'_>, operation: &Operation) -> Vec<Reported> {
    let mut story = session.story(operation, "limits count down");
    let thing = session.pool.pick(operation);
    let mut seen: Vec<Exchange> = Vec::new();
    let mut began = Instant::now();
    for _ in 0..REQUESTS {
        let Some(parts) = session.bare(operation, thing.as_ref()) else { break };
        let Some(exchange) = story.send(operation, parts).await else { break };
        if let Err(wrong) = parsed(&exchange.received.headers) {
            story.tell(Check::RateLimit, operation, "headers of limits that can be read", wrong);
            return story.end();
        }
        if seen.is_empty() {
            began = Instant::now();
        }
        seen.push(exchange);
    }
    let took = began.elapsed();
    let counts: Vec<BTreeMap<String, Left>> =
        seen.iter().filter_map(|exchange| parsed(&exchange.received.headers).ok()).collect();
    if counts.len() == REQUESTS
        && let Some((name, first, last)) = odd(&counts, took)
    {
        let found = format!("{last} of {name} after {REQUESTS} requests, and {first} before");
        story.tell(Check::RateLimit, operation, "a count that goes down", found);
    }
    story.end()
}

/// What is left of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Left {
    requests: u64,
    /// The whole limit, and the seconds of its window.
    policy: Option<(u64, u64)>,
}

impl Left {
    /// Whether so little time is not enough for one request more, however the limit is renewed.
    fn is_not_renewed_in(&self, time: Duration) -> bool {
        self.policy.is_some_and(|(quota, window)| {
            #[expect(clippy::cast_precision_loss, reason = "limits are far below 2^52")]
            let rate = quota as f64 / window.max(1) as f64;
            time.as_secs_f64() * rate < 1.0
        })
    }
}

/// A limit of which there is more than before, or all of it, although it cannot have been renewed: it does not count.
fn odd(counts: &[BTreeMap<String, Left>], took: Duration) -> Option<(&str, u64, u64)> {
    let (first, last) = (counts.first()?, counts.last()?);
    let pair = |(name, left): (&'_ String, &Left)| {
        let other = last.get(name)?;
        left.is_not_renewed_in(took).then_some((left.requests, other.requests))
    };
    let pairs: Vec<(&String, u64, u64)> =
        first.iter().filter_map(|one| pair(one).map(|(left, other)| (one.0, left, other))).collect();
    let grown = pairs.iter().find(|(_, left, other)| other > left);
    // Where there are several limits, a request may count for some of them only.
    let all_stand =
        pairs.len() == first.len() && pairs.iter().all(|(_, left, other)| left == other && *left > 0);
    let stands = pairs.first().filter(|_| all_stand);
    grown.or(stands).map(|(name, left, other)| (name.as_str(), *left, *other))
}

/// The limits of an answer, or the header that cannot be read.
fn parsed(headers: &HeaderMap) -> Result<BTreeMap<String, Left>, String> {
    let mut limits = BTreeMap::new();
    let mut quotas = BTreeMap::new();
    for (name, target) in [("ratelimit-policy", "q"), ("ratelimit", "r")] {
        for line in headers.get_all(name) {
            let line = line.to_str().map_err(|_| format!("{name} that is not ASCII"))?;
            // The draft's older form (`limit=100, remaining=99`) and counts by themselves have no quoted name.
            if !line.contains('"') {
                continue;
            }
            for item in split(line) {
                let (limit, parameters) = item_of(&item).ok_or_else(|| format!("{name}: {line}"))?;
                let number = |key: &str| match parameters.get(key).map(|text| text.parse::<u64>()) {
                    Some(Err(_)) => Err(format!("{name}: {line}, with a {key} that is no number")),
                    other => Ok(other.and_then(Result::ok)),
                };
                let main = number(target)?.ok_or_else(|| format!("{name}: {line}, without {target}"))?;
                if target == "q" {
                    quotas.insert(limit, (main, number("w")?));
                    continue;
                }
                number("t")?;
                let policy = quotas.get(&limit).copied();
                if policy.is_none() && !quotas.is_empty() {
                    return Err(format!("{name}: {line}, of which ratelimit-policy says nothing"));
                }
                if policy.is_some_and(|(quota, _)| main > quota) {
                    return Err(format!("{name}: {line}, which is more than the policy's quota"));
                }
                let policy = policy.and_then(|(quota, window)| Some((quota, window?)));
                limits.insert(limit, Left { requests: main, policy });
            }
        }
    }
    for name in ["x-ratelimit-remaining", "ratelimit-remaining"] {
        if let Some(value) = headers.get(name) {
            let text = value.to_str().unwrap_or_default();
            let requests = text.trim().parse().map_err(|_| format!("{name}: {text}"))?;
            limits.insert(name.to_owned(), Left { requests, policy: None });
        }
    }
    Ok(limits)
}

/// The items of a list (RFC 9651, section 3.1), told apart by commas outside of quotes.
fn split(line: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        quoted ^= letter == '"';
        match (letter, items.last_mut()) {
            (',', _) if !quoted => items.push(String::new()),
            (other, Some(item)) => item.push(other),
            (_, None) => {}
        }
    }
    items
}

/// `"name";key=value;key=value`
fn item_of(item: &str) -> Option<(String, BTreeMap<String, String>)> {
    let (name, rest) = item.trim().strip_prefix('"')?.split_once('"')?;
    let parameters = rest.split(';').skip(1).map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        Some((key.to_owned(), value.to_owned()))
    });
    let rest_is_parameters = rest.is_empty() || rest.trim_start().starts_with(';');
    let parameters = parameters.collect::<Option<BTreeMap<_, _>>>()?;
    rest_is_parameters.then(|| (name.to_owned(), parameters))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn limits_are_read_and_what_cannot_be_read_is_told() {
        let good = headers(&[
            ("ratelimit-policy", r#""account";q=100;w=60, "address";q=50;w=60"#),
            ("ratelimit", r#""account";r=99;t=41, "address";r=0;t=3"#),
        ]);
        let limits = parsed(&good).unwrap();
        assert_eq!(limits["account"], Left { requests: 99, policy: Some((100, 60)) });
        assert_eq!(limits["address"], Left { requests: 0, policy: Some((50, 60)) });
        assert!(parsed(&headers(&[])).unwrap().is_empty());
        assert_eq!(parsed(&headers(&[("x-ratelimit-remaining", "7")])).unwrap().len(), 1);
        for bad in [r#""account";r=many"#, r#""account"#, r#""account";t=1"#, r#""account";r=1;t=soon"#] {
            assert!(parsed(&headers(&[("ratelimit", bad)])).is_err(), "{bad}");
        }
        let more = headers(&[("ratelimit-policy", r#""a";q=1;w=60"#), ("ratelimit", r#""a";r=2"#)]);
        assert!(parsed(&more).is_err());
    }

    #[test]
    fn a_count_is_odd_when_it_stands_or_grows_though_nothing_was_renewed() {
        let counts = |values: &[(&str, u64)]| {
            let left = |requests| Left { requests, policy: Some((60, 60)) };
            values
                .iter()
                .map(|(name, requests)| ((*name).to_owned(), left(*requests)))
                .collect::<BTreeMap<_, _>>()
        };
        let at_once = Duration::from_millis(5);
        let same = [counts(&[("a", 9)]), counts(&[("a", 9)])];
        assert_eq!(odd(&same, at_once), Some(("a", 9, 9)));
        assert_eq!(odd(&same, Duration::from_secs(2)), None);
        assert_eq!(odd(&[counts(&[("a", 9)]), counts(&[("a", 8)])], at_once), None);
        assert_eq!(odd(&[counts(&[("a", 8)]), counts(&[("a", 9)])], at_once), Some(("a", 8, 9)));
        assert_eq!(odd(&[counts(&[("a", 9), ("b", 9)]), counts(&[("a", 9), ("b", 8)])], at_once), None);
        assert_eq!(odd(&[counts(&[]), counts(&[])], at_once), None);
    }
}
