//! The parameters of an operation as arguments: those of the path by their place, the others as options.

use serde_json::Value;

use super::names::{Names, kebab};
use super::schema::{self, Kind, Scalar, Shape};

/// Header parameters of these names are ignored (OpenAPI 3.0.3, "Parameter Object").
const IGNORED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// A parameter on the command line.
#[derive(Debug)]
pub(super) struct Parameter {
    /// What it is called on the wire.
    pub(super) name: String,
    pub(super) option: String,
    pub(super) place: Place,
    pub(super) style: Style,
    pub(super) required: bool,
    pub(super) value: Scalar,
    pub(super) default: Option<String>,
    pub(super) example: Option<String>,
    pub(super) description: String,
}

/// Where a parameter stands in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a parameter is written (OpenAPI 3.0.3, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// One value.
    One,
    /// A list, its name before each item.
    Repeated,
    /// A list, with this between the items.
    Joined(char),
    /// An object, as `name[member]=value`.
    Deep,
    /// An object, each member a parameter of its own.
    Spread,
    /// JSON.
    Json,
}

/// The parameters of an operation whose parts stand in one place.
pub(super) fn of(document: &Value, operation: &Value, path: &str, options: &mut Names) -> Vec<Parameter> {
    let declared = operation["parameters"].as_array().into_iter().flatten();
    let mut parameters: Vec<Parameter> =
        declared.filter_map(|parameter| one(document, parameter, options)).collect();
    // In the path's order, which is that of the arguments.
    let position = |parameter: &Parameter| match parameter.place {
        Place::Path => path.find(&format!("{{{}}}", parameter.name)).unwrap_or(usize::MAX),
        _ => usize::MAX,
    };
    parameters.sort_by_key(position);
    parameters
}

fn one(document: &Value, parameter: &Value, options: &mut Names) -> Option<Parameter> {
    let name = parameter["name"].as_str()?;
    let place = match parameter["in"].as_str()? {
        "path" => Place::Path,
        "query" => Place::Query,
        "header" if IGNORED_HEADERS.contains(&name.to_ascii_lowercase().as_str()) => return None,
        "header" => Place::Header,
        "cookie" => Place::Cookie,
        _ => return None,
    };
    let schema = match parameter.get("schema") {
        Some(schema) => schema,
        None => parameter["content"].as_object()?.values().next()?.get("schema").unwrap_or(&Value::Null),
    };
    let facts = schema::flat(document, schema);
    let shape = schema::shape(document, schema);
    let style = if parameter.get("schema").is_none() { Style::Json } else { style(parameter, place, &shape) };
    let short = kebab(name);
    let text = |value: &Value| schema::text_of(value);
    let first = |examples: &Value| {
        let (_, example) = examples.as_object()?.iter().next()?;
        text(&super::super::lower::resolve(document, example)?["value"])
    };
    let said = parameter["description"].as_str().or_else(|| facts.get("description")?.as_str());
    Some(Parameter {
        option: options.take(&[short.clone(), format!("param-{short}")]),
        name: name.to_owned(),
        place,
        style,
        required: place == Place::Path || parameter["required"] == true,
        default: facts.get("default").and_then(text),
        example: text(&parameter["example"])
            .or_else(|| first(&parameter["examples"]))
            .or_else(|| facts.get("example").and_then(text)),
        value: scalar(shape),
        description: said.unwrap_or_default().to_owned(),
    })
}

/// What stands behind the option each time.
fn scalar(shape: Shape) -> Scalar {
    match shape {
        Shape::One(scalar) => scalar,
        Shape::List(items) => match *items {
            Shape::One(scalar) => scalar,
            _ => Scalar::default(),
        },
        Shape::Object(_) | Shape::Any => Scalar { kind: Kind::Text, ..Scalar::default() },
    }
}

fn style(parameter: &Value, place: Place, shape: &Shape) -> Style {
    let declared = parameter["style"].as_str();
    // `form` explodes unless it is told not to, the others only if they are told to.
    let default = matches!(declared, None | Some("form")) && matches!(place, Place::Query | Place::Cookie);
    let explode = parameter["explode"].as_bool().unwrap_or(default);
    match (shape, declared) {
        (Shape::One(_), _) => Style::One,
        (Shape::List(_), Some("spaceDelimited")) => Style::Joined(' '),
        (Shape::List(_), Some("pipeDelimited")) => Style::Joined('|'),
        (Shape::List(_), _) if explode && place == Place::Query => Style::Repeated,
        (Shape::List(_), _) => Style::Joined(','),
        (Shape::Object(_) | Shape::Any, Some("deepObject")) => Style::Deep,
        (Shape::Object(_), _) if explode && place == Place::Query => Style::Spread,
        (Shape::Object(_), _) => Style::Json,
        (Shape::Any, _) => Style::One,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parameters(path: &str, declared: Value) -> Vec<Parameter> {
        of(&json!({}), &json!({ "parameters": declared }), path, &mut Names::of_options())
    }

    #[test]
    fn arguments_come_in_the_order_of_the_path_and_options_as_declared() {
        let one =
            |name: &str, place: &str| json!({ "name": name, "in": place, "schema": { "type": "string" } });
        let all = parameters(
            "/a/{first}/b/{second}",
            json!([
                one("q", "query"),
                one("second", "path"),
                one("first", "path"),
                one("Accept", "header"),
                one("output", "query")
            ]),
        );
        let options: Vec<_> = all.iter().map(|parameter| parameter.option.as_str()).collect();
        assert_eq!(options, ["first", "second", "q", "param-output"]);
        assert!(all[0].required && !all[2].required);
    }

    #[test]
    fn each_style_of_the_document_is_one_of_the_command_line() {
        let list = json!({ "type": "array", "items": { "type": "integer" } });
        let object = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
        let cases = [
            (json!({ "schema": list }), Style::Repeated),
            (json!({ "schema": list, "explode": false }), Style::Joined(',')),
            (json!({ "schema": list, "style": "pipeDelimited" }), Style::Joined('|')),
            (json!({ "schema": object, "style": "deepObject", "explode": true }), Style::Deep),
            (json!({ "schema": object }), Style::Spread),
            (json!({ "content": { "application/json": { "schema": object } } }), Style::Json),
            (json!({ "schema": { "type": "boolean" } }), Style::One),
        ];
        for (mut parameter, style) in cases {
            parameter["name"] = "p".into();
            parameter["in"] = "query".into();
            let all = parameters("/", json!([parameter]));
            assert_eq!(all[0].style, style, "{parameter}");
        }
    }
}
