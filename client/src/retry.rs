//! When a call is sent again.

use std::time::{Duration, SystemTime};

use http::header::{IF_MATCH, RETRY_AFTER};
use http::{HeaderMap, Method};
use reqwest::{Request, Response};

use crate::transport::IDEMPOTENCY_KEY;

/// How often and how soon a call is sent again.
///
/// Only what is safe to repeat is: a call whose method is idempotent, or one with an `Idempotency-Key`.
/// A connection that could not be made is tried again for every call, since nothing was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often a call is repeated at most.
    pub max_retries: u32,
    /// The longest wait before the first repetition; it doubles each time.
    pub base: Duration,
    /// The longest wait before any repetition that the server does not ask for.
    pub cap: Duration,
    /// The longest `Retry-After` that is waited for; a longer one is left to the caller.
    pub max_retry_after: Duration,
    /// How long after its beginning a call is still repeated. A single attempt may take longer. For a stream of events:
    /// how long new connections are tried after one has broken.
    pub budget: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 3,
            base: Duration::from_millis(200),
            cap: Duration::from_secs(10),
            max_retry_after: Duration::from_secs(60),
            budget: Duration::from_secs(120),
        }
    }
}

impl RetryPolicy {
    /// Calls are sent once.
    #[must_use]
    pub fn never() -> Self {
        Self { max_retries: 0, ..Self::default() }
    }

    /// How long to wait before sending again after `retries` repetitions and so much time; nothing to give up.
    pub(crate) fn wait(
        &self,
        retries: u32,
        elapsed: Duration,
        repeatable: bool,
        result: &reqwest::Result<Response>,
    ) -> Option<Duration> {
        self.pause(retries, repeatable, result).filter(|pause| elapsed.saturating_add(*pause) <= self.budget)
    }

    fn pause(&self, retries: u32, repeatable: bool, result: &reqwest::Result<Response>) -> Option<Duration> {
        if retries >= self.max_retries {
            return None;
        }
        match result {
            Ok(response) => {
                let asked = retry_after(response.headers());
                let again = match response.status().as_u16() {
                    408 | 429 | 502 | 503 | 504 => repeatable,
                    // The same idempotency key is still being worked on.
                    409 => repeatable && asked.is_some(),
                    _ => false,
                };
                match asked {
                    _ if !again => None,
                    Some(asked) if asked > self.max_retry_after => None,
                    // Not all clients at the same moment.
                    Some(asked) => Some(asked + self.base.mul_f64(fastrand::f64())),
                    None => Some(self.backoff(retries)),
                }
            }
            Err(error) if error.is_connect() => Some(self.backoff(retries)),
            Err(error) if error.is_builder() || error.is_redirect() => None,
            Err(_) if repeatable => Some(self.backoff(retries)),
            Err(_) => None,
        }
    }

    /// "Full jitter": anything up to a bound that doubles.
    pub(crate) fn backoff(&self, retries: u32) -> Duration {
        const DOUBLINGS: u32 = 16;
        let bound = self.base.saturating_mul(1 << retries.min(DOUBLINGS)).min(self.cap);
        bound.mul_f64(fastrand::f64())
    }
}

/// Whether sending the request twice does the same as sending it once.
pub(crate) fn is_repeatable(request: &Request) -> bool {
    let method = request.method();
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    if request.headers().contains_key(IDEMPOTENCY_KEY) {
        return true;
    }
    // Idempotent by RFC 9110 section 9.2.2; but when an answer is lost, `If-Match` no longer matches what
    // the first attempt has made, and a repetition would report a conflict with itself.
    matches!(*method, Method::PUT | Method::DELETE) && !request.headers().contains_key(IF_MATCH)
}

/// `Retry-After` in both of its forms: seconds, or a date (RFC 9110 section 10.2.3).
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, retry_after: Option<&str>) -> reqwest::Result<Response> {
        let mut response = http::Response::builder().status(status);
        if let Some(value) = retry_after {
            response = response.header(RETRY_AFTER, value);
        }
        Ok(response.body("").unwrap().into())
    }

    #[test]
    fn only_passing_failures_of_repeatable_calls_are_sent_again() {
        let policy = RetryPolicy::default();
        let cases = [
            (200, None, true, false),
            (400, None, true, false),
            (409, None, true, false),
            (409, Some("1"), true, true),
            (429, Some("1"), true, true),
            (500, None, true, false),
            (503, None, true, true),
            (503, Some("1"), false, false),
            (503, Some("61"), true, false),
            (503, Some("Wed, 21 Oct 2015 07:28:00 GMT"), true, true),
        ];
        for (status, retry_after, repeatable, again) in cases {
            let wait = policy.wait(0, Duration::ZERO, repeatable, &answer(status, retry_after));
            assert_eq!(wait.is_some(), again, "{status} {retry_after:?} {repeatable}");
        }
        assert_eq!(policy.wait(3, Duration::ZERO, true, &answer(503, None)), None);
    }

    #[test]
    fn no_repetition_begins_when_the_budget_is_spent() {
        let policy = RetryPolicy { budget: Duration::from_secs(10), ..RetryPolicy::default() };
        let wait = |elapsed| policy.wait(0, Duration::from_secs(elapsed), true, &answer(503, Some("5")));
        assert!(wait(4).is_some());
        assert_eq!(wait(6), None);
        assert_eq!(wait(u64::MAX), None);
    }

    #[test]
    fn the_wait_is_what_the_server_asks_for_or_a_part_of_the_bound() {
        let policy = RetryPolicy::default();
        for retries in 0..3 {
            let wait = policy.wait(retries, Duration::ZERO, true, &answer(503, None)).unwrap();
            assert!(wait <= policy.base * 2_u32.pow(retries), "{wait:?}");
            let wait = policy.wait(retries, Duration::ZERO, true, &answer(503, Some("2"))).unwrap();
            assert!(
                wait >= Duration::from_secs(2) && wait <= Duration::from_secs(2) + policy.base,
                "{wait:?}"
            );
        }
    }

    #[test]
    fn what_may_be_sent_twice_is_told_by_method_and_headers() {
        let cases = [
            (Method::GET, None, true),
            (Method::POST, None, false),
            (Method::POST, Some("idempotency-key"), true),
            (Method::PATCH, None, false),
            (Method::PUT, None, true),
            (Method::PUT, Some("if-match"), false),
            (Method::DELETE, None, true),
        ];
        for (method, header, expected) in cases {
            let mut request = Request::new(method.clone(), "http://localhost/".parse().unwrap());
            if let Some(name) = header {
                request.headers_mut().insert(name, "x".parse().unwrap());
            }
            assert_eq!(is_repeatable(&request), expected, "{method} {header:?}");
        }
    }
}
