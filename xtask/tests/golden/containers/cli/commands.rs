//! Every operation as a command, by tag.
#[allow(unused_imports)]
use crate::table::{
    Access, Body, Command, Encoding, Form, Kind, Member, Parameter, Place, Style, Tag,
    Value,
};
/// The commands by tag.
pub(crate) const TAGS: &[Tag] = &[
    Tag {
        name: "trees",
        description: "Operations tagged `trees`.",
        commands: &[
            Command {
                name: "plant",
                operation: "plant_tree",
                method: "POST",
                path: "/trees",
                access: Access::Public,
                summary: "Plant a tree.",
                body: Some(Body {
                    media_type: "application/json",
                    encoding: Encoding::Json,
                    required: true,
                    members: &[
                        Member {
                            option: "secret",
                            path: &["secret"],
                            ..Member::EMPTY
                        },
                        Member {
                            option: "root.children",
                            path: &["root", "children"],
                            form: Form::Json,
                            required: true,
                            ..Member::EMPTY
                        },
                        Member {
                            option: "fruit-item",
                            path: &["fruit"],
                            form: Form::Entry(
                                &[
                                    Member {
                                        option: "ripe_on",
                                        path: &["ripe_on"],
                                        value: Value {
                                            format: "date",
                                            ..Value::EMPTY
                                        },
                                        ..Member::EMPTY
                                    },
                                    Member {
                                        option: "kind",
                                        path: &["kind"],
                                        required: true,
                                        value: Value {
                                            choices: &["apple", "nut"],
                                            ..Value::EMPTY
                                        },
                                        ..Member::EMPTY
                                    },
                                    Member {
                                        option: "colour",
                                        path: &["colour"],
                                        ..Member::EMPTY
                                    },
                                    Member {
                                        option: "shelled",
                                        path: &["shelled"],
                                        value: Value {
                                            kind: Kind::Boolean,
                                            ..Value::EMPTY
                                        },
                                        ..Member::EMPTY
                                    },
                                ],
                            ),
                            ..Member::EMPTY
                        },
                        Member {
                            option: "fruit",
                            path: &["fruit"],
                            form: Form::Json,
                            ..Member::EMPTY
                        },
                        Member {
                            option: "labels",
                            path: &["labels"],
                            form: Form::Json,
                            ..Member::EMPTY
                        },
                        Member {
                            option: "anything",
                            path: &["anything"],
                            form: Form::Json,
                            ..Member::EMPTY
                        },
                    ],
                    nullable: &[],
                    example: "{\"secret\":\"…\",\"root\":{\"children\":[{\"children\":[{}]}]},\"fruit\":[{\"ripe_on\":\"2026-01-31\",\"kind\":\"apple\",\"colour\":\"…\",\"shelled\":true}],\"labels\":{},\"anything\":{}}",
                    ..Body::EMPTY
                }),
                answer: "It grows.",
                ..Command::EMPTY
            },
        ],
    },
];
