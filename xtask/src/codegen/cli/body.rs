//! The members of a request body as options: `--price.amount 1999`, `--line product_id=prd_…,quantity=2`.

use serde_json::Value;

use super::super::lower::{facts, resolve};
use super::example;
use super::names::{Names, kebab};
use super::schema::{self, Property, Scalar, Shape};

/// So many names of members stand in an option: `--a.b.c`.
const LEVELS: usize = 3;

/// A request body on the command line.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) media_type: String,
    pub(super) encoding: Encoding,
    pub(super) required: bool,
    pub(super) members: Vec<Member>,
    /// The members that may be `null`, joined by dots.
    pub(super) nullable: Vec<String>,
    /// A body as it may be, in JSON.
    pub(super) example: Option<Value>,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Json,
    Form,
    /// `multipart/…`, a part for each member.
    Parts,
    /// As it is given.
    Raw,
}

/// A member as an option.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) option: String,
    /// Where it stands in the body.
    pub(super) path: Vec<String>,
    pub(super) form: Form,
    pub(super) required: bool,
    pub(super) value: Scalar,
    pub(super) default: Option<String>,
    pub(super) description: String,
}

/// What an option of a body takes.
#[derive(Debug)]
pub(super) enum Form {
    /// The value.
    One,
    /// The value as JSON.
    Json,
    /// An item of a list; the option may be repeated.
    Item,
    /// An item of a list that is an object, as `member=value,…`; the option may be repeated.
    Entry(Vec<Member>),
}

/// The body of an operation; `kept` is the same operation in the SDK's view, which says what is sent.
pub(super) fn of(document: &Value, operation: &Value, kept: &Value, options: &mut Names) -> Option<Body> {
    let declared = operation.get("requestBody")?;
    let sent = kept["requestBody"]["content"].as_object()?.keys().next()?;
    let media_type = kept[facts::CONTENT_TYPE].as_str().unwrap_or(sent).to_owned();
    let encoding = match sent.as_str() {
        "application/json" => Encoding::Json,
        "application/x-www-form-urlencoded" => Encoding::Form,
        _ if media_type.starts_with("multipart/") => Encoding::Parts,
        _ => Encoding::Raw,
    };
    let content = declared["content"].as_object()?;
    let media = content.get(&media_type).or_else(|| content.get(sent)).or_else(|| content.values().next())?;
    let mut members = Vec::new();
    let mut nullable = Vec::new();
    let schema = &media["schema"];
    if encoding != Encoding::Raw
        && let Shape::Object(properties) = schema::shape(document, schema)
    {
        // A form has no members in its members.
        let levels = if encoding == Encoding::Json { LEVELS } else { 1 };
        let mut all = Collected { options, members: &mut members, nullable: &mut nullable, levels };
        properties.iter().for_each(|property| all.add(property, &[], declared["required"] == true));
    }
    match encoding {
        Encoding::Form => members.retain(|member| matches!(member.form, Form::One | Form::Item)),
        Encoding::Parts => members.retain(|member| !matches!(member.form, Form::Entry(_))),
        Encoding::Json | Encoding::Raw => {}
    }
    if encoding != Encoding::Json {
        nullable.clear();
    }
    let example = matches!(encoding, Encoding::Json | Encoding::Form).then(|| {
        let first = || {
            let (_, example) = media["examples"].as_object()?.iter().next()?;
            resolve(document, example)?.get("value").cloned()
        };
        let given = media.get("example").cloned().or_else(first);
        given.unwrap_or_else(|| example::of(document, schema))
    });
    Some(Body { media_type, encoding, required: declared["required"] == true, members, nullable, example })
}

struct Collected<'a> {
    options: &'a mut Names,
    members: &'a mut Vec<Member>,
    nullable: &'a mut Vec<String>,
    levels: usize,
}

impl Collected<'_> {
    /// Adds a member below `above`, of which one may be `required` only if all above it are.
    fn add(&mut self, property: &Property, above: &[String], required: bool) {
        let path: Vec<String> = above.iter().chain([&property.name]).cloned().collect();
        let required = required && property.required;
        if property.nullable {
            self.nullable.push(path.join("."));
        }
        match &property.shape {
            Shape::Object(inner) if path.len() < self.levels => {
                inner.iter().for_each(|property| self.add(property, &path, required));
            }
            Shape::Object(_) | Shape::Any => {
                let option = self.option(&path);
                self.push(option, path, Form::Json, required, Scalar::default(), property);
            }
            Shape::One(value) => {
                let option = self.option(&path);
                self.push(option, path, Form::One, required, value.clone(), property);
            }
            Shape::List(items) => {
                let option = self.option(&path);
                if let Some((form, value)) = item(items) {
                    let single = self.single(&path);
                    self.push(single, path.clone(), form, required, value, property);
                }
                self.push(option, path, Form::Json, required, Scalar::default(), property);
            }
        }
    }

    fn option(&mut self, path: &[String]) -> String {
        let name = joined(path);
        self.options.take(&[name.clone(), format!("field-{name}")])
    }

    /// The option for one item of a list: `--line` of `lines`.
    fn single(&mut self, path: &[String]) -> String {
        let name = joined(path);
        let item = format!("{name}-item");
        let wishes = match singular(&name) {
            Some(singular) => vec![singular, item],
            None => vec![item],
        };
        self.options.take(&wishes)
    }

    fn push(
        &mut self,
        option: String,
        path: Vec<String>,
        form: Form,
        required: bool,
        value: Scalar,
        of: &Property,
    ) {
        let default = of.default.as_ref().and_then(schema::text_of);
        let description = of.description.clone();
        self.members.push(Member { option, path, form, required, value, default, description });
    }
}

