//! Reads YAML 1.2: the events of saphyr's parser become values.

use std::sync::Arc;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use serde_json::Value;

use super::build::{self, Builder};
use super::scalar;
use super::spot::{Mark, Spot};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Reads a text that holds one YAML document.
pub(super) fn read(file: &Arc<str>, text: &str) -> Result<(Value, Spot), Diagnostics> {
    let mut builder = Builder::new(file);
    let failure = run(&mut builder, text).err();
    builder.finish(failure)
}

fn run(builder: &mut Builder, text: &str) -> Result<(), Diagnostic> {
    let mut parser = Parser::new_from_str(text);
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        let (event, span) = event
            .map_err(|error| builder.refuse(place(error.marker()), format!("not YAML: {}", error.info())))?;
        let mark = place(&span.start);
        match event {
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
            Event::StreamEnd => break,
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    let message = "the file holds more than one YAML document".to_owned();
                    return Err(builder.refuse(mark, message).hint("keep one document in a file"));
                }
            }
            Event::Scalar(text, style, anchor, tag) if builder.expects_key() => {
                read_key(builder, &text, style, tag.as_deref(), mark);
                builder.anchor_key(&text, mark, anchor);
            }
            Event::Scalar(text, style, anchor, tag) => {
                let value = read_scalar(builder, &text, style, tag.as_deref(), mark);
                builder.scalar(value, mark, anchor)?;
            }
            Event::Alias(anchor) if builder.expects_key() => builder.alias_key(anchor, mark)?,
            Event::Alias(anchor) => builder.alias(anchor, mark)?,
            Event::MappingStart(..) | Event::SequenceStart(..) if builder.expects_key() => {
                return Err(builder.refuse(mark, "a key is an object or an array".to_owned()));
            }
            Event::MappingStart(anchor, _) => builder.begin(build::object(), mark, anchor)?,
            Event::SequenceStart(anchor, _) => builder.begin(build::array(), mark, anchor)?,
            Event::MappingEnd | Event::SequenceEnd => builder.end()?,
        }
    }
    Ok(())
}

fn read_key(builder: &mut Builder, text: &str, style: ScalarStyle, tag: Option<&Tag>, mark: Mark) {
    if text == "<<" && style == ScalarStyle::Plain && tag.is_none() {
        builder.merge_key(mark);
    } else {
        builder.key(text, mark);
    }
}

/// Quoted and block scalars are strings; plain ones are what the core schema says, unless a tag does.
fn read_scalar(
    builder: &mut Builder,
    text: &str,
    style: ScalarStyle,
    tag: Option<&Tag>,
    mark: Mark,
) -> Value {
    let wanted = tag.filter(|tag| tag.is_yaml_core_schema()).map(|tag| tag.suffix.as_str());
    let resolves_by_form = matches!(wanted, Some("int" | "float" | "bool" | "null"))
        || (tag.is_none() && style == ScalarStyle::Plain);
    if !resolves_by_form {
        return Value::String(text.to_owned());
    }
    scalar::plain(text).unwrap_or_else(|| {
        let message = format!("`{text}` is a number that JSON does not have");
        let diagnostic = builder.refuse(mark, message).hint("put it in quotes if it is meant as text");
        builder.note(diagnostic);
        Value::Null
    })
}

/// saphyr counts lines from 1 and columns from 0.
fn place(marker: &Marker) -> Mark {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Mark { line: count(marker.line().max(1)), column: count(marker.col() + 1) }
}
