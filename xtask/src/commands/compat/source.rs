//! Where a version of a document comes from: a file, a folder of released versions, or git.

use std::path::{Path, PathBuf};
use std::process::Command;

use orderly_document::Document;

use super::super::{CommandError, workspace_root};
use crate::codegen::write::FileError;

/// One version of a document.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// A file, and what messages call it.
    File {
        /// Where it is.
        path: PathBuf,
        /// What messages call it.
        name: String,
    },
    /// A file as a revision had it.
    Git {
        /// Anything that git knows a commit by.
        revision: String,
        /// The file.
        path: PathBuf,
    },
}

impl Source {
    /// `git:REVISION`, `git:REVISION:PATH`, or a file. Without a path, git is asked for `like`.
    pub(super) fn named(text: &str, like: &Path) -> Self {
        match text.strip_prefix("git:") {
            Some(rest) => {
                let (revision, path) = rest.split_once(':').unwrap_or((rest, ""));
                let path = if path.is_empty() { like } else { Path::new(path) };
                Self::Git { revision: revision.to_owned(), path: path.to_owned() }
            }
            None => Self::File { path: PathBuf::from(text), name: text.to_owned() },
        }
    }

    /// The file, as it is now or was.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::File { path, .. } | Self::Git { path, .. } => path,
        }
    }

    /// Reads the document.
    pub(super) fn read(&self) -> Result<Document, CommandError> {
        let (name, bytes) = match self {
            Self::File { path, name } => (name.clone(), std::fs::read(path).map_err(FileError::at(path))?),
            Self::Git { revision, path } => of_git(revision, path)?,
        };
        Document::parse(&name, &bytes).map_err(CommandError::Document)
    }
}

/// The versions to compare with, the oldest first.
pub(super) fn bases(base: &str, head: &Path) -> Result<Vec<Document>, CommandError> {
    let folder = Path::new(base);
    if !folder.is_dir() {
        return Ok(vec![Source::named(base, head).read()?]);
    }
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(FileError::at(folder))? {
        let path = entry.map_err(FileError::at(folder))?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if ["json", "yaml", "yml"].contains(&ending) {
            documents.push(Source::File { name: path.display().to_string(), path }.read()?);
        }
    }
    if documents.is_empty() {
        return Err(CommandError::Misuse(format!("{base} holds no documents")));
    }
    documents.sort_by_cached_key(|document| {
        let version = orderly_compat::version(document).unwrap_or_default();
        let numbers: Vec<u64> = version.split(['.', '-', '+']).map_while(|part| part.parse().ok()).collect();
        (numbers, version)
    });
    Ok(documents)
}

/// `git show REVISION:PATH`, from the root of the repository that this workspace or the current folder is in.
fn of_git(revision: &str, path: &Path) -> Result<(String, Vec<u8>), CommandError> {
    let root = workspace_root();
    let relative = path.strip_prefix(&root).unwrap_or(path);
    let object = format!("{revision}:./{}", relative.display());
    let mut git = Command::new("git");
    if path.starts_with(&root) {
        git.current_dir(&root);
    }
    let output = git.args(["show", &object]).output().map_err(CommandError::start("git"))?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        return Err(CommandError::Misuse(format!("git:{object}: {}", reason.trim())));
    }
    Ok((format!("git:{revision}:{}", relative.display()), output.stdout))
}
