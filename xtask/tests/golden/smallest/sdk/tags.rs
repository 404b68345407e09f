//! The operations by tag: `client.orders().create()` calls what `client.create_order()` calls.
#[allow(unused_imports)]
use super::client::{Client, builder};
impl Client {
    ///What time it is.
    pub fn clock(&self) -> Clock<'_> {
        Clock(self)
    }
}
///What time it is.
#[derive(Clone, Copy, Debug)]
pub struct Clock<'a>(&'a Client);
impl<'a> Clock<'a> {
    /**Tell the time

See [`Client::get_time`].*/
    pub fn get_time(&self) -> builder::GetTime<'a> {
        self.0.get_time()
    }
}
