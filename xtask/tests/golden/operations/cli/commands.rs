//! Every operation as a command, by tag.
#[allow(unused_imports)]
use crate::table::{
    Access, Body, Command, Encoding, Form, Kind, Member, Parameter, Place, Style, Tag,
    Value,
};
/// The commands by tag.
pub(crate) const TAGS: &[Tag] = &[
    Tag {
        name: "books",
        description: "Finding and changing books.",
        commands: &[
            Command {
                name: "list",
                operation: "list_books",
                method: "GET",
                path: "/books",
                access: Access::Public,
                summary: "List books.",
                description: "In the order of their titles.",
                parameters: &[
                    Parameter {
                        name: "limit",
                        option: "limit",
                        place: Place::Query,
                        value: Value {
                            kind: Kind::Integer,
                            format: "int32",
                            bounds: "1 to 100",
                            default: Some("20"),
                            ..Value::EMPTY
                        },
                        ..Parameter::EMPTY
                    },
                    Parameter {
                        name: "language",
                        option: "language",
                        place: Place::Query,
                        style: Style::Repeated,
                        ..Parameter::EMPTY
                    },
                    Parameter {
                        name: "X-Request-ID",
                        option: "x-request-id",
                        place: Place::Header,
                        value: Value {
                            bounds: "at most 128 characters",
                            ..Value::EMPTY
                        },
                        ..Parameter::EMPTY
                    },
                    Parameter {
                        name: "session",
                        option: "session",
                        place: Place::Cookie,
                        ..Parameter::EMPTY
                    },
                ],
                answer: "Some books.",
                ..Command::EMPTY
            },
            Command {
                name: "get",
                operation: "get_book",
                method: "GET",
                path: "/books/{book_id}",
                access: Access::Optional,
                summary: "Get a book.",
                parameters: &[
                    Parameter {
                        name: "book_id",
                        option: "book-id",
                        place: Place::Path,
                        required: true,
                        value: Value {
                            bounds: "at least 1 characters",
                            ..Value::EMPTY
                        },
                        ..Parameter::EMPTY
                    },
                ],
                answer: "The book.",
                ..Command::EMPTY
            },
            Command {
                name: "update",
                operation: "update_book",
                method: "PATCH",
                path: "/books/{book_id}",
                access: Access::Login,
                summary: "Change a book.",
                parameters: &[
                    Parameter {
                        name: "book_id",
                        option: "book-id",
                        place: Place::Path,
                        required: true,
                        value: Value {
                            bounds: "at least 1 characters",
                            ..Value::EMPTY
                        },
                        ..Parameter::EMPTY
                    },
                ],
                body: Some(Body {
                    media_type: "application/merge-patch+json",
                    encoding: Encoding::Json,
                    required: false,
                    members: &[
                        Member {
                            option: "title",
                            path: &["title"],
                            ..Member::EMPTY
                        },
                        Member {
                            option: "year",
                            path: &["year"],
                            value: Value {
                                kind: Kind::Integer,
                                format: "int32",
                                ..Value::EMPTY
                            },
                            ..Member::EMPTY
                        },
                    ],
                    nullable: &["year"],
                    example: "{\"title\":\"…\",\"year\":0}",
                    ..Body::EMPTY
                }),
                answer: "The book.",
                ..Command::EMPTY
            },
            Command {
                name: "set-cover",
                operation: "set_cover",
                method: "PUT",
                path: "/books/{book_id}/cover",
                access: Access::Login,
                summary: "Set the cover.",
                parameters: &[
                    Parameter {
                        name: "book_id",
                        option: "book-id",
                        place: Place::Path,
                        required: true,
                        value: Value {
                            bounds: "at least 1 characters",
                            ..Value::EMPTY
                        },
                        ..Parameter::EMPTY
                    },
                ],
                body: Some(Body {
                    media_type: "image/png",
                    encoding: Encoding::Raw,
                    required: true,
                    members: &[],
                    nullable: &[],
                    ..Body::EMPTY
                }),
                answer: "It is set.",
                ..Command::EMPTY
            },
        ],
    },
    Tag {
        name: "loans",
        description: "Who has which book.",
        commands: &[
            Command {
                name: "create",
                operation: "create_loan",
                method: "POST",
                path: "/loans",
                access: Access::Login,
                summary: "Lend a book.",
                body: Some(Body {
                    media_type: "application/json",
                    encoding: Encoding::Json,
                    required: true,
                    members: &[
                        Member {
                            option: "book-id",
                            path: &["book_id"],
                            required: true,
                            ..Member::EMPTY
                        },
                    ],
                    nullable: &[],
                    example: "{\"book_id\":\"…\"}",
                    ..Body::EMPTY
                }),
                answer: "It is lent.",
                is_deprecated: true,
                ..Command::EMPTY
            },
        ],
    },
];
