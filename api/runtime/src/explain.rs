//! Schema errors as violations: one for each mistake, at the most telling place.

use std::{borrow::Cow, collections::BTreeSet};

use jsonschema::{
    Draft, Keyword, ValidationError, Validator,
    error::{TypeKind, ValidationErrorKind as Kind},
    types::JsonType,
};
use serde_json::Value;

use crate::{
    failure::{MAX_VIOLATIONS, Violation},
    format, keyword,
    keyword::MultipleOf,
    pattern::Pattern,
};

/// Compiles a draft 4 schema, as [`json_schema`](crate::json_schema) makes it, with the patterns, formats and multiples
/// of the fast path.
///
/// # Errors
/// What is wrong with it, if it is no schema.
pub fn compile(schema: &Value) -> Result<Validator, String> {
    let mut options = jsonschema::options()
        .with_draft(Draft::Draft4)
        .offline()
        .should_validate_formats(true)
        .with_keyword("pattern", |_, expression, _| {
            let expression = expression.as_str().unwrap_or_default();
            Ok(Box::new(PatternKeyword(Pattern::new(expression), expression.to_owned())))
        })
        .with_keyword("multipleOf", |_, divisor, _| {
            Ok(Box::new(MultipleKeyword(divisor.as_i64(), divisor.as_f64().unwrap_or_default())))
        });
    for name in format::ASSERTED {
        options = options.with_format(*name, |text: &str| format::check(name, text));
    }
    options.build(schema).map_err(|error| error.to_string())
}

/// Every mistake of a value, each told once.
pub(crate) fn violations(validator: &Validator, value: &Value) -> Vec<Violation> {
    let mut found = Vec::new();
    for error in validator.iter_errors(value) {
        explain(&error, &mut found);
        if found.len() >= MAX_VIOLATIONS {
            break;
        }
    }
    let mut told = BTreeSet::new();
    found.retain(|violation| told.insert((pointer_of(violation).to_owned(), violation.code.clone())));
    found.truncate(MAX_VIOLATIONS);
    found
}

fn pointer_of(violation: &Violation) -> &str {
    match &violation.at {
        crate::At::Pointer(pointer) => pointer,
        crate::At::Parameter { .. } => "",
    }
}

fn explain(error: &ValidationError<'_>, found: &mut Vec<Violation>) {
    let here = error.instance_path().as_str();
    let mut tell = |pointer: String, code: Cow<'static, str>, detail: String| {
        found.push(Violation { at: crate::At::Pointer(pointer), code, detail });
    };
    match error.kind() {
        Kind::Required { property } => {
            tell(
                member(here, property.as_str().unwrap_or_default()),
                "required".into(),
                "is required".into(),
            );
        }
        Kind::AdditionalProperties { unexpected } => {
            for name in unexpected {
                tell(member(here, name), "additional_properties".into(), "is not known here".into());
            }
        }
        Kind::OneOfNotValid { context } => explain_union(here, "one_of", context, found),
        Kind::AnyOf { context } => explain_union(here, "any_of", context, found),
        kind => tell(here.to_owned(), snake_case(kind.keyword()).into(), detail(kind)),
    }
}

