//! The operations of a document as the gate reads them: what a path item says for all of them is said by each.

use orderly_document::Document;

use crate::node::Node;

/// The fields of a path item that are operations.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Headers that OpenAPI 3.0 describes elsewhere: as parameters they have no meaning.
const IGNORED_HEADERS: [&str; 3] = ["accept", "authorization", "content-type"];

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation<'d> {
    /// In lower case, as the document has it.
    pub(crate) method: &'d str,
    /// The template.
    pub(crate) path: &'d str,
    /// The operation.
    pub(crate) node: Node<'d>,
    /// The path item around it.
    pub(crate) item: Node<'d>,
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub(crate) struct Parameter<'d> {
    /// Where it is sent: `path`, `query`, `header` or `cookie`.
    pub(crate) location: &'d str,
    /// Its name.
    pub(crate) name: &'d str,
    /// What it is known by: a header's name in lower case, a path parameter's position, which stays when it is renamed.
    pub(crate) key: String,
    /// The parameter.
    pub(crate) node: Node<'d>,
}

/// Every operation of a document, in its order.
pub(crate) fn operations(document: &Document) -> Vec<Operation<'_>> {
    let paths = Node::root(document).get("paths");
    let items = paths.iter().flat_map(Node::members).filter(|(path, _)| path.starts_with('/'));
    items.flat_map(|(path, item)| of_item(path, item)).collect()
}

/// The operations of a path item; `path` may be a callback's expression.
pub(crate) fn of_item<'d>(path: &'d str, item: Node<'d>) -> Vec<Operation<'d>> {
    let methods = item.members().filter(|(method, _)| METHODS.contains(method));
    methods.map(|(method, node)| Operation { method, path, node, item: item.clone() }).collect()
}

impl<'d> Operation<'d> {
    /// `POST /v1/orders (create_order)`.
    pub(crate) fn name(&self) -> String {
        let call = format!("{} {}", self.method.to_uppercase(), self.path);
        match self.node.text("operationId") {
            Some(id) => format!("{call} ({id})"),
            None => call,
        }
    }

    /// Its parameters. Those of the path item come first, unless the operation says them anew.
    pub(crate) fn parameters(&self) -> Vec<Parameter<'d>> {
        let mut parameters: Vec<Parameter<'d>> = Vec::new();
        for list in [self.item.get("parameters"), self.node.get("parameters")].into_iter().flatten() {
            for parameter in list.items().filter_map(|node| self.parameter(node)) {
                let same = |known: &&mut Parameter<'_>| {
                    known.location == parameter.location && known.key == parameter.key
                };
                match parameters.iter_mut().find(same) {
                    Some(known) => *known = parameter,
                    None => parameters.push(parameter),
                }
            }
        }
        parameters
    }

    fn parameter(&self, node: Node<'d>) -> Option<Parameter<'d>> {
        let (location, name) = (node.text("in")?, node.text("name")?);
        let key = match location {
            "header" => name.to_lowercase(),
            "path" => placeholders(self.path).position(|known| known == name)?.to_string(),
            _ => name.to_owned(),
        };
        let is_ignored = location == "header" && IGNORED_HEADERS.contains(&key.as_str());
        (!is_ignored).then_some(Parameter { location, name, key, node })
    }

    /// What the operation itself says, or its path item, or the document.
    pub(crate) fn inherited(&self, key: &str) -> Option<Node<'d>> {
        let root = Node::root(self.node.document());
        self.node.get(key).or_else(|| self.item.get(key)).or_else(|| root.get(key))
    }
}

impl Parameter<'_> {
    /// `query parameter \`limit\``.
    pub(crate) fn name(&self) -> String {
        format!("{} parameter `{}`", self.location, self.name)
    }

    /// How it is written (OpenAPI 3.0.3, the defaults of `style`).
    pub(crate) fn style(&self) -> &str {
        self.node.text("style").unwrap_or(match self.location {
            "query" | "cookie" => "form",
            _ => "simple",
        })
    }

    /// Whether lists and objects are written as several (the default is that of `form`).
    pub(crate) fn explode(&self) -> bool {
        let said = self.node.value.get("explode").and_then(serde_json::Value::as_bool);
        said.unwrap_or(self.style() == "form")
    }
}

/// The names in a path template.
pub(crate) fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// A path template without the names: what clients see of it.
pub(crate) fn shape(template: &str) -> String {
    let mut parts = template.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str("{}");
        shape.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_has_no_names() {
        assert_eq!(shape("/v1/orders/{id}/lines/{line}.{format}"), "/v1/orders/{}/lines/{}.{}");
        assert_eq!(placeholders("/a/{b}.{c}").collect::<Vec<_>>(), ["b", "c"]);
    }

    #[test]
    fn an_operation_overrides_the_parameters_of_its_path() {
        let text = br#"
openapi: 3.0.3
paths:
  /things/{id}:
    parameters:
      - {in: path, name: id, required: true}
      - {in: header, name: X-Trace}
    get:
      parameters:
        - {in: header, name: x-trace, required: true}
        - {in: header, name: Accept}
"#;
        let document = Document::parse("api.yaml", text).unwrap();
        let operation = &operations(&document)[0];
        let names: Vec<String> = operation.parameters().iter().map(Parameter::name).collect();
        assert_eq!(names, ["path parameter `id`", "header parameter `x-trace`"]);
        assert_eq!(operation.name(), "GET /things/{id}");
    }
}
