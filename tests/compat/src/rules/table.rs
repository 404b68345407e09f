//! The table itself: a row a rule, in the order of the documentation.

use super::{Flow, Row, Severity, Subject};
use crate::schema::Side;

macro_rules! rules {
    ($($subject:ident {
        $($variant:ident $id:literal: $direction:ident $severity:ident $shown:ident, $sentence:literal, $instead:literal;)+
    })+) => {
        /// A rule; [`row`](Rule::row) says what it means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[doc = $sentence] $variant,)+)+
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Row] = &[
                $($(Row {
                    rule: Rule::$variant,
                    id: $id,
                    subject: Subject::$subject,
                    direction: Flow::$direction,
                    severity: Severity::$severity,
                    shown: Side::$shown,
                    sentence: $sentence,
                    instead: $instead,
                },)+)+
            ];

            /// What the table says about it.
            #[must_use]
            pub fn row(self) -> &'static Row {
                // The enum and the table are written by the same macro, in the same order.
                &Self::ALL[self as usize]
            }
        }
    };
}

rules! {
    Paths {
        PathRemoved "path-removed": Both Breaking Base,
            "a path is gone: every call to it fails",
            "keep it, `deprecated` with an `x-sunset`, and remove it when that day has passed";
        OperationRemoved "operation-removed": Both Breaking Base,
            "an operation is gone: every call to it fails",
            "keep it, `deprecated` with an `x-sunset`, and remove it when that day has passed";
        OperationRemovedEarly "operation-removed-before-sunset": Both Breaking Base,
            "an operation is gone before the day that its `x-sunset` has promised",
            "keep it until that day";
        OperationRemovedAfterSunset "operation-removed-after-sunset": Both Info Base,
            "an operation is gone, as its `x-sunset` has announced",
            "";
        OperationAdded "operation-added": Both Info Head,
            "there is a new operation",
            "";
        OperationShadowed "operation-shadowed": Both Warning Head,
            "a new path takes calls that a path with a parameter has answered so far",
            "give it a path that no value of the parameter can have";
        PathParameterRenamed "path-parameter-renamed": Request Info Head,
            "a path parameter has another name: calls stay as they are, the argument in generated SDKs does not",
            "";
        OperationIdChanged "operation-id-changed": Both Warning Head,
            "an operation has another `operationId`: generated SDKs rename the call",
            "keep the `operationId`";
        OperationIdRemoved "operation-id-removed": Both Warning Base,
            "an operation has lost its `operationId`: generated SDKs rename the call",
            "keep the `operationId`";
        TagsChanged "tags-changed": Both Info Head,
            "an operation has other tags: documentation and generated SDKs group it elsewhere",
            "";
    }
    Lifecycle {
        OperationDeprecated "operation-deprecated": Both Info Head,
            "an operation is deprecated from now on",
            "";
        OperationReactivated "operation-reactivated": Both Info Head,
            "an operation is not deprecated any more",
            "";
        SunsetMissing "sunset-missing": Both Warning Head,
            "an operation is deprecated and nothing says until when it works",
            "add `x-sunset: YYYY-MM-DD`, the day until which it works";
        SunsetInvalid "sunset-invalid": Both Warning Head,
            "an `x-sunset` is no date",
            "write it as `YYYY-MM-DD`";
        SunsetTooSoon "sunset-too-soon": Both Warning Head,
            "an `x-sunset` leaves clients less time than the notice asks for",
            "choose a later day";
        SunsetEarlier "sunset-moved-forward": Both Breaking Head,
            "an operation or parameter ends earlier than its `x-sunset` has promised",
            "keep the day, or choose a later one";
        SunsetRemoved "sunset-removed": Both Warning Base,
            "a deprecated operation or parameter no longer says until when it works",
            "keep the `x-sunset`";
        ParameterDeprecated "parameter-deprecated": Request Info Head,
            "a parameter is deprecated from now on",
            "";
        PropertyDeprecated "property-deprecated": Both Info Head,
            "a property is deprecated from now on",
            "";
    }
    Parameters {
        ParameterRemoved "parameter-removed": Request Breaking Base,
            "a parameter is gone: what clients ask for with it is ignored or refused",
            "keep it, `deprecated` with an `x-sunset`, and remove it when that day has passed";
        ParameterRemovedAfterSunset "parameter-removed-after-sunset": Request Info Base,
            "a parameter is gone, as its `x-sunset` has announced",
            "";
        ParameterRemovedEarly "parameter-removed-before-sunset": Request Breaking Base,
            "a parameter is gone before the day that its `x-sunset` has promised",
            "keep it until that day";
        ParameterAddedRequired "parameter-added-required": Request Breaking Head,
            "there is a new parameter without which calls are refused",
            "make it optional, with a default that means what calls without it have meant";
        ParameterAddedOptional "parameter-added-optional": Request Info Head,
            "there is a new parameter that calls may have",
            "";
        ParameterBecameRequired "parameter-became-required": Request Breaking Head,
            "calls without the parameter are refused now",
            "leave it optional";
        ParameterBecameOptional "parameter-became-optional": Request Info Head,
            "calls may leave the parameter out now",
            "";
        ParameterMoved "parameter-moved": Request Breaking Head,
            "a parameter is expected in another part of the request",
            "accept it in both";
        ParameterStyleChanged "parameter-style-changed": Request Breaking Head,
            "a parameter is written in another style: what clients send is read wrongly",
            "keep `style`, or add a parameter under another name";
        ParameterExplodeChanged "parameter-explode-changed": Request Breaking Head,
            "lists or objects in a parameter are written differently: what clients send is read wrongly",
            "keep `explode`, or add a parameter under another name";
        ParameterReservedRefused "parameter-reserved-refused": Request Breaking Head,
            "reserved characters in a parameter have to be escaped now",
            "keep `allowReserved`";
        ParameterReservedAllowed "parameter-reserved-allowed": Request Info Head,
            "reserved characters in a parameter need not be escaped any more",
            "";
        ParameterEmptyRefused "parameter-empty-refused": Request Breaking Head,
            "a parameter may not be empty any more",
            "keep `allowEmptyValue`";
        ParameterEmptyAllowed "parameter-empty-allowed": Request Info Head,
            "a parameter may be empty now",
            "";
        ParameterDefaultAdded "parameter-default-added": Request Info Head,
            "it is now said what a call without the parameter means",
            "";
        ParameterDefaultChanged "parameter-default-changed": Request Warning Head,
            "a call without the parameter means something else",
            "keep the default";
        ParameterDefaultRemoved "parameter-default-removed": Request Warning Base,
            "it is no longer said what a call without the parameter means",
            "keep the default";
        ParameterMediaTypeChanged "parameter-media-type-changed": Request Breaking Head,
            "the parameter's text is of another media type",
            "keep it, or add a parameter under another name";
    }
    Bodies {
        RequestBodyAddedRequired "request-body-added-required": Request Breaking Head,
            "calls without a body, which were right, are refused now",
            "make the body optional";
        RequestBodyAddedOptional "request-body-added-optional": Request Info Head,
            "calls may have a body now",
            "";
        RequestBodyBecameRequired "request-body-became-required": Request Breaking Head,
            "calls without a body are refused now",
            "leave the body optional";
        RequestBodyBecameOptional "request-body-became-optional": Request Info Head,
            "calls may leave the body out now",
            "";
        RequestBodyRemoved "request-body-removed": Request Breaking Base,
            "a body is no longer read: what clients say with it is lost",
            "keep it, or add another operation";
        RequestMediaTypeRemoved "request-media-type-removed": Request Breaking Base,
            "bodies of this media type are refused now",
            "keep the media type beside the new one";
        RequestMediaTypeAdded "request-media-type-added": Request Info Head,
            "bodies may be of another media type too",
            "";
        RequestEncodingChanged "request-encoding-changed": Request Breaking Head,
            "a part of the body is written differently: what clients send is read wrongly",
            "keep `encoding`, or add a part under another name";
        RequestSchemaAdded "request-schema-added": Request Breaking Head,
            "bodies that could be anything are held to a schema now",
            "describe what was accepted so far";
    }
    Answers {
        SuccessStatusRemoved "success-status-removed": Answer Breaking Base,
            "a status that tells clients of success is not answered any more",
            "keep the status, or add another operation";
        SuccessStatusAdded "success-status-added": Answer Warning Head,
            "clients may be answered with a success that they do not know",
            "answer it only to calls that ask for it";
        ErrorStatusRemoved "error-status-removed": Answer Info Base,
            "an error is not answered any more",
            "";
        ErrorStatusAdded "error-status-added": Answer Info Head,
            "clients may be answered with another error, which they know by its class (RFC 9110, section 15)",
            "";
        AnswerBodyRemoved "answer-body-removed": Answer Breaking Base,
            "an answer has no body any more",
            "keep the body";
        AnswerBodyAdded "answer-body-added": Answer Info Head,
            "an answer has a body now",
            "";
        AnswerMediaTypeRemoved "answer-media-type-removed": Answer Breaking Base,
            "an answer cannot be had in this media type any more",
            "keep the media type beside the new one";
        AnswerMediaTypeAdded "answer-media-type-added": Answer Info Head,
            "an answer can be had in another media type too",
            "";
        AnswerSchemaRemoved "answer-schema-removed": Answer Breaking Base,
            "an answer that was held to a schema can be anything now",
            "keep the schema";
    }
    Headers {
        AnswerHeaderRemoved "answer-header-removed": Answer Breaking Base,
            "a header that every such answer had is gone",
            "keep the header";
        AnswerHeaderOptionalRemoved "answer-header-optional-removed": Answer Warning Base,
            "a header that such answers could have is gone",
            "keep the header";
        AnswerHeaderBecameOptional "answer-header-became-optional": Answer Breaking Head,
            "a header that every such answer had may be missing now",
            "keep it `required`";
        AnswerHeaderBecameRequired "answer-header-became-required": Answer Info Head,
            "every such answer has the header now",
            "";
        AnswerHeaderAdded "answer-header-added": Answer Info Head,
            "an answer may have another header",
            "";
        AnswerHeaderExplodeChanged "answer-header-explode-changed": Answer Breaking Head,
            "objects in a header are written differently: clients read them wrongly",
            "keep `explode`, or add a header under another name";
    }
    Security {
        AuthenticationRequired "authentication-required": Request Breaking Head,
            "calls without a credential, which were right, are refused now",
            "add another operation for those who have a credential";
        AuthenticationDropped "authentication-dropped": Request Warning Head,
            "no credential is needed any more: anybody may call",
            "make sure that this is meant";
        SecurityAlternativeRemoved "security-alternative-removed": Request Breaking Base,
            "a credential that was enough is refused now",
            "keep accepting it beside the others";
        SecurityAlternativeAdded "security-alternative-added": Request Info Head,
            "another credential is enough too",
            "";
        SecuritySchemeRequired "security-scheme-required": Request Breaking Head,
            "a credential that was enough needs another one beside it",
            "keep accepting it alone";
        SecurityScopeRequired "security-scope-required": Request Breaking Head,
            "a token needs a scope that it did not need: tokens that clients have are refused",
            "keep accepting the scopes that were enough";
        SecurityLoosened "security-loosened": Request Info Head,
            "less is needed than before",
            "";
        SecuritySchemeChanged "security-scheme-changed": Request Breaking Head,
            "a credential is expected in another form or place",
            "add a scheme under another name and accept both";
        SecurityAddressChanged "security-address-changed": Request Warning Head,
            "tokens are had from another address",
            "keep the old address working";
        OauthScopeRemoved "oauth-scope-removed": Request Warning Base,
            "a scope is not offered any more: clients that ask for it may get no token",
            "keep offering the scope";
    }
    Servers {
        ServerRemoved "server-removed": Both Breaking Base,
            "the API is no longer at this address",
            "keep the address, or say in a waiver that it goes on working";
        ServerAdded "server-added": Both Info Head,
            "the API is at another address too",
            "";
        ServerVariableValueRemoved "server-variable-value-removed": Both Breaking Base,
            "an address that a variable could make is gone",
            "keep the value";
        ServerVariableDefaultChanged "server-variable-default-changed": Both Warning Head,
            "clients that choose no value reach another address",
            "keep the default";
    }
    Callbacks {
        LinkRemoved "link-removed": Answer Warning Base,
            "an answer no longer says how to go on",
            "keep the link";
        LinkChanged "link-changed": Answer Warning Head,
            "a link leads elsewhere, or takes its values from elsewhere",
            "add a link under another name";
        LinkAdded "link-added": Answer Info Head,
            "an answer says how to go on",
            "";
        CallbackRemoved "callback-removed": Answer Breaking Base,
            "clients that wait for this call are not called any more",
            "keep calling them";
        CallbackAdded "callback-added": Answer Info Head,
            "clients can be called in another way too",
            "";
        CallbackMediaTypeAdded "callback-media-type-added": Answer Breaking Head,
            "clients may be called with a body of a media type that they do not know",
            "keep to the media types that were there";
    }
    Schemas {
        ExtensibleEnumGrew "extensible-enum-grew": Answer Info Head,
            "an enumeration has another value, as its `x-extensible-enum` has announced",
            "";
        ExtensibleEnumShrank "extensible-enum-shrank": Request Breaking Base,
            "a value is not among those of `x-extensible-enum` any more: requests with it may be refused",
            "keep the value";
        DefaultChanged "default-changed": Request Warning Head,
            "leaving a property out means something else",
            "keep the default";
        XmlChanged "xml-changed": Both Breaking Head,
            "a value is written under another name or in another form in XML",
            "keep `xml`";
        SchemaUndecided "schema-undecided": Both Warning Head,
            "two schemas differ, and neither a proof nor a value says what that means",
            "look at the change, and say in a waiver what you found";
    }
    Version {
        VersionUnchanged "version-not-raised": Both Info Head,
            "the API has changed and `info.version` has not",
            "raise `info.version`";
        VersionLowered "version-lowered": Both Warning Head,
            "`info.version` is lower than that of the base",
            "raise `info.version`";
        VersionRaisedTooLittle "version-raised-too-little": Both Info Head,
            "there are breaking changes and `info.version` does not say so (semver.org, rule 8)",
            "raise the first number, or the second one while the first is 0";
    }
}
