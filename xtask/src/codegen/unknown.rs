//! Members that OpenAPI 3.0.3 does not know and that are no extensions: slips of the pen, which would change what a
//! document means in silence. Each is told once, where it stands first.

use std::collections::BTreeMap;

use orderly_document::{Diagnostics, Document};

use self::Kind::*;
use self::Member::{Each, Leaf, List, One};
use super::model::node::Node;

/// A name that is less like a known one is not offered instead.
const LIKENESS: f64 = 0.85;

/// The objects of OpenAPI 3.0.3, section 4.7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    /// Its members are paths.
    Paths,
    /// Members that are no methods are remarked where operations are read.
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    /// Its members are statuses.
    Responses,
    Response,
    /// Its members are expressions.
    Callback,
    Example,
    Link,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
}

/// What is in a member.
#[derive(Debug, Clone, Copy)]
enum Member {
    /// A value in which nothing is looked for.
    Leaf,
    /// An object.
    One(Kind),
    /// An object in each member, whose names are free.
    Each(Kind),
    /// An object in each element.
    List(Kind),
}

impl Kind {
    /// What it is called in a remark.
    fn name(self) -> &'static str {
        match self {
            OpenApi => "the document",
            Info => "`info`",
            Contact => "`contact`",
            License => "`license`",
            Server => "a server",
            ServerVariable => "a server's variable",
            Components => "`components`",
            Paths => "`paths`",
            PathItem => "a path",
            Operation => "an operation",
            ExternalDocs => "`externalDocs`",
            Parameter => "a parameter",
            Header => "a header",
            RequestBody => "a request body",
            MediaType => "a media type",
            Encoding => "an encoding",
            Responses => "`responses`",
            Response => "a response",
            Callback => "a callback",
            Example => "an example",
            Link => "a link",
            Tag => "a tag",
            Schema => "a schema",
            Discriminator => "a discriminator",
            Xml => "`xml`",
            SecurityScheme => "a security scheme",
            OAuthFlows => "`flows`",
            OAuthFlow => "a flow",
        }
    }

    /// The members that it may have; `None` where every name is one of its author's.
    fn members(self) -> Option<&'static [(&'static str, Member)]> {
        Some(match self {
            OpenApi => &[
                ("openapi", Leaf),
                ("info", One(Info)),
                ("servers", List(Server)),
                ("paths", One(Paths)),
                ("components", One(Components)),
                ("security", Leaf),
                ("tags", List(Tag)),
                ("externalDocs", One(ExternalDocs)),
            ],
            Info => &[
                ("title", Leaf),
                ("description", Leaf),
                ("termsOfService", Leaf),
                ("contact", One(Contact)),
                ("license", One(License)),
                ("version", Leaf),
            ],
            Contact => &[("name", Leaf), ("url", Leaf), ("email", Leaf)],
            License => &[("name", Leaf), ("url", Leaf)],
            Server => &[("url", Leaf), ("description", Leaf), ("variables", Each(ServerVariable))],
            ServerVariable => &[("enum", Leaf), ("default", Leaf), ("description", Leaf)],
            Components => &[
                ("schemas", Each(Schema)),
                ("responses", Each(Response)),
                ("parameters", Each(Parameter)),
                ("examples", Each(Example)),
                ("requestBodies", Each(RequestBody)),
                ("headers", Each(Header)),
                ("securitySchemes", Each(SecurityScheme)),
                ("links", Each(Link)),
                ("callbacks", Each(Callback)),
            ],
            Paths | PathItem | Responses | Callback => return None,
            Operation => &[
                ("tags", Leaf),
                ("summary", Leaf),
                ("description", Leaf),
                ("externalDocs", One(ExternalDocs)),
                ("operationId", Leaf),
                ("parameters", List(Parameter)),
                ("requestBody", One(RequestBody)),
                ("responses", One(Responses)),
                ("callbacks", Each(Callback)),
                ("deprecated", Leaf),
                ("security", Leaf),
                ("servers", List(Server)),
            ],
            ExternalDocs => &[("description", Leaf), ("url", Leaf)],
            // A parameter's `name` and `in` stand in [`Kind::member`].
            Parameter | Header => &[
                ("description", Leaf),
                ("required", Leaf),
                ("deprecated", Leaf),
                ("allowEmptyValue", Leaf),
                ("style", Leaf),
                ("explode", Leaf),
                ("allowReserved", Leaf),
                ("schema", One(Schema)),
                ("example", Leaf),
                ("examples", Each(Example)),
                ("content", Each(MediaType)),
            ],
            RequestBody => &[("description", Leaf), ("content", Each(MediaType)), ("required", Leaf)],
            MediaType => &[
                ("schema", One(Schema)),
                ("example", Leaf),
                ("examples", Each(Example)),
                ("encoding", Each(Encoding)),
            ],
            Encoding => &[
                ("contentType", Leaf),
                ("headers", Each(Header)),
                ("style", Leaf),
                ("explode", Leaf),
                ("allowReserved", Leaf),
            ],
            Response => &[
                ("description", Leaf),
                ("headers", Each(Header)),
                ("content", Each(MediaType)),
                ("links", Each(Link)),
            ],
            Example => &[("summary", Leaf), ("description", Leaf), ("value", Leaf), ("externalValue", Leaf)],
            Link => &[
                ("operationRef", Leaf),
                ("operationId", Leaf),
                ("parameters", Leaf),
                ("requestBody", Leaf),
                ("description", Leaf),
                ("server", One(Server)),
            ],
            Tag => &[("name", Leaf), ("description", Leaf), ("externalDocs", One(ExternalDocs))],
            Schema => &[
                ("title", Leaf),
                ("multipleOf", Leaf),
                ("maximum", Leaf),
                ("exclusiveMaximum", Leaf),
                ("minimum", Leaf),
                ("exclusiveMinimum", Leaf),
                ("maxLength", Leaf),
                ("minLength", Leaf),
                ("pattern", Leaf),
                ("maxItems", Leaf),
                ("minItems", Leaf),
                ("uniqueItems", Leaf),
                ("maxProperties", Leaf),
                ("minProperties", Leaf),
                ("required", Leaf),
                ("enum", Leaf),
                ("type", Leaf),
                ("allOf", List(Schema)),
                ("oneOf", List(Schema)),
                ("anyOf", List(Schema)),
                ("not", One(Schema)),
                ("items", One(Schema)),
                ("properties", Each(Schema)),
                ("additionalProperties", One(Schema)),
                ("description", Leaf),
                ("format", Leaf),
                ("default", Leaf),
                ("nullable", Leaf),
                ("discriminator", One(Discriminator)),
                ("readOnly", Leaf),
                ("writeOnly", Leaf),
                ("xml", One(Xml)),
                ("externalDocs", One(ExternalDocs)),
                ("example", Leaf),
                ("deprecated", Leaf),
            ],
            Discriminator => &[("propertyName", Leaf), ("mapping", Leaf)],
            Xml => &[
                ("name", Leaf),
                ("namespace", Leaf),
                ("prefix", Leaf),
                ("attribute", Leaf),
                ("wrapped", Leaf),
            ],
            SecurityScheme => &[
                ("type", Leaf),
                ("description", Leaf),
                ("name", Leaf),
                ("in", Leaf),
                ("scheme", Leaf),
                ("bearerFormat", Leaf),
                ("flows", One(OAuthFlows)),
                ("openIdConnectUrl", Leaf),
            ],
            OAuthFlows => &[
                ("implicit", One(OAuthFlow)),
                ("password", One(OAuthFlow)),
                ("clientCredentials", One(OAuthFlow)),
                ("authorizationCode", One(OAuthFlow)),
            ],
            OAuthFlow => {
                &[("authorizationUrl", Leaf), ("tokenUrl", Leaf), ("refreshUrl", Leaf), ("scopes", Leaf)]
            }
        })
    }

    /// What is in a member of this name.
    fn member(self, name: &str) -> Option<Member> {
        match self {
            Paths | Callback => Some(One(PathItem)),
            Responses => Some(One(Response)),
            PathItem => Some(match name {
                "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => One(Operation),
                "servers" => List(Server),
                "parameters" => List(Parameter),
                _ => Leaf,
            }),
            // A header is a parameter without them (OpenAPI 3.0.3, section 4.7.21).
            Parameter if matches!(name, "name" | "in") => Some(Leaf),
            _ => self.members()?.iter().find(|(known, _)| *known == name).map(|(_, member)| *member),
        }
    }
}

