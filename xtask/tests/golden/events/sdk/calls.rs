//! A call is sent by awaiting it; a list gives its pages and items as streams.
#[allow(unused_imports)]
use super::client::{ByteStream, builder, types};
sdk::call!(FollowLines => ByteStream);
sdk::events!(FollowLines.client, "follow_lines", Ok => String);
sdk::call!(FollowNews => ByteStream);
sdk::events!(FollowNews._client, "follow_news", sdk::Event::json => types::Headline);
sdk::call!(Summarize => ByteStream);
sdk::events!(Summarize.client, "summarize", sdk::Event::json => types::SummarizeEvent);
