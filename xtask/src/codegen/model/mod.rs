//! What a document means in terms of Rust: types, operations, parameters, answers.
