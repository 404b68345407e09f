//! A private cluster: made by `initdb`, started, killed and started again.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use sqlx::{Connection, PgConnection, migrate::Migrator, postgres::PgConnectOptions};
use tokio::sync::OnceCell;

use crate::{Database, Installation, NotInstalled, installation::give_to_nobody, supervisor::Supervisor};

/// Where the schema of the shop stands.
const MIGRATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/postgres");
/// The superuser that `initdb` makes.
pub(crate) const USER: &str = "postgres";
/// The database with the schema, which those of the tests are copies of.
const TEMPLATE: &str = "orderly_template";
/// How long a server may take to accept connections: it may have to recover first.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(10);

/// What the server is told. It need not survive the machine, only the processes; and what a test measures of itself is
/// not to be disturbed by what the server does of its own accord.
const SETTINGS: [&str; 6] = [
    "listen_addresses=",
    "max_connections=300",
    "fsync=off",
    "full_page_writes=off",
    "autovacuum=off",
    "shared_buffers=64MB",
];

/// A running PostgreSQL. Nothing of it is left when it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct Cluster {
    supervisor: Supervisor,
    folder: PathBuf,
    log: PathBuf,
    template: OnceCell<()>,
    pub(crate) abandoned: Mutex<Vec<String>>,
}

/// Why there is no cluster or no database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no PostgreSQL on this machine.
    #[error(transparent)]
    NotInstalled(#[from] NotInstalled),
    /// `initdb` failed.
    #[error("initdb failed: {0}")]
    Initdb(String),
    /// The operating system refuses something.
    #[error("a throw-away PostgreSQL cannot be started")]
    Io(#[from] io::Error),
    /// The server does not answer.
    #[error("PostgreSQL does not answer; it says: {log}")]
    Silent {
        /// What it printed.
        log: String,
        /// What became of the last attempt to connect.
        source: sqlx::Error,
    },
    /// A statement failed.
    #[error("a throw-away database cannot be made")]
    Sql(#[from] sqlx::Error),
    /// The schema cannot be made.
    #[error("the schema of a throw-away database cannot be made")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

impl Cluster {
    /// The cluster that all of this process share; it is started when it is first asked for.
    ///
    /// # Errors
    /// If it cannot be started.
    pub async fn shared() -> Result<&'static Self, Error> {
        static SHARED: OnceCell<Cluster> = OnceCell::const_new();
        SHARED.get_or_try_init(|| Self::start(&[])).await
    }

    /// Starts a cluster of one's own, to be killed for example. `settings` are as in `postgresql.conf`, such as
    /// `fsync=on`, and come after those that every such cluster has.
    ///
    /// # Errors
    /// If it cannot be started.
    pub async fn start(settings: &[&str]) -> Result<Self, Error> {
        let settings: Vec<String> =
            SETTINGS.iter().chain(settings).map(|&setting| setting.to_owned()).collect();
        let begun = tokio::task::spawn_blocking(move || Self::begin(&settings)).await;
        let cluster = begun.map_err(io::Error::other)??;
        cluster.wait_until_it_answers().await?;
        Ok(cluster)
    }

    fn begin(settings: &[String]) -> Result<Self, Error> {
        let installation = Installation::find()?;
        // Kept: from here on the supervisor removes it.
        let folder = tempfile::Builder::new().prefix("orderly-postgres-").tempdir()?.keep();
        give_to_nobody(&folder)?;
        let (data, log) = (folder.join("data"), folder.join("log"));
        let mut arguments = vec!["-D".to_owned(), display(&data), "-k".to_owned(), display(&folder)];
        arguments.extend(settings.iter().flat_map(|setting| ["-c".to_owned(), setting.clone()]));
        let printed = File::create(&log)?;
        let supervisor = Supervisor::new(&installation, &folder, printed, &arguments)?;

        let mut initdb = installation.program("initdb");
        // Not C: what relies on the database's order of texts without saying so fails here and not at the operator's.
        initdb.args(["--locale=C", "--locale-provider=icu", "--icu-locale=und", "--encoding=UTF8"]);
        initdb.args(["--auth=trust", "--username", USER, "--no-sync", "--pgdata"]).arg(&data);
        let made = initdb.stdin(Stdio::null()).output()?;
        if !made.status.success() {
            return Err(Error::Initdb(String::from_utf8_lossy(&made.stderr).into_owned()));
        }
        supervisor.order("start")?;
        Ok(Self { supervisor, folder, log, template: OnceCell::new(), abandoned: Mutex::default() })
    }

    /// A new database with the shop's schema and nothing in it.
    ///
    /// # Errors
    /// If it cannot be made.
    pub async fn database(&self) -> Result<Database<'_>, Error> {
        self.template.get_or_try_init(|| self.make_template()).await?;
        Database::create(self, Some(TEMPLATE)).await
    }

    /// A new database without any table.
    ///
    /// # Errors
    /// If it cannot be made.
    pub async fn empty_database(&self) -> Result<Database<'_>, Error> {
        Database::create(self, None).await
    }

    /// Kills the server as `kill -9` does, in the middle of whatever it does, and comes back when it is dead.
    ///
    /// # Errors
    /// If the supervisor is gone.
    pub async fn kill(&self) -> Result<(), Error> {
        self.supervisor.order("kill")?;
        while PgConnection::connect_with(&self.options(USER)).await.is_ok() {
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    /// Starts the server again after it was killed, and comes back when it answers.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn restart(&self) -> Result<(), Error> {
        let begun = Instant::now();
        let mut refused = self.refusals();
        self.supervisor.order("start")?;
        loop {
            let silent = match PgConnection::connect_with(&self.options(USER)).await {
                Ok(conn) => return Ok(conn.close().await?),
                Err(source) => source,
            };
            if begun.elapsed() > PATIENCE {
                return Err(Error::Silent { log: self.log(), source: silent });
            }
            tokio::time::sleep(PAUSE).await;
            // The new one has given up, because processes of the one that was killed were not at their end yet.
            if self.refusals() > refused {
                refused = self.refusals();
                self.supervisor.order("start")?;
            }
        }
    }

    fn refusals(&self) -> usize {
        self.log().matches("pre-existing shared memory block").count()
    }

    /// Where the cluster lives.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the server has printed.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    pub(crate) fn options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass().socket(&self.folder).username(USER).database(database)
    }

    /// A connection for what is done to whole databases.
    pub(crate) async fn connect(&self) -> Result<PgConnection, Error> {
        Ok(PgConnection::connect_with(&self.options(USER)).await?)
    }

    pub(crate) fn abandoned(&self) -> Vec<String> {
        std::mem::take(&mut self.abandoned.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn make_template(&self) -> Result<(), Error> {
        let mut admin = self.connect().await?;
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {TEMPLATE}"))).execute(&mut admin).await?;
        let mut conn = PgConnection::connect_with(&self.options(TEMPLATE)).await?;
        Migrator::new(Path::new(MIGRATIONS)).await?.run(&mut conn).await?;
        conn.close().await?;
        Ok(admin.close().await?)
    }

    async fn wait_until_it_answers(&self) -> Result<(), Error> {
        let begun = Instant::now();
        loop {
            match PgConnection::connect_with(&self.options(USER)).await {
                Ok(conn) => return Ok(conn.close().await?),
                Err(source) if begun.elapsed() > PATIENCE => {
                    return Err(Error::Silent { log: self.log(), source });
                }
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }
}

fn display(path: &Path) -> String {
    path.display().to_string()
}
