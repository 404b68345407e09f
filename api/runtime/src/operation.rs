//! What generated code knows of an operation: its place in the document, as constants.

/// One operation of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The document's `operationId`.
    pub id: &'static str,
    /// The method in upper case.
    pub method: &'static str,
    /// The path template as the document writes it, such as `/books/{shelf}`.
    pub path: &'static str,
    /// The tag whose trait has the operation.
    pub tag: &'static str,
    /// The exact statuses that the document declares.
    pub statuses: &'static [u16],
    /// The first digits of the declared ranges: 4 for `4XX`.
    pub status_ranges: &'static [u16],
    /// Whether the document declares a `default` answer.
    pub has_default: bool,
    /// What a caller must present: one of these. Empty if the operation is open to everybody.
    pub security: &'static [Alternative],
}

impl Operation {
    /// Whether the document declares this status for the operation.
    pub fn declares(&self, status: u16) -> bool {
        self.has_default || self.statuses.contains(&status) || self.status_ranges.contains(&(status / 100))
    }
}

/// One way to satisfy an operation's security: all of these schemes together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The schemes; none means that the operation can also be called anonymously.
    pub schemes: &'static [SecurityScheme],
    /// The scopes that the principal must have.
    pub scopes: &'static [&'static str],
}

/// A security scheme of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// Its name in `components.securitySchemes`.
    pub name: &'static str,
    /// Where its credential stands in a request.
    pub kind: SchemeKind,
}

/// Where a scheme's credential stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer …` (RFC 6750); also OAuth 2 and OpenID Connect.
    Bearer,
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// A key in the named header.
    Header(&'static str),
    /// A key in the named query parameter.
    Query(&'static str),
    /// A key in the named cookie.
    Cookie(&'static str),
}