fn member(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn snake_case(keyword: &str) -> String {
    let mut name = String::with_capacity(keyword.len() + 4);
    for letter in keyword.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// What a keyword demands. Only the schema speaks here, never the value.
fn detail(kind: &Kind) -> String {
    match kind {
        Kind::Custom { message, .. } => message.clone(),
        Kind::Enum { options } => one_of(options.as_array().into_iter().flatten()),
        Kind::ExclusiveMaximum { limit } => format!("must be less than {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("must be more than {limit}"),
        Kind::Format { format } => format!("must have the format {format}"),
        Kind::MaxItems { limit } => format!("must have at most {limit} items"),
        Kind::MaxLength { limit } => format!("must have at most {limit} characters"),
        Kind::MaxProperties { limit } => format!("must have at most {limit} members"),
        Kind::Maximum { limit } => format!("must be at most {limit}"),
        Kind::MinItems { limit } => format!("must have at least {limit} items"),
        Kind::MinLength { limit } => format!("must have at least {limit} characters"),
        Kind::MinProperties { limit } => format!("must have at least {limit} members"),
        Kind::Minimum { limit } => format!("must be at least {limit}"),
        Kind::Not { .. } => "must not have this shape".to_owned(),
        Kind::OneOfMultipleValid { .. } => "must fit exactly one of the allowed shapes".to_owned(),
        Kind::Type { kind } => format!("must be of type {}", type_names(kind)),
        Kind::UniqueItems => "must not have an item twice".to_owned(),
        kind => format!("breaks {}", kind.keyword()),
    }
}

fn type_names(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(name) => name.to_string(),
        TypeKind::Multiple(names) => {
            names.iter().map(|name| name.to_string()).collect::<Vec<_>>().join(" or ")
        }
    }
}

/// Long lists of allowed values are for the document to show.
const MAX_LISTED: usize = 20;

fn one_of<'a>(values: impl Iterator<Item = &'a Value>) -> String {
    let values: BTreeSet<String> =
        values.map(|value| value.as_str().map_or(value.to_string(), str::to_owned)).collect();
    if values.len() > MAX_LISTED {
        return "must be one of the allowed values".to_owned();
    }
    format!("must be one of: {}", Vec::from_iter(values).join(", "))
}

/// A union is explained by the one branch that the value was meant for, if that can be told: the one whose
/// tag (an `enum` of one value in a member) the value has, or whose type it has.
fn explain_union(
    here: &str,
    code: &'static str,
    branches: &[Vec<ValidationError<'static>>],
    found: &mut Vec<Violation>,
) {
    let not_null: Vec<_> =
        branches.iter().filter(|errors| branches.len() == 1 || !only_wants_null(here, errors)).collect();
    let meant: Vec<_> = match &not_null[..] {
        [only] => vec![*only],
        several => several
            .iter()
            .copied()
            .filter(|errors| !errors.iter().any(|error| is_mismatch(here, error)))
            .collect(),
    };
    let explained: Vec<Vec<Violation>> = meant.iter().map(|errors| explain_all(errors)).collect();
    if let [only] = &explained[..] {
        found.extend_from_slice(only);
        return;
    }
    if let Some((first, rest)) = explained.split_first() {
        let common: Vec<_> =
            first.iter().filter(|mistake| rest.iter().all(|other| other.contains(mistake))).collect();
        if !common.is_empty() {
            found.extend(common.into_iter().cloned());
            return;
        }
    } else if let Some(violation) = unknown_tag(here, &not_null) {
        found.push(violation);
        return;
    }
    found.push(Violation::in_body(here, code, "must fit one of the allowed shapes"));
}

fn explain_all(errors: &[ValidationError<'_>]) -> Vec<Violation> {
    let mut found = Vec::new();
    for error in errors {
        explain(error, &mut found);
    }
    found
}

fn only_wants_null(here: &str, errors: &[ValidationError<'_>]) -> bool {
    errors.iter().any(|error| {
        let wants_null = matches!(error.kind(), Kind::Type { kind: TypeKind::Single(JsonType::Null) });
        wants_null && error.instance_path().as_str() == here
    })
}

/// Whether an error says that its branch was not meant: another type, or another tag.
fn is_mismatch(here: &str, error: &ValidationError<'_>) -> bool {
    let is_type = matches!(error.kind(), Kind::Type { .. }) && error.instance_path().as_str() == here;
    is_type || tag_values(here, error).is_some()
}

/// The values that a branch wants its tag to have, if the error is about the tag.
fn tag_values<'a>(here: &str, error: &'a ValidationError<'_>) -> Option<&'a Vec<Value>> {
    let name = error.instance_path().as_str().strip_prefix(here)?.strip_prefix('/')?;
    match error.kind() {
        Kind::Enum { options } if !name.contains('/') => {
            options.as_array().filter(|values| values.len() == 1)
        }
        _ => None,
    }
}

/// All branches were ruled out by one and the same tag.
fn unknown_tag(here: &str, branches: &[&Vec<ValidationError<'static>>]) -> Option<Violation> {
    let mut pointer = None;
    let mut values = Vec::new();
    for errors in branches {
        let (error, allowed) = errors.iter().find_map(|error| Some((error, tag_values(here, error)?)))?;
        let tag = error.instance_path().as_str();
        if *pointer.get_or_insert(tag) != tag {
            return None;
        }
        values.extend(allowed);
    }
    Some(Violation::in_body(pointer?, "enum", one_of(values.into_iter())))
}

struct PatternKeyword(Pattern, String);

impl<'i> Keyword<'i> for PatternKeyword {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        match instance.as_str().map(|text| keyword::pattern(text, &self.0, &self.1)) {
            Some(Err(refused)) => Err(ValidationError::custom(refused.detail)),
            _ => Ok(()),
        }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        instance.as_str().is_none_or(|text| self.0.is_match(text))
    }
}

/// The divisor as an integer, if it is one, and as a number.
struct MultipleKeyword(Option<i64>, f64);

impl<'i> Keyword<'i> for MultipleKeyword {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        match self.is_valid(instance) {
            true => Ok(()),
            false => Err(ValidationError::custom(format!("must be a multiple of {}", self.1))),
        }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        match (instance.as_i64(), self.0, instance.as_f64()) {
            (Some(value), Some(divisor), _) => MultipleOf::is_multiple_of(&value, divisor),
            (_, _, Some(value)) => MultipleOf::is_multiple_of(&value, self.1),
            (_, _, None) => true,
        }
    }
}
