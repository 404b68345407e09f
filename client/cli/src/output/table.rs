//! Tables: columns for a list, a line for each member of one thing.

use anstyle::Style;
use serde_json::Value;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::{cell, listed};

/// Between two columns.
const GAP: usize = 2;
/// No text is cut shorter than this.
const SHORTEST: usize = 12;
/// So many things within things have lines of their own.
const DEPTH: usize = 4;

/// A value as a table, and what whoever reads it has to know of it.
pub(super) fn of(value: &Value, etag: Option<&str>, width: Option<usize>) -> (String, Option<String>) {
    let Some(items) = listed(value) else {
        let mut shown = value.clone();
        if let (Some(members), Some(etag)) = (shown.as_object_mut(), etag) {
            members.entry("ETag").or_insert_with(|| etag.into());
        }
        return (block(&shown, width, 0).join("\n") + "\n", None);
    };
    if items.is_empty() {
        return (String::new(), Some("(none)".to_owned()));
    }
    let columns = Columns::of(items, width);
    let text = columns.head().into_iter().chain(columns.rows(items)).map(|line| line + "\n").collect();
    let mut notes: Vec<String> = columns.note().into_iter().collect();
    if let Some(cursor) = value.get("next_cursor").and_then(Value::as_str) {
        notes.push(format!("There is more: --all, or --cursor {}", cell::visible(cursor)));
    }
    (text, (!notes.is_empty()).then(|| notes.join("\n")))
}

/// The lines of a value.
fn block(value: &Value, width: Option<usize>, depth: usize) -> Vec<String> {
    match value {
        Value::Object(members) if cell::money(value).is_none() && !members.is_empty() && depth < DEPTH => {
            let widest = members
                .keys()
                .map(|name| cell::line(&name.as_str().into()).width())
                .max()
                .unwrap_or_default();
            let inner = width.map(|width| width.saturating_sub(widest + GAP));
            let bold = Style::new().bold();
            let mut lines = Vec::new();
            for (name, member) in members {
                let name = cell::line(&name.as_str().into());
                let gap = widest - name.width() + GAP;
                let mut block = block(member, inner, depth + 1).into_iter();
                let first = block.next().unwrap_or_default();
                lines.push(format!("{bold}{name}{bold:#}{:gap$}{first}", "").trim_end().to_owned());
                lines.extend(block.map(|line| format!("{:indent$}{line}", "", indent = widest + GAP)));
            }
            lines
        }
        Value::Array(items) if depth < DEPTH && !items.is_empty() && items.iter().all(Value::is_object) => {
            let columns = Columns::of(items, width);
            columns.head().into_iter().chain(columns.rows(items)).collect()
        }
        value => cell::block(value).split('\n').map(str::to_owned).collect(),
    }
}

/// The columns of a list.
#[derive(Debug)]
pub(super) struct Columns {
    shown: Vec<Column>,
    /// Those that there is no room for.
    hidden: Vec<String>,
}

#[derive(Debug)]
struct Column {
    /// The member that stands in it; nothing for items that are no objects.
    name: Option<String>,
    width: usize,
    /// How much of it may not be cut: half an id names nothing, nor does half a time or a number.
    least: usize,
    is_right: bool,
}

impl Columns {
    /// The columns that these items need, in at most so much width.
    pub(super) fn of(items: &[Value], width: Option<usize>) -> Self {
        let mut names: Vec<Option<String>> = Vec::new();
        for item in items {
            match item.as_object() {
                Some(members) => {
                    for name in members.keys() {
                        if !names.iter().flatten().any(|known| known == name) {
                            names.push(Some(name.clone()));
                        }
                    }
                }
                None if !names.contains(&None) => names.push(None),
                None => {}
            }
        }
        let mut shown: Vec<Column> = names.into_iter().map(|name| Column::of(name, items)).collect();
        let hidden = width.map(|width| narrow(&mut shown, width)).unwrap_or_default();
        Self { shown, hidden }
    }

    /// What is not shown.
    pub(super) fn note(&self) -> Option<String> {
        let names = self.hidden.join(", ");
        (!names.is_empty())
            .then(|| format!("There is no room for {}; -o json shows all", cell::visible(&names)))
    }

    /// The line above the list.
    pub(super) fn head(&self) -> Option<String> {
        let is_named = self.shown.iter().any(|column| column.name.is_some());
        let bold = Style::new().bold();
        let names = self.shown.iter().map(|column| column.name.clone().unwrap_or_default());
        is_named.then(|| format!("{bold}{}{bold:#}", self.line(names)))
    }

    /// A line for each item.
    pub(super) fn rows<'a>(&'a self, items: &'a [Value]) -> impl Iterator<Item = String> + 'a {
        items.iter().map(|item| self.line(self.shown.iter().map(|column| column.cell(item))))
    }

    fn line(&self, cells: impl Iterator<Item = String>) -> String {
        let mut line = String::new();
        for (column, text) in self.shown.iter().zip(cells) {
            let text = fitted(&cell::line(&text.into()), column.width);
            let gap = column.width.saturating_sub(text.width());
            let (before, after) = if column.is_right { (gap, 0) } else { (0, gap) };
            line.push_str(&format!("{:before$}{text}{:after$}{:GAP$}", "", "", ""));
        }
        line.trim_end().to_owned()
    }
}