/// Where a member that is not known stands first, and how often it is there.
type Found<'d> = BTreeMap<(Kind, &'d str), (Node<'d>, usize)>;

/// Every member that OpenAPI 3.0 does not know, told once.
pub fn remarks(document: &Document) -> Diagnostics {
    let mut found = Found::new();
    walk(OpenApi, &Node::root(document), &mut found);
    let mut diagnostics = Diagnostics::new();
    for ((kind, name), (node, times)) in found {
        let elsewhere = match times {
            1 => String::new(),
            2 => ", here and in another place".to_owned(),
            more => format!(", here and in {} other places", more - 1),
        };
        let message = format!("OpenAPI 3.0 knows no `{name}` in {}{elsewhere}", kind.name());
        diagnostics.push(node.ignored(message).hint(hint(kind, name)));
    }
    diagnostics
}

fn walk<'d>(kind: Kind, node: &Node<'d>, found: &mut Found<'d>) {
    // What stands beside a reference is ignored (OpenAPI 3.0.3, section 4.7.23), but for a path's own.
    if kind != PathItem && node.is_reference() {
        return;
    }
    for (name, below) in node.members() {
        if name.starts_with("x-") {
            continue;
        }
        match kind.member(name) {
            None => found.entry((kind, name)).or_insert_with(|| (below, 0)).1 += 1,
            Some(Leaf) => {}
            Some(One(kind)) => walk(kind, &below, found),
            Some(Each(kind)) => below.members().for_each(|(_, each)| walk(kind, &each, found)),
            Some(List(kind)) => below.items().for_each(|item| walk(kind, &item, found)),
        }
    }
}

