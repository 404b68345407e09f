//! The report as JSON, with everything in it.

use serde_json::{Value, json};

use super::{Compared, Report};
use crate::change::{Change, Place};

impl Report {
    /// The report as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let bases: Vec<Value> = self.bases.iter().map(base).collect();
        let stale: Vec<String> = self.stale.iter().map(ToString::to_string).collect();
        format!("{:#}\n", json!({"head": self.head, "bases": bases, "stale_waivers": stale}))
    }
}

fn base(compared: &Compared) -> Value {
    let judged = &compared.judged;
    let waived = judged.waived.iter().map(|(it, waiver)| {
        let mut value = change(it);
        value["reason"] = json!(waiver.reason);
        value
    });
    json!({
        "base": compared.base,
        "version": compared.version,
        "changes": judged.changes.iter().map(change).collect::<Vec<_>>(),
        "waived": waived.collect::<Vec<_>>(),
        "stale_waivers": judged.stale.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn change(change: &Change) -> Value {
    json!({
        "rule": change.kind.id(),
        "severity": change.severity.word(),
        "what": change.what,
        "why": change.kind.sentence(),
        "instead": change.kind.instead(),
        "base": change.base.as_ref().map(place),
        "head": change.head.as_ref().map(place),
        "operations": change.operations,
        "counterexample": change
            .counterexample
            .as_ref()
            .map(|it| json!({"part": it.part, "value": it.value, "path": it.path})),
    })
}

fn place(place: &Place) -> Value {
    json!({
        "pointer": place.pointer.to_string(),
        "file": &*place.location.file,
        "line": place.location.line,
        "column": place.location.column,
    })
}