impl Column {
    fn of(name: Option<String>, items: &[Value]) -> Self {
        let head = name.as_deref().map_or(0, |name| name.width());
        let column = Self { width: head, least: head, is_right: false, name };
        let values = || items.iter().filter_map(|item| column.value(item)).filter(|value| !value.is_null());
        let width = values().map(|value| cell::line(value).width()).max().unwrap_or_default();
        let is_amount = |value: &Value| value.is_number() || cell::money(value).is_some();
        let is_right = values().next().is_some() && values().all(is_amount);
        let is_id = column.name.as_deref().is_some_and(|name| name == "id" || name.ends_with("_id"));
        let width = head.max(width);
        let is_whole = is_id || is_right || values().all(cell::is_time);
        Self {
            width,
            least: if is_whole { width } else { width.min(head.max(SHORTEST)) },
            is_right,
            ..column
        }
    }

    fn value<'v>(&self, item: &'v Value) -> Option<&'v Value> {
        match &self.name {
            Some(name) => item.as_object()?.get(name),
            None => (!item.is_object()).then_some(item),
        }
    }

    fn cell(&self, item: &Value) -> String {
        self.value(item).map(cell::line).unwrap_or_default()
    }
}

/// Leaves out columns from the right until the others can be shown, and then takes from the widest text until they are.
fn narrow(columns: &mut Vec<Column>, width: usize) -> Vec<String> {
    let mut hidden = Vec::new();
    let needed = |columns: &[Column], of: fn(&Column) -> usize| {
        columns.iter().map(of).sum::<usize>() + GAP * columns.len().saturating_sub(1)
    };
    while columns.len() > 1 && needed(columns, |column| column.least) > width {
        hidden.extend(columns.pop().and_then(|column| column.name));
    }
    loop {
        let too_much = needed(columns, |column| column.width).saturating_sub(width);
        let cut =
            columns.iter_mut().filter(|column| column.width > column.least).max_by_key(|column| column.width);
        match cut {
            Some(column) if too_much > 0 => column.width -= 1,
            _ => break,
        }
    }
    hidden.reverse();
    hidden
}

/// A text cut to a width, as a terminal counts it.
fn fitted(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or_default();
        if used > width {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn plain(value: &Value, width: Option<usize>) -> String {
        anstream::adapter::strip_str(&of(value, None, width).0).to_string()
    }

    #[test]
    fn a_list_has_columns_and_numbers_stand_on_the_right() {
        let list = json!({ "items": [
            { "id": "a", "name": "Tasse 日本", "price": { "amount": 1890, "currency": "EUR" }, "stock": 5 },
            { "id": "bc", "name": "Krug", "price": { "amount": 5, "currency": "EUR" }, "stock": 120, "note": null },
        ] });
        let expected = "\
id  name            price  stock  note
a   Tasse 日本  18.90 EUR      5
bc  Krug         0.05 EUR    120
";
        assert_eq!(plain(&list, None), expected);
    }

    #[test]
    fn one_thing_has_a_line_for_each_member_and_its_lists_stand_within() {
        let order = json!({
            "id": "ord_1", "total": { "amount": 3780, "currency": "EUR" }, "text": "two\nlines",
            "lines": [{ "sku": "A", "quantity": 2 }], "owner": { "name": "Ada", "tags": ["a", "b"] }, "gone": null,
        });
        let expected = "\
id     ord_1
total  37.80 EUR
text   two
       lines
lines  sku  quantity
       A           2
owner  name  Ada
       tags  a, b
gone
";
        assert_eq!(plain(&order, None), expected);
    }

    #[test]
    fn a_narrow_terminal_cuts_texts_and_never_ids() {
        let list = json!([{ "id": "prd_0123456789", "name": "A very long name of something", "owner_id": "usr_0123456789" }]);
        let shown = plain(&list, Some(50));
        assert!(
            shown.contains("prd_0123456789") && shown.contains("usr_0123456789") && shown.contains('…'),
            "{shown}"
        );
        assert!(shown.lines().all(|line| line.width() <= 50), "{shown}");
    }

    #[test]
    fn what_there_is_no_room_for_is_told() {
        let list =
            json!([{ "id": "prd_0123456789", "name": "Mug", "at": "2026-11-21T09:00:00Z", "more": "text" }]);
        let (shown, note) = of(&list, None, Some(30));
        assert!(shown.contains("Mug") && !shown.contains("2026"), "{shown}");
        assert_eq!(note.as_deref(), Some("There is no room for at, more; -o json shows all"));
        let page = json!({ "items": [{ "id": "a" }], "next_cursor": "abc" });
        assert_eq!(of(&page, None, None).1.as_deref(), Some("There is more: --all, or --cursor abc"));
    }

    #[test]
    fn a_thing_is_shown_with_its_version() {
        let (shown, _) = of(&json!({ "id": "a" }), Some("\"v1\""), None);
        assert_eq!(anstream::adapter::strip_str(&shown).to_string(), "id    a\nETag  \"v1\"\n");
    }

    #[test]
    fn what_is_no_list_of_things_is_shown_all_the_same() {
        for (value, expected) in [
            (json!(["a", "b"]), "a\nb\n"),
            (json!(3), "3\n"),
            (json!(null), "\n"),
            (json!({}), "{}\n"),
            (json!([]), ""),
            (json!([1, { "a": 2 }]), "   a\n1\n   2\n"),
        ] {
            assert_eq!(plain(&value, None), expected, "{value}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_in_any_width_is_shown(text in ".*", width in 0_usize..40) {
            let _ = of(&json!([{ "a": text, "b": [{ "c": text }] }]), None, Some(width));
            let _ = of(&json!({ "a": { "b": { "c": { "d": { "e": { text.clone(): text } } } } } }), Some("x"), Some(width));
        }
    }
}
