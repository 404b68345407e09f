//! Which commands there are: the operations by tag, under the names that the SDK's accessors have.

use serde_json::Value;

use super::super::lower::{METHODS, facts, resolve};
use super::super::sdk::short_names;
use super::body::{self, Body};
use super::names::{Names, kebab};
use super::parameters::{self, Parameter};

/// Where operations without a tag are found.
const UNTAGGED: (&str, &str) = ("api", "Operations without a tag.");

/// The commands of a tag.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) commands: Vec<Command>,
}

/// An operation as a command.
#[derive(Debug)]
pub(super) struct Command {
    pub(super) name: String,
    pub(super) operation: String,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) access: Access,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Body>,
    /// What a success is, in the document's words.
    pub(super) answer: String,
    pub(super) is_paged: bool,
    pub(super) is_deprecated: bool,
}

/// What an operation asks of who calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// No credentials.
    Public,
    /// Credentials change what is answered.
    Optional,
    /// Credentials.
    Login,
}

/// An operation: as it was written, completed, and in the SDK's view.
struct Operation<'a> {
    path: &'a str,
    method: &'a str,
    written: &'a Value,
    complete: &'a Value,
    kept: &'a Value,
}

/// The groups, in the order in which operations name their tags. `complete` is the document with each operation whole and
/// named; the SDK has the operations of `view`.
pub(super) fn of(document: &Value, complete: &Value, view: &Value) -> Vec<Group> {
    let mut tagged: Vec<(Option<&str>, Vec<Operation<'_>>)> = Vec::new();
    for (path, item) in complete["paths"].as_object().into_iter().flatten() {
        let source = resolve(document, &document["paths"][path.as_str()]).unwrap_or(&Value::Null);
        for method in METHODS {
            let (Some(whole), Some(kept)) = (item.get(method), view["paths"][path.as_str()].get(method))
            else {
                continue;
            };
            let tags: Vec<Option<&str>> = match whole[facts::TAGS].as_array() {
                Some(tags) => tags.iter().filter_map(Value::as_str).map(Some).collect(),
                None => vec![None],
            };
            for tag in tags {
                let operation = Operation { path, method, written: &source[method], complete: whole, kept };
                match tagged.iter_mut().find(|(known, _)| *known == tag) {
                    Some((_, operations)) => operations.push(operation),
                    None => tagged.push((tag, vec![operation])),
                }
            }
        }
    }
    let mut names = Names::of_tags();
    // A group without a name comes last, and takes what is left.
    tagged.sort_by_key(|(tag, _)| tag.is_none());
    tagged.iter().map(|(tag, operations)| group(document, complete, *tag, operations, &mut names)).collect()
}

fn group(
    document: &Value,
    complete: &Value,
    tag: Option<&str>,
    operations: &[Operation<'_>],
    groups: &mut Names,
) -> Group {
    let (title, description) = match tag {
        Some(tag) => {
            let text = complete[facts::TAG_TEXTS][tag].as_str().map(str::to_owned);
            (tag, text.unwrap_or_else(|| format!("Operations tagged `{tag}`.")))
        }
        None => (UNTAGGED.0, UNTAGGED.1.to_owned()),
    };
    let ids: Vec<&str> =
        operations.iter().map(|one| one.complete["operationId"].as_str().unwrap_or_default()).collect();
    let mut names = Names::of_commands();
    let shorts = short_names(&ids, title);
    let commands = operations
        .iter()
        .zip(&ids)
        .zip(shorts)
        .map(|((operation, id), short)| {
            let name = names.take(&[kebab(&short), kebab(id)]);
            command(document, operation, id, name)
        })
        .collect();
    Group { name: groups.take(&[kebab(title)]), description, commands }
}

fn command(document: &Value, operation: &Operation<'_>, id: &str, name: String) -> Command {
    let Operation { path, method, written, complete, kept } = operation;
    let text = |key: &str| complete[key].as_str().map(str::trim).unwrap_or_default().to_owned();
    let mut options = Names::of_options();
    let parameters = parameters::of(document, complete, path, &mut options);
    let described = text("summary");
    let summary =
        if described.is_empty() { format!("{} {path}", method.to_ascii_uppercase()) } else { described };
    Command {
        name,
        operation: id.to_owned(),
        summary,
        description: text("description"),
        method: method.to_ascii_uppercase(),
        path: (*path).to_owned(),
        access: access(document, written),
        parameters,
        body: body::of(document, complete, kept, &mut options),
        answer: answer(complete),
        is_paged: complete[facts::PAGED] == true,
        is_deprecated: complete["deprecated"] == true,
    }
}

/// What the security requirements ask for; the operation's own stand in for the document's.
fn access(document: &Value, written: &Value) -> Access {
    let declared = written.get("security").or_else(|| document.get("security")).and_then(Value::as_array);
    match declared.map(Vec::as_slice) {
        None | Some([]) => Access::Public,
        Some(all) if all.iter().any(|one| one.as_object().is_some_and(serde_json::Map::is_empty)) => {
            Access::Optional
        }
        Some(_) => Access::Login,
    }
}

fn answer(operation: &Value) -> String {
    let answers = operation["responses"].as_object().into_iter().flatten();
    let success =
        answers.filter(|(status, _)| status.starts_with('2')).map(|(_, answer)| &answer["description"]);
    success.filter_map(Value::as_str).next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::lower;
    use serde_json::json;

    fn groups(document: &Value) -> Vec<Group> {
        let (view, _) = lower::lower(document);
        of(document, &lower::complete(document), &view)
    }

    fn names(groups: &[Group]) -> Vec<(&str, Vec<&str>)> {
        groups
            .iter()
            .map(|group| {
                (group.name.as_str(), group.commands.iter().map(|command| command.name.as_str()).collect())
            })
            .collect()
    }

    #[test]
    fn commands_are_called_as_the_accessors_of_the_sdk_and_no_name_is_given_twice() {
        let operation = |id: &str, tags: Value| json!({ "operationId": id, "tags": tags, "responses": { "204": { "description": "Done." } } });
        let document = json!({ "openapi": "3.0.3", "info": { "title": "t", "version": "1" }, "paths": {
            "/a": { "get": operation("list_orders", json!(["orders"])), "post": operation("createOrder", json!(["orders", "login"])) },
            "/b": { "get": operation("get_login", json!(["login"])), "put": operation("get_logins", json!(["login"])) },
            "/c": { "get": { "responses": { "204": { "description": "" } } } },
            "/d": { "get": operation("help", json!(["orders"])) },
        } });
        assert_eq!(
            names(&groups(&document)),
            [
                ("orders", vec!["list", "create", "help-2"]),
                ("login-2", vec!["create-order", "get-login", "get-logins"]),
                ("api", vec!["get-c"]),
            ]
        );
    }

    #[test]
    fn what_is_asked_of_the_caller_is_told_by_the_nearest_security() {
        let document = json!({ "security": [{ "bearer": [] }] });
        for (written, access_of) in [
            (json!({}), Access::Login),
            (json!({ "security": [] }), Access::Public),
            (json!({ "security": [{}, { "bearer": [] }] }), Access::Optional),
        ] {
            assert_eq!(access(&document, &written), access_of, "{written}");
        }
        assert_eq!(access(&json!({}), &json!({})), Access::Public);
    }
}
