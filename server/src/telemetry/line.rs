//! A log line: when, how grave, from where, what, and in which request.

use std::fmt::{self, Write};

use chrono::{SubsecRound, Utc};
use orderly_api_runtime::DateTime;
use tracing::{Event, Subscriber};
use tracing_subscriber::{
    fmt::{
        FmtContext, FormattedFields,
        format::{FormatEvent, Writer},
    },
    registry::LookupSpan,
};

use super::fields::{FieldWriter, Fields};
use crate::config::LogFormat;

/// `<time> <level> <span>{<its fields>}: <module>: <message> <fields>`, or one JSON object with the fields as members and
/// those of the innermost span in `span`. A span's fields were written when it began.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line(pub(super) LogFormat);

impl<S> FormatEvent<S, Fields> for Line
where
    S: Subscriber + for<'s> LookupSpan<'s>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, Fields>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let metadata = event.metadata();
        let now = DateTime::try_from(Utc::now().trunc_subsecs(6)).map_err(|_| fmt::Error)?;
        let span = context.lookup_current();
        let extensions = span.as_ref().map(|span| span.extensions());
        let in_span = extensions.as_ref().and_then(|found| found.get::<FormattedFields<Fields>>());

        let mut line = String::with_capacity(384);
        // A module's path and a span's name are Rust's: nothing in them needs escaping.
        let (level, target) = (metadata.level(), metadata.target());
        match self.0 {
            LogFormat::Json => {
                write!(line, "{{\"timestamp\":\"{now}\",\"level\":\"{level}\",\"target\":\"{target}\",")?;
                let before = line.len();
                event.record(&mut FieldWriter::new(&mut line, self.0));
                if line.len() == before {
                    line.pop();
                }
                if let Some(fields) = in_span {
                    write!(line, ",\"span\":{{{}}}", fields.fields)?;
                }
                line.push_str("}\n");
            }
            LogFormat::Text => {
                write!(line, "{now} {level:>5} ")?;
                if let (Some(span), Some(fields)) = (&span, in_span) {
                    write!(line, "{}{{{}}}: ", span.name(), fields.fields)?;
                }
                line.push_str(target);
                line.push_str(": ");
                event.record(&mut FieldWriter::new(&mut line, self.0));
                line.push('\n');
            }
        }
        writer.write_str(&line)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    use serde_json::{Value, json};
    use tracing::{info, info_span, warn};

    use super::super::logs::subscriber;
    use crate::config::{Log, LogFormat};

    #[derive(Debug, Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(format: LogFormat, log: impl FnOnce()) -> Vec<String> {
        let lines = Lines::default();
        let writer = lines.clone();
        let settings = Log { format, level: "info".to_owned() };
        tracing::subscriber::with_default(subscriber(&settings, move || writer.clone()), log);
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    fn json(log: impl FnOnce()) -> Vec<Value> {
        logged(LogFormat::Json, log).iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn a_line_of_json_is_one_object_with_its_fields_and_those_of_its_span() {
        let lines = json(|| {
            info_span!("request", request_id = "r\"1", count = 2)
                .in_scope(|| warn!(status = 503, "busy\n\"now\""));
            info!("alone");
            info!(ratio = 0.5, lost = true, nothing = f64::NAN);
        });
        let mut first = lines[0].clone();
        let time = first.as_object_mut().unwrap().remove("timestamp").unwrap();
        assert!(chrono::DateTime::parse_from_rfc3339(time.as_str().unwrap()).is_ok(), "{time}");
        let expected = json!({
            "level": "WARN", "target": module_path!(), "message": "busy\n\"now\"", "status": 503,
            "span": { "request_id": "r\"1", "count": 2 },
        });
        assert_eq!(first, expected);
        assert_eq!((&lines[1]["message"], lines[1].get("span")), (&json!("alone"), None));
        assert_eq!(
            (&lines[2]["ratio"], &lines[2]["lost"], &lines[2]["nothing"]),
            (&json!(0.5), &json!(true), &json!("NaN"))
        );
    }

    #[test]
    fn what_is_not_there_is_not_said_and_errors_are_texts() {
        let error = io::Error::other("the disk is full");
        let lines = json(|| warn!(%error, cause = None::<&str>, count = Some(1), "a \u{1f525}"));
        assert_eq!(
            (&lines[0]["error"], &lines[0]["message"]),
            (&json!("the disk is full"), &json!("a \u{1f525}"))
        );
        assert_eq!((lines[0].get("cause"), &lines[0]["count"]), (None, &json!(1)));
    }

    #[test]
    fn a_line_of_text_stays_one_line_whatever_is_in_it() {
        let lines = logged(LogFormat::Text, || {
            info_span!("request", request_id = "r1", operation = None::<&str>).in_scope(|| {
                warn!(status = 503, cause = "two words", plain = "word", forged = "a\nINFO b", "busy");
            });
            info!("forged\nline");
        });
        let rest: Vec<&str> = lines.iter().map(|line| line.split_once(' ').unwrap().1).collect();
        let module = module_path!();
        let first = format!(
            " WARN request{{request_id=r1}}: {module}: busy status=503 cause=\"two words\" plain=word forged=\"a\\nINFO b\""
        );
        assert_eq!(rest, [first, format!(" INFO {module}: \"forged\\nline\"")]);
    }
}