/// How one item of a list is given, if it can be without JSON.
fn item(items: &Shape) -> Option<(Form, Scalar)> {
    match items {
        Shape::One(value) => Some((Form::Item, value.clone())),
        Shape::Object(properties) => {
            let (mut members, mut nullable, mut options) = (Vec::new(), Vec::new(), Names::of_commands());
            let mut all = Collected {
                options: &mut options,
                members: &mut members,
                nullable: &mut nullable,
                levels: LEVELS,
            };
            properties.iter().for_each(|property| all.add(property, &[], true));
            // A part that needs JSON cannot stand between commas; without the required ones there is no item.
            let is_plain = |member: &Member| matches!(member.form, Form::One);
            if members.iter().any(|member| member.required && !is_plain(member)) {
                return None;
            }
            members.retain(is_plain);
            members.iter_mut().for_each(|member| member.option = member.path.join("."));
            (!members.is_empty()).then(|| (Form::Entry(members), Scalar::default()))
        }
        Shape::List(_) | Shape::Any => None,
    }
}

fn joined(path: &[String]) -> String {
    path.iter().map(|name| kebab(name)).collect::<Vec<_>>().join(".")
}

/// `lines` → `line`, `categories` → `category`; nothing where no ending tells.
fn singular(name: &str) -> Option<String> {
    match name.strip_suffix("ies") {
        Some(stem) if !stem.is_empty() => Some(format!("{stem}y")),
        _ => name
            .strip_suffix('s')
            .filter(|stem| !stem.is_empty() && !stem.ends_with(['s', '.', '-']))
            .map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body(schema: Value) -> Body {
        let operation = json!({ "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } } });
        of(&json!({}), &operation, &operation, &mut Names::of_options()).unwrap()
    }

    fn options(schema: Value) -> Vec<(String, bool)> {
        body(schema).members.into_iter().map(|member| (member.option, member.required)).collect()
    }

    #[test]
    fn members_of_members_have_dots_and_are_needed_only_if_all_above_are() {
        let price = json!({ "type": "object", "required": ["amount"], "properties": { "amount": { "type": "integer" } } });
        let schema = json!({ "type": "object", "required": ["price"], "properties": { "price": price, "old_price": price } });
        assert_eq!(
            options(schema),
            [("price.amount".to_owned(), true), ("old-price.amount".to_owned(), false)]
        );
    }

    #[test]
    fn a_list_is_given_item_by_item_or_as_json() {
        let line = json!({ "type": "object", "required": ["id"], "properties": {
            "id": { "type": "string" }, "price": { "type": "object", "properties": { "amount": { "type": "integer" } } },
        } });
        let schema = json!({ "type": "object", "properties": {
            "lines": { "type": "array", "items": line },
            "data": { "type": "array", "items": { "type": "string" } },
            "rows": { "type": "array", "items": { "type": "array", "items": {} } },
        } });
        let body = body(schema);
        let names: Vec<_> = body.members.iter().map(|member| member.option.as_str()).collect();
        assert_eq!(names, ["line", "lines", "data-item", "field-data", "rows"]);
        let Form::Entry(parts) = &body.members[0].form else { panic!() };
        let parts: Vec<_> = parts.iter().map(|part| (part.option.as_str(), part.required)).collect();
        assert_eq!(parts, [("id", true), ("price.amount", false)]);
    }

    #[test]
    fn a_form_of_parts_has_files_and_no_members_in_members() {
        let schema = json!({ "type": "object", "properties": {
            "title": { "type": "string" }, "photo": { "type": "string", "format": "binary" },
            "size": { "type": "object", "properties": { "w": { "type": "integer" } } },
        } });
        let operation =
            json!({ "requestBody": { "content": { "multipart/form-data": { "schema": schema } } } });
        let kept = json!({ "x-sdk-content-type": "multipart/form-data",
                           "requestBody": { "content": { "application/octet-stream": {} } } });
        let body = of(&json!({}), &operation, &kept, &mut Names::of_options()).unwrap();
        let names: Vec<_> = body.members.iter().map(|member| member.option.as_str()).collect();
        assert_eq!((names, body.encoding), (vec!["title", "photo", "size"], Encoding::Parts));
        assert_eq!(body.members[1].value.format.as_deref(), Some("binary"));
    }

    #[test]
    fn built_in_options_keep_their_names_and_null_is_told() {
        let schema = json!({ "type": "object", "properties": {
            "query": { "type": "string", "nullable": true }, "output": {},
        } });
        let body = body(schema);
        let names: Vec<_> = body.members.iter().map(|member| member.option.as_str()).collect();
        assert_eq!((names, body.nullable), (vec!["field-query", "field-output"], vec!["query".to_owned()]));
    }
}
