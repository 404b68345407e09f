//! Keeps the names of parameters apart in Rust: progenitor makes the method from the name, and knows one
//! parameter of a name. The names that are sent stand under [`facts::WIRE_NAMES`] and are put back into
//! the generated code.

use std::collections::HashSet;

use heck::ToSnakeCase;
use serde_json::{Map, Value};

use super::facts;
use super::report::Report;
use super::walk::each_operation;

/// Methods that every builder has, generated or added by the glue.
const TAKEN: [&str; 8] = ["body", "body_map", "send", "new", "stream", "pages", "items", "into_future"];

/// The pass.
pub(super) fn separate(view: &mut Value, report: &mut Report) {
    each_operation(view, report, |_, _, operation, _| {
        let mut taken: HashSet<String> = TAKEN.map(str::to_owned).into();
        if operation.contains_key(facts::EVENTS) {
            taken.insert("events".to_owned());
        }
        let mut wire_names = Map::new();
        let mut parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        // A path parameter keeps its name, since the template holds it too.
        parameters.sort_by_key(|parameter| parameter["in"] != "path");
        for parameter in parameters {
            let text = |key: &str| parameter[key].as_str().unwrap_or_default().to_owned();
            let (name, place) = (text("name"), text("in"));
            if taken.insert(method_name(&name)) {
                continue;
            }
            if place == "path" {
                return Err(format!("the path parameter `{name}` would make a method that every call has"));
            }
            let wanted = format!("{}_in_{place}", method_name(&name));
            let (mut unique, mut number) = (wanted.clone(), 2);
            while !taken.insert(unique.clone()) {
                unique = format!("{wanted}_{number}");
                number += 1;
            }
            parameter["name"] = unique.clone().into();
            wire_names.insert(unique, name.into());
        }
        if !wire_names.is_empty() {
            operation.insert(facts::WIRE_NAMES.to_owned(), wire_names.into());
        }
        Ok(())
    });
}

/// What progenitor makes of a parameter's name.
fn method_name(name: &str) -> String {
    name.replace('\'', "").replace(|c: char| !c.is_alphanumeric() && c != '_', "-").to_snake_case()
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_operation;
    use super::*;
    use serde_json::json;

    #[test]
    fn equal_names_are_kept_apart_and_the_sent_ones_remembered() {
        let declared = json!({"parameters": [
            {"name": "id", "in": "query"}, {"name": "id", "in": "path"}, {"name": "ID", "in": "header"},
            {"name": "send", "in": "query"}, {"name": "limit", "in": "query"}, {"name": "limit<", "in": "query"},
            {"name": "limit>", "in": "query"},
        ]});
        let (operation, messages) = run_on_operation(separate, declared);
        let names: Vec<&str> =
            operation["parameters"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
        assert_eq!(
            names,
            [
                "id_in_query",
                "id",
                "id_in_header",
                "send_in_query",
                "limit",
                "limit_in_query",
                "limit_in_query_2"
            ]
        );
        assert_eq!(
            operation[facts::WIRE_NAMES],
            json!({"id_in_query": "id", "id_in_header": "ID", "send_in_query": "send", "limit_in_query": "limit<", "limit_in_query_2": "limit>"})
        );
        assert_eq!(messages, [] as [&str; 0]);
    }
}
