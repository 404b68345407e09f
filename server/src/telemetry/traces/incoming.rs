//! The trace that a request belongs to: its caller's, by W3C Trace Context, or a new one.

use opentelemetry::{
    Context, TraceId,
    propagation::TextMapPropagator,
    trace::{SpanContext, TraceContextExt},
};
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use poem::http::{HeaderMap, HeaderValue};

/// What a caller says of its trace, or that it says nothing.
#[derive(Debug, Clone, Default)]
pub struct Incoming(Context);

impl Incoming {
    /// Reads `traceparent` and `tracestate` (www.w3.org/TR/trace-context). What is malformed counts as absent.
    pub fn read(headers: &HeaderMap) -> Self {
        // The propagator splits and allocates before it finds that there is nothing.
        if !headers.contains_key("traceparent") {
            return Self::default();
        }
        Self(TraceContextPropagator::new().extract_with_context(&Context::new(), &HeaderExtractor(headers)))
    }

    /// The id of the caller's trace, or else a new one.
    pub fn trace_id(&self) -> TraceId {
        match self.0.span().span_context() {
            caller if caller.is_valid() => caller.trace_id(),
            // Zero is no id (section 3.2.2.3).
            _ => TraceId::from(fastrand::u128(1..)),
        }
    }

    /// The caller's span, as the parent of ours.
    pub(super) fn context(&self) -> &Context {
        &self.0
    }
}

/// The value of `traceresponse`, by which a caller finds the trace of its request (W3C Trace Context, level 3 draft);
/// none if nothing of it is kept.
pub fn trace_response(span: &SpanContext) -> Option<HeaderValue> {
    let text = span.is_sampled().then(|| format!("00-{}-{}-01", span.trace_id(), span.span_id()))?;
    HeaderValue::try_from(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(traceparent: &str) -> TraceId {
        let mut headers = HeaderMap::new();
        headers.insert("traceparent", HeaderValue::try_from(traceparent).unwrap());
        Incoming::read(&headers).trace_id()
    }

    #[test]
    fn the_callers_trace_goes_on_and_what_is_malformed_begins_a_new_one() {
        let caller = "4bf92f3577b34da6a3ce929d0e0e4736";
        assert_eq!(read(&format!("00-{caller}-00f067aa0ba902b7-01")).to_string(), caller);
        for malformed in [
            "",
            "00",
            caller,
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ] {
            let new = read(malformed);
            assert!(new != TraceId::INVALID && new.to_string() != caller, "{malformed}");
        }
        assert_ne!(Incoming::default().trace_id(), Incoming::default().trace_id());
    }
}
