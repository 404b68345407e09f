//! One run of progenitor, whose panics are answers like others.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

use progenitor::{CrateVers, GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle};
use serde_json::Value;

use super::duplicates;

/// Generates the client of a view.
///
/// # Errors
/// Why not, in a line.
pub(super) fn run(view: &Value) -> Result<syn::File, String> {
    let document: openapiv3::OpenAPI =
        serde_json::from_value(view.clone()).map_err(|error| error.to_string())?;
    let file = quietly(|| {
        let mut generator = Generator::new(&settings());
        let tokens = generator.generate_tokens(&document).map_err(|error| error.to_string())?;
        syn::parse2::<syn::File>(tokens).map_err(|error| format!("the code does not parse: {error}"))
    })?;
    duplicates::check(&file.items)?;
    Ok(file)
}

fn settings() -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        .with_inner_type("::sdk::Transport".parse().expect("a path is tokens"))
        .with_map_type("::std::collections::BTreeMap")
        .with_derive("::schemars::JsonSchema")
        .with_derive("PartialEq")
        .with_crate("sdk", CrateVers::Any, None);
    settings
}

thread_local! {
    /// Whether panics of this thread are caught and told as errors.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs what may panic; nothing is printed, and the panic becomes an error.
fn quietly<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
            if !QUIET.get() {
                previous(info);
            }
        }));
    });
    QUIET.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    QUIET.set(false);
    result.unwrap_or_else(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        Err(format!("progenitor stopped: {}", text.lines().next().unwrap_or_default()))
    })
}
