//! Finds the operations that progenitor cannot take after all, by halving, and goes on without them.

use serde_json::Value;

use super::progenitor;
use crate::codegen::lower::{At, METHODS, Report, unreachable_schemas};

/// The view without its culprits, and its client. Each culprit is remarked.
///
/// # Errors
/// Why not even an empty client could be generated.
pub(super) fn without(view: Value, report: &mut Report) -> Result<(Value, syn::File), String> {
    if let Ok(client) = progenitor::run(&view) {
        return Ok((view, client));
    }
    let all = places(&view);
    let good = takeable(&view, &all, report);
    let view = only(&view, &good);
    let client = progenitor::run(&view)?;
    Ok((view, client))
}

/// The operations of `candidates` that can be taken together.
fn takeable(view: &Value, candidates: &[At], report: &mut Report) -> Vec<At> {
    let Err(reason) = progenitor::run(&only(view, candidates)) else { return candidates.to_vec() };
    match candidates {
        [] => Vec::new(),
        [culprit] => {
            report.left_out(culprit, &format!("`{}`", shortened(&reason)));
            Vec::new()
        }
        _ => {
            let (left, right) = candidates.split_at(candidates.len() / 2);
            let mut good = takeable(view, left, report);
            let others = takeable(view, right, report);
            join(view, &mut good, &others, report);
            good
        }
    }
}

/// Adds to what is good whatever gets on with it: two operations may be well alone and not together.
fn join(view: &Value, good: &mut Vec<At>, others: &[At], report: &mut Report) {
    if others.is_empty() {
        return;
    }
    let together: Vec<At> = good.iter().chain(others).cloned().collect();
    match (progenitor::run(&only(view, &together)), others) {
        (Ok(_), _) => *good = together,
        (Err(reason), [culprit]) => report.left_out(culprit, &format!("`{}`", shortened(&reason))),
        (Err(_), _) => {
            let (left, right) = others.split_at(others.len() / 2);
            join(view, good, left, report);
            join(view, good, right, report);
        }
    }
}

fn places(view: &Value) -> Vec<At> {
    let paths = view["paths"].as_object().into_iter().flatten();
    let places = paths.flat_map(|(path, item)| {
        let methods = METHODS.into_iter().filter(|method| item.get(method).is_some());
        methods.map(|method| At { path: path.clone(), method: method.to_owned() })
    });
    places.collect()
}

/// The view with these operations and the schemas that they need.
fn only(view: &Value, kept: &[At]) -> Value {
    let mut view = view.clone();
    for (path, item) in view["paths"].as_object_mut().into_iter().flatten() {
        if let Some(item) = item.as_object_mut() {
            item.retain(|method, _| kept.iter().any(|at| at.path == *path && at.method == *method));
        }
    }
    unreachable_schemas(&mut view, &mut Report::default());
    view
}

/// The first words of a reason, without the quotes that would end the remark's own.
fn shortened(reason: &str) -> String {
    const LENGTH: usize = 160;
    reason.lines().next().unwrap_or_default().replace('`', "'").chars().take(LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn operation(id: &str, schema: Value) -> Value {
        json!({"operationId": id, "responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}})
    }

    #[test]
    fn one_bad_operation_does_not_spoil_the_others() {
        // A reference to nothing makes progenitor panic.
        let bad = json!({"$ref": "#/components/schemas/Missing"});
        let view = json!({
            "openapi": "3.0.3", "info": {"title": "t", "version": "1"},
            "paths": {
                "/a": {"get": operation("a", json!({"type": "string"})), "post": operation("b", bad)},
                "/c": {"get": operation("c", json!({"type": "integer"}))},
            },
            "components": {"schemas": {}},
        });
        let mut report = Report::default();
        let (view, _) = without(view, &mut report).unwrap();
        assert_eq!(places(&view).len(), 2);
        let remarks: Vec<_> = report.remarks().iter().map(|remark| remark.pointer.as_str()).collect();
        assert_eq!(remarks, ["/paths/~1a/post"]);
    }
}
