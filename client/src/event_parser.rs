//! Reads `text/event-stream` (WHATWG HTML, section 9.2.6, "Interpreting an event stream"), however it is cut into chunks.

use std::collections::VecDeque;
use std::time::Duration;

use crate::Event;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What is known of a stream that is being read.
#[derive(Debug, Default)]
pub(crate) struct EventParser {
    /// The line that has begun; before the first line is complete, with what may be a byte order mark.
    line: Vec<u8>,
    /// Whether a line has ended, so that a byte order mark would be text.
    has_begun: bool,
    /// Whether the last byte was a CR, whose LF may follow.
    after_cr: bool,
    kind: String,
    data: String,
    has_data: bool,
    id: String,
    /// The id of the last event that is complete: where the stream is resumed.
    last_id: String,
    retry: Option<Duration>,
}

impl EventParser {
    /// Reads a chunk; the events that it completes are added.
    pub(crate) fn feed(&mut self, mut chunk: &[u8], events: &mut VecDeque<Event>) {
        while !chunk.is_empty() {
            if std::mem::take(&mut self.after_cr) && chunk[0] == b'\n' {
                chunk = &chunk[1..];
                continue;
            }
            let Some(end) = chunk.iter().position(|byte| matches!(byte, b'\r' | b'\n')) else {
                self.line.extend_from_slice(chunk);
                return;
            };
            self.after_cr = chunk[end] == b'\r';
            let mut line = std::mem::take(&mut self.line);
            line.extend_from_slice(&chunk[..end]);
            let text = if self.has_begun { &line } else { line.strip_prefix(BOM).unwrap_or(&line) };
            self.has_begun = true;
            self.interpret(&String::from_utf8_lossy(text), events);
            // The room is kept for the next line.
            line.clear();
            self.line = line;
            chunk = &chunk[end + 1..];
        }
    }

    /// Begins a new connection: an event that was not complete is dropped.
    pub(crate) fn restart(&mut self) {
        *self = Self {
            id: self.last_id.clone(),
            last_id: std::mem::take(&mut self.last_id),
            retry: self.retry,
            ..Self::default()
        };
    }

    /// Where the stream is to be resumed.
    pub(crate) fn last_id(&self) -> Option<&str> {
        Some(self.last_id.as_str()).filter(|id| !id.is_empty())
    }

