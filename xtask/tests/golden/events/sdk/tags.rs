//! The operations by tag: `client.orders().create()` calls what `client.create_order()` calls.
#[allow(unused_imports)]
use super::client::{Client, builder};
impl Client {
    ///What happens.
    pub fn news(&self) -> News<'_> {
        News(self)
    }
}
///What happens.
#[derive(Clone, Copy, Debug)]
pub struct News<'a>(&'a Client);
impl<'a> News<'a> {
    /**Follow what happens

See [`Client::follow_news`].*/
    pub fn follow(&self) -> builder::FollowNews<'a> {
        self.0.follow_news()
    }
    /**Follow the lines of a room, which are text

See [`Client::follow_lines`].*/
    pub fn follow_lines(&self) -> builder::FollowLines<'a> {
        self.0.follow_lines()
    }
    /**Sum something up, word by word

See [`Client::summarize`].*/
    pub fn summarize(&self) -> builder::Summarize<'a> {
        self.0.summarize()
    }
}
