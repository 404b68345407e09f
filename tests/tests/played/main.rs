//! The SDK on the wire, without a server that could be wrong too: every answer that the document declares is played to
//! it and has to arrive as what it is, what nobody declared has to become the right error, and whatever body the
//! document allows the SDK can send.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

mod answers;
mod calls;
mod errors;
mod player;
mod requests;
mod same;
