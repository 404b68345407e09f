//! The kinds of change to a schema, as a table: what each is called, what it means, and how a value that it takes away
//! is refused.

macro_rules! rules {
    ($($variant:ident $name:literal $codes:tt $sentence:literal,)+) => {
        /// A kind of change to a schema. Whether it breaks anybody depends on the direction, and is proved.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum SchemaRule {
            $(#[doc = $sentence] $variant,)+
        }

        impl SchemaRule {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name, such as `property-removed`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What happened, in a sentence.
            pub fn sentence(self) -> &'static str {
                match self {
                    $(Self::$variant => $sentence,)+
                }
            }

            /// The codes of the violations that such a change can cause; none means any.
            pub(super) fn codes(self) -> &'static [&'static str] {
                match self {
                    $(Self::$variant => &$codes,)+
                }
            }
        }
    };
}

rules! {
    TypeChanged "type-changed" ["type", "minimum", "maximum"]
        "The type of a value changed.",
    NullableAdded "nullable-added" ["type", "enum", "any_of", "one_of"]
        "A value may be null now.",
    NullableRemoved "nullable-removed" ["type", "enum", "any_of", "one_of"]
        "A value may no longer be null.",
    EnumValueAdded "enum-value-added" ["enum", "required", "one_of", "any_of"]
        "A value joined the list of allowed ones.",
    EnumValueRemoved "enum-value-removed" ["enum", "required", "one_of", "any_of"]
        "A value left the list of allowed ones.",
    EnumAdded "enum-added" ["enum"]
        "Only listed values are allowed now.",
    EnumRemoved "enum-removed" ["enum"]
        "Values are no longer limited to a list.",
    LowerBoundRaised "lower-bound-raised"
        ["minimum", "exclusive_minimum", "min_length", "min_items", "min_properties"]
        "A lower bound was raised, or set.",
    LowerBoundLowered "lower-bound-lowered"
        ["minimum", "exclusive_minimum", "min_length", "min_items", "min_properties"]
        "A lower bound was lowered, or dropped.",
    UpperBoundRaised "upper-bound-raised"
        ["maximum", "exclusive_maximum", "max_length", "max_items", "max_properties"]
        "An upper bound was raised, or dropped.",
    UpperBoundLowered "upper-bound-lowered"
        ["maximum", "exclusive_maximum", "max_length", "max_items", "max_properties"]
        "An upper bound was lowered, or set.",
    MultipleOfChanged "multiple-of-changed" ["multiple_of"]
        "The step between numbers changed.",
    PatternChanged "pattern-changed" ["pattern"]
        "The expression that a text has to match changed.",
    FormatChanged "format-changed" ["format", "minimum", "maximum"]
        "The format of a value changed.",
    UniqueItemsAdded "unique-items-added" ["unique_items"]
        "An item may no longer be there twice.",
    UniqueItemsRemoved "unique-items-removed" ["unique_items"]
        "An item may be there twice now.",
    ItemsChanged "items-changed" []
        "Items are limited by a schema now, or no longer.",
    PropertyAdded "property-added" []
        "A property was added.",
    PropertyRemoved "property-removed" []
        "A property was removed.",
    PropertyBecameRequired "property-became-required" ["required"]
        "A property is required now.",
    PropertyBecameOptional "property-became-optional" ["required"]
        "A property is no longer required.",
    ReadOnlyChanged "read-only-changed" []
        "A property became one that only the server sets, or ceased to be.",
    WriteOnlyChanged "write-only-changed" []
        "A property became one that only the client sets, or ceased to be.",
    AdditionalPropertiesClosed "additional-properties-closed" ["additional_properties"]
        "Properties that are not named are refused now.",
    AdditionalPropertiesOpened "additional-properties-opened" ["additional_properties"]
        "Properties that are not named are allowed now.",
    AdditionalPropertiesChanged "additional-properties-changed" []
        "What properties that are not named may hold changed.",
    AllOfBranchAdded "all-of-branch-added" []
        "Another schema has to be met as well.",
    AllOfBranchRemoved "all-of-branch-removed" []
        "A schema no longer has to be met.",
    UnionBranchAdded "union-branch-added" []
        "An alternative joined a union.",
    UnionBranchRemoved "union-branch-removed" []
        "An alternative left a union.",
    DiscriminatorChanged "discriminator-changed" []
        "The tag that selects an alternative changed.",
    NotChanged "not-changed" []
        "What is excluded changed.",
    ReferenceChanged "reference-changed" []
        "A reference that leads out of the document, or nowhere, changed.",
    CompositionChanged "composition-changed" []
        "A schema is put together in another way.",
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        let names: BTreeSet<_> = SchemaRule::ALL.iter().map(|rule| rule.name()).collect();
        assert_eq!(names.len(), SchemaRule::ALL.len());
        for name in names {
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        }
    }
}
