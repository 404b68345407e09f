//! The client of a mock.

use sdk::{Client, ClientBuilder};

use crate::Mock;

impl Mock {
    /// Begins a client of it.
    pub fn client(&self) -> ClientBuilder {
        Client::builder(self.url())
    }
}
