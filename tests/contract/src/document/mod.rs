//! The document as the engine reads it: operations with their parameters, bodies, answers and required credentials.
//!
//! What an operation says that cannot be used, such as a reference that leads nowhere, leaves that operation out and is
//! remarked; the others are read all the same.

mod composition;
mod examples;
mod link;
mod operation;
mod read;
mod server;
mod writing;

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use http::Method;
use orderly_api_runtime::{Direction, SchemaError, Schemas, Violation};
use orderly_document::{Diagnostic, Document as Source, Pointer};
use serde_json::Value;

pub(crate) use self::composition::Composition;
pub use self::{
    examples::Example,
    link::{Link, Target as LinkTarget},
    operation::{Answer, Body, Content, Header, Location, Operation, Parameter, Requirement},
    writing::{Style, Writing},
};
use super::{
    route::{self, Match},
    value,
};

/// An OpenAPI 3.0 document.
#[derive(Debug)]
pub struct Document {
    source: Source,
    schemas: Schemas,
    operations: Vec<Operation>,
    common_headers: Vec<String>,
    occasional_headers: Vec<String>,
    remarks: Vec<Diagnostic>,
    /// Schemas that turned out to be unusable when a value was held to them.
    unusable: Mutex<BTreeMap<Pointer, Diagnostic>>,
    /// What was found out about the values of its schemas, in requests and in answers.
    values: [value::Cache; 2],
}

impl Document {
    /// Reads the operations of a document.
    ///
    /// # Errors
    /// If there are no `paths`. Whatever else is wrong leaves out the operation that needs it: see
    /// [`remarks`](Self::remarks).
    pub fn new(source: Source) -> Result<Self, Diagnostic> {
        let (operations, remarks) = read::operations(&source)?;
        let common_headers = read::header_names(&source, "x-common-headers");
        let occasional_headers = read::header_names(&source, "x-occasional-headers");
        let schemas = Schemas::from_value(source.root().clone());
        let (unusable, values) = Default::default();
        Ok(Self {
            source,
            schemas,
            operations,
            common_headers,
            occasional_headers,
            remarks,
            unusable,
            values,
        })
    }

    /// The same document on a server whose operations begin at this path, whatever its `servers` say: `/api/v1`, or
    /// nothing for a server's root.
    #[must_use]
    pub fn at(mut self, base: &str) -> Self {
        let base = base.trim_end_matches('/');
        self.operations.iter_mut().for_each(|operation| base.clone_into(&mut operation.base));
        self
    }

    /// The same document on the server at this address. The paths are appended to an address that has a path, be it only
    /// `/`; without one, the path is that of the document's server with the same host, or of each operation's first.
    #[must_use]
    pub fn served_at(self, address: &str) -> Self {
        if address.split_once("://").is_some_and(|(_, rest)| rest.contains('/')) {
            return self.at("");
        }
        match server::base_of(&self.source, address) {
            Some(base) => self.at(&base),
            None => self,
        }
    }

    /// The document itself, with the place in its file of everything that stands in it.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What the engine has to leave out, and why: operations that cannot be read, and schemas that turned out to be
    /// unusable so far. In the order of the document.
    pub fn remarks(&self) -> Vec<Diagnostic> {
        let mut remarks = self.remarks.clone();
        remarks.extend(self.unusable.lock().unwrap_or_else(PoisonError::into_inner).values().cloned());
        remarks.sort();
        remarks
    }

    /// All operations.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation with this id.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// The headers that every answer has (`x-common-headers`).
    pub fn common_headers(&self) -> &[String] {
        &self.common_headers
    }

    /// The headers that any answer may have besides its own (`x-occasional-headers`).
    pub fn occasional_headers(&self) -> &[String] {
        &self.occasional_headers
    }

    /// The operation that a request belongs to.
    pub fn find(&self, method: &Method, path: &str) -> Match<'_> {
        route::find(&self.operations, method, path)
    }

    /// The schema at a place, its references followed; `null` if there is none.
    pub fn schema(&self, place: &Pointer) -> &Value {
        self.source.resolve(place).map_or(&Value::Null, |resolved| resolved.value)
    }

    /// What the security scheme of this name asks for.
    pub fn scheme(&self, name: &str) -> Option<Requirement> {
        read::requirement(&self.source, &Pointer::root(), name).ok()
    }

    /// The names of the security schemes.
    pub fn scheme_names(&self) -> Vec<String> {
        read::scheme_names(&self.source)
    }

    /// Everything in which a value breaks the schema that stands at `schema`. A schema that is missing or unusable
    /// is broken by nothing, and [remarked](Self::remarks).
    pub fn violations(&self, schema: &Pointer, direction: Direction, value: &Value) -> Vec<Violation> {
        self.try_violations(schema, direction, value).unwrap_or_default()
    }

    /// Everything in which a value breaks the schema that stands at `schema`.
    ///
    /// # Errors
    /// If what stands there is no schema. It is [remarked](Self::remarks).
    pub fn try_violations(
        &self,
        schema: &Pointer,
        direction: Direction,
        value: &Value,
    ) -> Result<Vec<Violation>, SchemaError> {
        // Where its references end, so that a shared schema is compiled once.
        let place = self.source.resolve(schema).map_or_else(|_| schema.clone(), |resolved| resolved.pointer);
        // A `%` in a key of the document is no escape of a URI.
        let reference = place.to_string().replace('%', "%25");
        self.schemas.violations(&reference, direction, value).inspect_err(|error| self.note(schema, error))
    }

    pub(crate) fn values(&self, direction: Direction) -> &value::Cache {
        let [requests, answers] = &self.values;
        match direction {
            Direction::Request => requests,
            Direction::Response => answers,
        }
    }

    /// Remembers a schema that is there and cannot be used.
    fn note(&self, place: &Pointer, error: &SchemaError) {
        if self.source.get(place).is_some() {
            let mut unusable = self.unusable.lock().unwrap_or_else(PoisonError::into_inner);
            let remark = || self.source.warning(place, error.to_string());
            unusable.entry(place.clone()).or_insert_with(remark);
        }
    }
}
