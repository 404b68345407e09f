//! Every rule that a request of an operation can keep or break: what `coverage` counts against.

use std::{collections::BTreeSet, fmt};

use orderly_api_runtime::Direction;
use orderly_document::Pointer;
use serde_json::Value;

use crate::{
    case::{Keyword, Polarity},
    document::{Document, Location, Operation, Parameter},
    value::{self, Impossible},
};

/// The part of a request that a rule is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A parameter, by where it is and its name.
    Parameter(Location, String),
    /// The body of a media type; of none, what holds for all.
    Body(Option<String>),
}

/// A rule of an operation's requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// What it is about.
    pub part: Part,
    /// Where it stands, as [`Touch`](crate::Touch) has it.
    pub place: Pointer,
    /// What it says.
    pub keyword: Keyword,
    /// Why no request keeps it, if none can.
    pub never_kept: Option<String>,
    /// Why no request breaks it, if none can.
    pub never_broken: Option<String>,
}

/// The rules of an operation's requests, in the order of the document: parameters, then the body.
pub fn sites(document: &Document, operation: &Operation) -> Vec<Site> {
    let mut sites = Vec::new();
    for parameter in &operation.parameters {
        let part = Part::Parameter(parameter.location, parameter.name.clone());
        // A path without one of its parameters is another path.
        if parameter.required && parameter.location != Location::Path {
            sites.push(Site::new(&part, parameter.place.child("required"), Keyword::Required));
        }
        let first = sites.len();
        add(document, &part, &parameter.schema, &mut sites);
        for site in &mut sites[first..] {
            site.is_text(document, Some(parameter));
        }
    }
    if let Some(body) = &operation.body {
        if body.required {
            sites.push(Site::new(&Part::Body(None), body.place.child("required"), Keyword::Required));
        }
        for content in &body.content {
            add(document, &Part::Body(Some(content.media_type.clone())), &content.schema(), &mut sites);
        }
    }
    sites
}

fn add(document: &Document, part: &Part, schema: &Pointer, sites: &mut Vec<Site>) {
    let impossible = value::impossible(document, schema, Direction::Request);
    let mut seen = BTreeSet::new();
    for (place, keyword) in value::keywords(document, schema, Direction::Request) {
        if !seen.insert((place.clone(), keyword)) {
            continue;
        }
        let why = |polarity: Polarity| {
            let is_it =
                |one: &&Impossible| one.place == place && one.keyword == keyword && one.polarity == polarity;
            impossible.iter().find(is_it).map(|one| one.reason.clone())
        };
        let (never_kept, never_broken) = (why(Polarity::Kept), why(Polarity::Broken));
        sites.push(Site { never_kept, never_broken, ..Site::new(part, place, keyword) });
    }
}

impl Site {
    fn new(part: &Part, place: Pointer, keyword: Keyword) -> Self {
        Self { part: part.clone(), place, keyword, never_kept: None, never_broken: None }
    }

    /// Why one side cannot be had.
    pub fn never(&self, polarity: Polarity) -> Option<&str> {
        match polarity {
            Polarity::Kept => self.never_kept.as_deref(),
            Polarity::Broken => self.never_broken.as_deref(),
        }
    }

    /// What a parameter cannot break, because it is written as text.
    fn is_text(&mut self, document: &Document, parameter: Option<&Parameter>) {
        let rule = document.source().get(&self.place).unwrap_or(&Value::Null);
        let in_path = parameter.is_some_and(|one| one.location == Location::Path);
        let reason = match (self.keyword, rule) {
            (Keyword::Type, Value::String(name)) if name == "string" => "every text is a string",
            (Keyword::Type, Value::String(name)) if name == "array" => "every text is a list of one",
            (Keyword::Type, Value::String(name)) if name == "object" => "texts are read as members",
            (Keyword::MinLength, rule) if in_path && *rule == 1 => "a path without a segment is another path",
            (Keyword::MinItems, rule) if *rule == 1 => "a list of nothing is not sent",
            _ => return,
        };
        self.never_broken.get_or_insert_with(|| reason.to_owned());
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter(location, name) => write!(f, "{location} {name}"),
            Self::Body(Some(media_type)) => write!(f, "body {media_type}"),
            Self::Body(None) => f.write_str("body"),
        }
    }
}
