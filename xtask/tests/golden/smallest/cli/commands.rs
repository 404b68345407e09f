//! Every operation as a command, by tag.
#[allow(unused_imports)]
use crate::table::{
    Access, Body, Command, Encoding, Form, Kind, Member, Parameter, Place, Style, Tag,
    Value,
};
/// The commands by tag.
pub(crate) const TAGS: &[Tag] = &[
    Tag {
        name: "clock",
        description: "What time it is.",
        commands: &[
            Command {
                name: "get-time",
                operation: "get_time",
                method: "GET",
                path: "/time",
                access: Access::Public,
                summary: "Tell the time.",
                answer: "The time.",
                ..Command::EMPTY
            },
        ],
    },
];
