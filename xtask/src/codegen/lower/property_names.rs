//! Keeps the names of an object's members apart in Rust: `Name` beside `name` would be one field. The names that are sent
//! stand under [`facts::PROPERTY_NAMES`] and are put back into the generated code.

use std::collections::{HashMap, HashSet};

use heck::ToSnakeCase;
use serde_json::{Map, Value};

use super::facts;
use super::report::Report;
use super::walk::{Object, each_schema};

/// The pass.
pub(super) fn separate(view: &mut Value, _: &mut Report) {
    let mut sent = Map::new();
    each_schema(view, |schema, _| {
        let Some(members) = schema.as_object_mut() else { return };
        let renamed = renamed(members);
        for (name, unique) in &renamed {
            sent.insert(unique.clone(), name.clone().into());
        }
        rename(members, &renamed);
    });
    if !sent.is_empty() {
        view[facts::PROPERTY_NAMES] = sent.into();
    }
}

/// By the name of a member that needs another one: a name that no document has.
fn renamed(members: &Object) -> HashMap<String, String> {
    let properties = members.get("properties").and_then(Value::as_object);
    let names: Vec<&String> = properties.into_iter().flatten().map(|(name, _)| name).collect();
    // A name that is its field's name already keeps it.
    let (plain, others): (Vec<&String>, Vec<&String>) =
        names.into_iter().partition(|name| field_name(name) == **name);
    let mut taken: HashSet<String> = plain.into_iter().cloned().collect();
    let mut renamed = HashMap::new();
    for name in others {
        let field = field_name(name);
        if taken.insert(field.clone()) {
            continue;
        }
        let mut number = 2;
        while !taken.insert(format!("{field}_{number}")) {
            number += 1;
        }
        renamed.insert(name.clone(), format!("{field}~{number}"));
    }
    renamed
}

fn rename(members: &mut Object, renamed: &HashMap<String, String>) {
    require_what_is_meant(members);
    if renamed.is_empty() {
        return;
    }
    if let Some(Value::Object(properties)) = members.get_mut("properties") {
        let old = std::mem::take(properties);
        properties.extend(old.into_iter().map(|(name, schema)| {
            let name = renamed.get(&name).cloned().unwrap_or(name);
            (name, schema)
        }));
    }
    for required in members.get_mut("required").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(unique) = required.as_str().and_then(|name| renamed.get(name)) {
            *required = unique.clone().into();
        }
    }
}

/// A `required` that names `name` where the properties have `Name` would make a second field; it means that one, or
/// nothing that a server could mean.
fn require_what_is_meant(members: &mut Object) {
    let Some(Value::Object(properties)) = members.get("properties") else { return };
    let names: HashSet<String> = properties.keys().cloned().collect();
    let fields: HashSet<String> = names.iter().map(|name| field_name(name)).collect();
    if let Some(Value::Array(required)) = members.get_mut("required") {
        required.retain(|name| {
            name.as_str().is_some_and(|name| names.contains(name) || !fields.contains(&field_name(name)))
        });
    }
}

/// What progenitor makes of a member's name.
fn field_name(name: &str) -> String {
    let field = match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => name.replace('\'', "").replace(|c: char| !c.is_alphanumeric() && c != '_', "-").to_snake_case(),
    };
    if field.starts_with(char::is_alphabetic) { field } else { format!("x{field}") }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{answering, run};
    use super::*;
    use serde_json::json;

    #[test]
    fn a_requirement_that_misspells_a_member_makes_none() {
        let schema = json!({"properties": {"Name": {"type": "string"}}, "required": ["name", "other"]});
        let (view, _) = run(separate, answering(json!({ "File": schema })));
        assert_eq!(view["components"]["schemas"]["File"]["required"], json!(["other"]));
    }

    #[test]
    fn members_that_would_be_one_field_are_kept_apart_and_the_sent_names_remembered() {
        let text = json!({"type": "string"});
        let view = answering(json!({
            "File": {
                "properties": {"Name": text, "name": text, "NAME": text, "Size": text, "a-b": text, "a.b": text},
                "required": ["Name", "name"],
            },
        }));
        let (view, messages) = run(separate, view);
        let file = &view["components"]["schemas"]["File"];
        let names: Vec<_> = file["properties"].as_object().unwrap().keys().collect();
        assert_eq!(names, ["name~2", "name", "name~3", "Size", "a-b", "a_b~2"]);
        assert_eq!(file["required"], json!(["name~2", "name"]));
        let sent = json!({"name~2": "Name", "name~3": "NAME", "a_b~2": "a.b"});
        assert_eq!(view[facts::PROPERTY_NAMES], sent);
        assert_eq!(messages, [] as [&str; 0]);
    }
}
