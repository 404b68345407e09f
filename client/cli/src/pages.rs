//! All pages of a list, shown one after the other: no more than one is kept.

use std::pin::pin;

use futures_util::TryStreamExt as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use orderly_client::{Error, RawCall};
use serde_json::Value;

use crate::error::Failure;
use crate::options::Options;
use crate::output::{List, Output};
use crate::verbose;

/// Shows the items of all pages, and how many there were so far on a terminal's stderr.
pub(crate) async fn show(
    call: RawCall<'_>,
    options: &Options,
    failed: impl Fn(Error) -> Failure,
) -> Result<(), Failure> {
    let bar = bar();
    let mut list = Output::of(options).list();
    let mut pages = pin!(call.pages());
    let result: Result<(), Failure> = async {
        while let Some(page) = pages.try_next().await.map_err(&failed)? {
            if options.is_verbose {
                bar.suspend(|| verbose::answer(&page));
            }
            let page: Value = page.json().map_err(&failed)?;
            let count = page["items"].as_array().map_or(0, Vec::len);
            let items = match &options.query {
                Some(query) => {
                    query.of(&page).map_err(|reason| Failure::Other(format!("--query: {reason}")))?
                }
                None => page["items"].clone(),
            };
            bar.suspend(|| shown(&mut list, items))?;
            bar.inc(count as u64);
        }
        Ok(list.end()?)
    }
    .await;
    bar.finish_and_clear();
    result
}

fn shown(list: &mut List, items: Value) -> std::io::Result<()> {
    match items {
        Value::Array(items) => list.add(&items),
        other => list.add(&[other]),
    }
}

/// How many items came, on a terminal; nobody knows of how many.
fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {human_pos} items, {elapsed}");
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}
