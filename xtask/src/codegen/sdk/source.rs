//! Rust source that was put together from text or tokens, and is written in one style.

/// Parsed Rust source.
pub(super) struct Source(syn::File);

impl Source {
    /// Source from text.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        syn::parse_file(text).map(Self).map_err(|error| format!("{error} in {text}"))
    }

    /// The formatted text.
    pub(super) fn text(&self) -> String {
        prettyplease::unparse(&self.0)
    }
}

impl From<syn::File> for Source {
    fn from(file: syn::File) -> Self {
        Self(file)
    }
}

/// A Rust string literal.
pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}
