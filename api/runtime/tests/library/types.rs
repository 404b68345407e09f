//! What a generator writes for the schemas of `document.json`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use orderly_api_runtime as runtime;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use validator::Validate;

runtime::string! {
    /// The name of a shelf.
    pub(crate) struct Shelf { min_length: 2, max_length: 20, pattern: "^[a-z-]+$" }
}

runtime::string_enum! {
    /// A language.
    pub(crate) enum Language {
        /// English.
        En = "en",
        /// German.
        De = "de",
        /// Norwegian.
        NbNo = "nb-NO",
    }
}

runtime::integer! {
    /// Pages, at least.
    pub(crate) struct FilterMinPages(i32) { minimum: 1 }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(crate) struct Filter {
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) min_pages: Option<FilterMinPages>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) lent: Option<bool>,
}
runtime::object!(Filter);

runtime::string! {
    /// A name.
    pub(crate) struct AuthorName { min_length: 1 }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(crate) struct Author {
    pub(crate) name: AuthorName,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) born: Option<NaiveDate>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) teacher: Option<Box<Author>>,
}
runtime::object!(Author);

runtime::string! {
    /// A title.
    pub(crate) struct BookCreateTitle { min_length: 1, max_length: 12 }
}

runtime::string! {
    /// A number of the book trade.
    pub(crate) struct BookCreateIsbn { pattern: r"^\d{3}-\d+$" }
}

runtime::integer! {
    /// How many there are.
    pub(crate) struct BookCreateCopies(i32) { minimum: 0, maximum: 1000, multiple_of: 5 }
}

runtime::number! {
    /// What one costs.
    pub(crate) struct BookCreatePrice(f64) { exclusive_minimum: 0.0, multiple_of: 0.01 }
}

runtime::string! {
    /// A summary.
    pub(crate) struct BookCreateSummary { max_length: 8 }
}

runtime::string! {
    /// The text of a label.
    pub(crate) struct BookCreateLabel { max_length: 5 }
}

runtime::string! {
    /// An address.
    pub(crate) struct BookCreateContact { format: "email" }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(crate) struct BookCreate {
    pub(crate) title: BookCreateTitle,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) isbn: Option<BookCreateIsbn>,
    pub(crate) copies: BookCreateCopies,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) price: Option<BookCreatePrice>,
    #[serde(deserialize_with = "runtime::present")]
    pub(crate) note: Option<String>,
    #[serde(default, skip_serializing_if = "runtime::Patch::is_absent")]
    pub(crate) summary: runtime::Patch<BookCreateSummary>,
    #[validate(custom(function = "runtime::valid"))]
    pub(crate) author: Author,
    #[validate(length(min = 1, max = 3), custom(function = "runtime::unique_items"))]
    pub(crate) tags: Vec<Language>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 2))]
    pub(crate) labels: Option<BTreeMap<String, BookCreateLabel>>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) extra: Option<Value>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) added_at: Option<runtime::DateTime>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) contact: Option<BookCreateContact>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "runtime::valid"))]
    pub(crate) holder: Option<Holder>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "runtime::valid"))]
    pub(crate) code: Option<Code>,
}
runtime::object!(BookCreate);

runtime::string_enum! {
    /// The tag of a member.
    pub(crate) enum MemberKind {
        /// A member.
        Member = "member",
    }
}

runtime::integer! {
    /// The number of a card.
    pub(crate) struct MemberCard(i64) { minimum: 1 }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(remote = "Self")]
pub(crate) struct Member {
    pub(crate) kind: MemberKind,
    pub(crate) card: MemberCard,
}
runtime::object!(Member);

runtime::string_enum! {
    /// The tag of a branch.
    pub(crate) enum BranchKind {
        /// A branch.
        Branch = "branch",
    }
}

runtime::string! {
    /// The city of a branch.
    pub(crate) struct BranchCity { min_length: 1 }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(remote = "Self")]
pub(crate) struct Branch {
    pub(crate) kind: BranchKind,
    pub(crate) city: BranchCity,
}
runtime::object!(Branch);

/// Who has a book.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Holder {
    Member(Member),
    Branch(Branch),
}
runtime::tagged!(Holder, "kind" { "member" => Member(Member), "branch" => Branch(Branch) });

/// A code.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Code {
    Integer(i64),
    Shelf(Shelf),
}
runtime::one_of!(Code { Integer(i64), Shelf(Shelf) });
