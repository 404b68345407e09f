//! The text of a generated file: imports, then items as tokens or, where a macro is called, as text.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

/// A file that grows item by item.
#[derive(Debug, Default)]
pub(crate) struct Source {
    header: String,
    imports: BTreeSet<String>,
    body: String,
}

impl Source {
    /// A file that opens with a sentence on what it is.
    pub(crate) fn new(sentence: &str) -> Self {
        Self {
            header: super::docs::Docs::of(Some(sentence), "").comment("").replace("///", "//!"),
            ..Self::default()
        }
    }

    /// Adds `use …;` once.
    pub(crate) fn import(&mut self, path: impl Into<String>) {
        self.imports.insert(path.into());
    }

    /// Whether the items so far mention a path or name.
    pub(crate) fn mentions(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    /// Adds an item that is written as it is to stand there.
    pub(crate) fn text(&mut self, item: &str) {
        if !self.body.is_empty() {
            self.body.push('\n');
        }
        self.body.push_str(item.trim_end());
        self.body.push('\n');
    }

    /// Adds items, formatted.
    ///
    /// # Panics
    /// Never for tokens that are Rust; whatever a document says, it enters as literals and checked identifiers.
    pub(crate) fn items(&mut self, tokens: TokenStream) {
        match syn::parse2::<syn::File>(tokens.clone()) {
            Ok(file) => {
                let text = spaced(&file);
                self.text(&text);
            }
            // Tokens that are no Rust stay visible, so that the compiler names the place.
            Err(_) => self.text(&tokens.to_string()),
        }
    }

    /// The whole file.
    pub(crate) fn finish(self) -> String {
        let mut out = self.header;
        if !self.imports.is_empty() {
            out.push('\n');
            for path in &self.imports {
                out.push_str(&format!("use {path};\n"));
            }
        }
        if !self.body.is_empty() {
            out.push('\n');
            out.push_str(&self.body);
        }
        out
    }
}

/// Items with an empty line between them, which the formatter leaves out.
fn spaced(file: &syn::File) -> String {
    let items: Vec<String> = file
        .items
        .iter()
        .map(|item| {
            let single = syn::File { items: vec![item.clone()], ..file.clone() };
            prettyplease::unparse(&single)
        })
        .collect();
    items.join("\n")
}