    /// How long the server asks to wait before a new connection.
    pub(crate) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    fn interpret(&mut self, line: &str, events: &mut VecDeque<Event>) {
        if line.is_empty() {
            events.extend(self.dispatch());
            return;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.kind),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.data.push('\n');
                }
                self.data.push_str(value);
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            // A comment, which begins with the colon, or a field that nobody knows.
            _ => {}
        }
    }

    fn dispatch(&mut self) -> Option<Event> {
        self.last_id.clone_from(&self.id);
        let (kind, data) = (std::mem::take(&mut self.kind), std::mem::take(&mut self.data));
        std::mem::take(&mut self.has_data).then(|| Event {
            id: self.last_id().map(str::to_owned),
            event: if kind.is_empty() { "message".to_owned() } else { kind },
            data,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The events of chunks as (id, kind, data).
    fn parsed<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Vec<(Option<String>, String, String)> {
        let (mut parser, mut events) = (EventParser::default(), VecDeque::new());
        chunks.into_iter().for_each(|chunk| parser.feed(chunk, &mut events));
        events.into_iter().map(|event| (event.id, event.event, event.data)).collect()
    }

    #[test]
    fn a_stream_is_read_by_the_rules_of_the_standard() {
        /// (id, kind, data)
        type Said<'a> = (Option<&'a str>, &'a str, &'a str);
        let cases: &[(&str, &[Said])] = &[
            ("data: a\n\n", &[(None, "message", "a")]),
            ("data:a\n\ndata:  b\n\n", &[(None, "message", "a"), (None, "message", " b")]),
            ("data: YHOO\ndata: +2\ndata: 10\n\n", &[(None, "message", "YHOO\n+2\n10")]),
            (
                ": a comment\n\ndata: first\nid: 1\n\ndata:second\nid\n\ndata:  third\n\n",
                &[(Some("1"), "message", "first"), (None, "message", "second"), (None, "message", " third")],
            ),
            // `data` without a colon, and one more at the end that is not complete.
            ("data\n\ndata\ndata\n\ndata:", &[(None, "message", ""), (None, "message", "\n")]),
            ("event: order\r\ndata: 1\r\n\r\n", &[(None, "order", "1")]),
            ("event: order\rdata: 1\r\r", &[(None, "order", "1")]),
            // A kind without data is no event, and does not stay for the next one.
            ("event: a\n\ndata: 1\n\n", &[(None, "message", "1")]),
            ("\u{feff}data: 1\n\n\u{feff}data: 2\n\n", &[(None, "message", "1")]),
            ("id: 7\ndata: 1\n\ndata: 2\n\n", &[(Some("7"), "message", "1"), (Some("7"), "message", "2")]),
            ("id: 7\0\ndata: 1\n\n", &[(None, "message", "1")]),
            ("unknown: 1\ndata: 1\nDATA: 2\n\n", &[(None, "message", "1")]),
            ("data: never complete\nid: 1\n", &[]),
        ];
        for (stream, expected) in cases {
            let expected: Vec<_> = expected
                .iter()
                .map(|(id, kind, data)| (id.map(str::to_owned), (*kind).to_owned(), (*data).to_owned()))
                .collect();
            assert_eq!(parsed([stream.as_bytes()]), expected, "{stream:?}");
        }
    }

    #[test]
    fn a_stream_is_resumed_after_its_last_complete_event() {
        let (mut parser, mut events) = (EventParser::default(), VecDeque::new());
        parser.feed(b"retry: 250\nid: 1\ndata: a\n\nid: 2\ndata: half", &mut events);
        assert_eq!((parser.last_id(), parser.retry()), (Some("1"), Some(Duration::from_millis(250))));
        parser.restart();
        parser.feed(b"retry: soon\ndata: b\n\n", &mut events);
        assert_eq!((parser.last_id(), parser.retry()), (Some("1"), Some(Duration::from_millis(250))));
        assert_eq!(events.iter().map(|event| &*event.data).collect::<Vec<_>>(), ["a", "b"]);
        // An empty id takes it back.
        parser.feed(b"id:\n\n", &mut events);
        assert_eq!(parser.last_id(), None);
    }

    proptest! {
        #[test]
        fn where_a_stream_is_cut_makes_no_difference(
            lines in prop::collection::vec(
                prop_oneof![
                    Just(String::new()), Just("data".to_owned()), "data: ?[a-zé\u{feff}]{0,5}", "id: ?[0-9]{0,2}", "event:[a-z]{0,3}",
                    ":[a-z]{0,3}", "retry:[0-9x]{0,3}",
                ],
                0..20,
            ),
            ends in prop::collection::vec(prop_oneof![Just("\n"), Just("\r"), Just("\r\n")], 20),
            starts_with_bom in any::<bool>(),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
        ) {
            let mut stream = if starts_with_bom { BOM.to_vec() } else { Vec::new() };
            for (line, end) in lines.iter().zip(&ends) {
                stream.extend_from_slice(line.as_bytes());
                stream.extend_from_slice(end.as_bytes());
            }
            let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
            places.extend([0, stream.len()]);
            places.sort_unstable();
            let chunks = places.windows(2).map(|pair| &stream[pair[0]..pair[1]]);
            let whole = parsed([stream.as_slice()]);
            prop_assert_eq!(parsed(chunks), whole.clone());
            prop_assert_eq!(parsed(stream.chunks(1)), whole);
        }

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            parsed([bytes.as_slice()]);
        }
    }
}
