//! The embedded database: Orderly's storage contract on SQLite.
//!
//! sqlx checks every statement when this crate is compiled, rusqlite runs it. Reads run where they are asked for, over
//! connections that wait in a queue; writes go to one thread, which commits those that came together as one transaction.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use orderly_domain::{
    Result, StoreError,
    idempotency::{Idempotency, Once},
};
use rusqlite::Connection;
use serde::de::DeserializeOwned;

use crate::{heartbeat::Heartbeat, readers::Readers, told::Told, writer::Writer};

mod account;
mod api_key;
mod audit;
mod backup;
mod checked;
mod connection;
mod error;
mod events;
mod expiry;
mod figures;
mod heartbeat;
mod idempotency;
mod migrate;
mod note;
mod order;
mod permit;
mod private;
mod product;
mod readers;
mod session;
mod signing_key;
mod storage;
mod told;
mod transaction;
mod writer;

pub use backup::{BackupError, backup};
pub use figures::Figures;
pub use migrate::MigrateError;

/// The shop in a file. Clones share it; when the last is dropped, what is being written is finished first.
#[derive(Clone)]
pub struct Sqlite {
    inner: Arc<Inner>,
}

struct Inner {
    // Dropped first: the writer ends while the readers' connections still stand.
    writer: Writer,
    readers: Arc<Readers>,
    heartbeat: Heartbeat,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder is missing and cannot be made.
    #[error("the folder {} cannot be made", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is missing and cannot be made.
    #[error("{} cannot be made", path.display())]
    Create {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file cannot be opened as a database.
    #[error("{} cannot be opened as a database", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: StoreError,
    },
    /// The schema cannot be brought up to date.
    #[error("the database's schema cannot be brought up to date")]
    Migrate(#[from] MigrateError),
    /// The thread that writes cannot be started.
    #[error("no thread can be started")]
    Thread(#[source] io::Error),
}

impl Sqlite {
    /// Opens the database in this file, makes the file and its folder if they are missing, and brings the schema up to
    /// date. Several processes may do this at once.
    ///
    /// # Errors
    /// If the file is no database or cannot be written, or a migration fails.
    pub fn open(path: impl AsRef<Path>) -> std::result::Result<Self, OpenError> {
        let path = path.as_ref();
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            private::folder(folder)
                .map_err(|source| OpenError::Folder { path: folder.to_owned(), source })?;
        }
        let create = |source| OpenError::Create { path: path.to_owned(), source };
        private::file(path).map_err(create)?;
        // Whoever put it there may have had reasons; but then a copy that was restored has the mode of the copying.
        if !private::is_private(path).map_err(create)? {
            tracing::warn!(
                path = %path.display(),
                "others may read the database, which holds signing keys and personal data: chmod 600"
            );
        }
        let mut conn = connection::open_writer(path)
            .map_err(|source| OpenError::File { path: path.to_owned(), source })?;
        migrate::migrate(&mut conn)?;
        let writer = Writer::start(conn).map_err(OpenError::Thread)?;
        let readers = Arc::new(Readers::new(path));
        Ok(Self { inner: Arc::new(Inner { writer, readers, heartbeat: Heartbeat::default() }) })
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.inner.readers.read(work)
    }

    async fn search<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.inner.readers.search(work).await
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.inner.writer.write(work).await
    }

    async fn write_once<T: DeserializeOwned + Send + 'static>(
        &self,
        key: Option<Idempotency>,
        mut effect: impl FnMut(&Connection) -> Result<Told<T>> + Send + 'static,
    ) -> Result<Once<T>> {
        let once = self.write(move |conn| idempotency::once(conn, key.as_ref(), &mut effect)).await?;
        idempotency::settle(once)
    }
}