fn hint(kind: Kind, name: &str) -> String {
    let known = kind.members().unwrap_or_default().iter().map(|(known, _)| *known);
    let nearest = known
        .map(|known| (strsim::jaro_winkler(known, name), known))
        .filter(|(likeness, _)| *likeness > LIKENESS)
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    match nearest {
        Some((_, known)) => format!("is it `{known}`? a member of your own begins with `x-`"),
        None => {
            "a member of your own begins with `x-`; in YAML, text with a comma or a colon stands in quotes"
                .to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let document = Document::parse("api.yaml", text.as_bytes()).unwrap();
        remarks(&document).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_description_that_became_a_member_is_told_with_its_place() {
        let told = told(
            "openapi: 3.0.3\ninfo: {title: Books, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    \
             Book: {type: object, description: Has a title, or two}\n",
        );
        assert_eq!(
            told,
            [
                "api.yaml:6:58: ignored: OpenAPI 3.0 knows no `or two` in a schema (at #/components/schemas/Book/or two)\n  \
              hint: a member of your own begins with `x-`; in YAML, text with a comma or a colon stands in quotes"
            ]
        );
    }

    #[test]
    fn a_misspelled_keyword_is_told_once_with_the_right_one() {
        let told = told(
            "openapi: 3.0.3\ninfo: {title: Books, version: '1'}\npaths:\n  /books:\n    get:\n      parameters:\n        \
             - {name: a, in: query, schema: {type: string, maxlength: 3}}\n        \
             - {name: b, in: query, schema: {type: string, maxlength: 4}}\n      responses: {}\n",
        );
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("`maxlength` in a schema, here and in another place"), "{told:?}");
        assert!(told[0].contains("is it `maxLength`?"), "{told:?}");
    }

    #[test]
    fn a_header_is_a_parameter_without_its_name_and_place() {
        let told = told(
            "openapi: 3.0.3\ninfo: {title: Books, version: '1'}\npaths: {}\ncomponents:\n  parameters:\n    \
             a: {name: a, in: query, required: true}\n  headers:\n    b: {in: header, required: true}\n",
        );
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("no `in` in a header"), "{told:?}");
    }

    #[test]
    fn names_that_are_the_authors_own_are_none() {
        let told = told(
            "openapi: 3.0.3\ninfo: {title: Books, version: '1', x-any: 1}\npaths:\n  /books:\n    x-any: 1\n    \
             get:\n      callbacks: {done: {'{$request.body#/url}': {post: {responses: {}}}}}\n      responses:\n        \
             '200': {description: Yes., content: {text/plain: {example: {free: 1}}}}\ncomponents:\n  schemas:\n    \
             Book:\n      type: object\n      properties: {maxlength: {type: string}}\n      default: {free: 1}\n      \
             additionalProperties: true\n    Reference: {$ref: '#/components/schemas/Book', beside: 1}\n",
        );
        assert_eq!(told, [""; 0]);
    }
}
