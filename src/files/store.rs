//! Where files are kept. Bytes stand under their own SM3: `ab/cd/abcd….`, so the
//! same file twice is one file, and whether a file was altered can always be seen.
//!
//! The store is any `object_store`: a local folder with every write flushed to
//! disk, later an S3-compatible service where several machines serve.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use tempfile::{NamedTempFile, TempPath};
use tokio::io::AsyncWriteExt;

use super::kind::{FileKind, agree, judge};
use super::name::display_name;
use super::refusal::{FileFault, FileRefusal, NotTaken};
use super::slot::Slot;
use crate::crypto::Hash;
use crate::crypto::suite::{Hasher, sm3};

/// Leftovers of uploads that a killed process did not clear away are removed after this time.
const LEFTOVER_AGE: Duration = Duration::from_secs(24 * 3600);

/// The exchange's files.
#[derive(Clone, Debug)]
pub struct FileStore {
    store: Arc<dyn ObjectStore>,
    incoming: PathBuf,
}

/// What the browser says of an upload.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// File name as sent.
    pub name: &'a str,
    /// Content-Type as sent.
    pub declared: Option<&'a str>,
}

/// An accepted upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// SM3 of the bytes; the file's name in the store.
    pub content: Hash,
    /// Bytes.
    pub size: u64,
    /// What it is.
    pub kind: FileKind,
    /// Its name for people.
    pub name: String,
}

impl FileStore {
    /// Opens or makes a store in this folder, and clears away what dead uploads left.
    pub fn open(root: &Path) -> Result<FileStore, FileFault> {
        let (kept, incoming) = (root.join("kept"), root.join("incoming"));
        for dir in [&kept, &incoming] {
            make_private_dir(dir).map_err(io("make folder"))?;
        }
        let store = LocalFileSystem::new_with_prefix(&kept)?.with_fsync(true);
        let files = FileStore { store: Arc::new(store), incoming };
        files.clear_leftovers().map_err(io("clear leftovers"))?;
        Ok(files)
    }

    /// Takes an upload in: counts and hashes while it streams and stops at the limit, then looks
    /// at the whole, then keeps it. Whatever fails, and also if the future is dropped, nothing of
    /// it stays behind.
    pub async fn receive<S, B, E>(&self, slot: &Slot, upload: Incoming<'_>, stream: S) -> Result<Received, NotTaken>
    where
        S: Stream<Item = Result<B, E>>,
        B: AsRef<[u8]>,
    {
        let (path, content, size) = self.spool(slot, stream).await?;
        let bytes = tokio::fs::read(&path).await.map_err(io("read upload"))?;
        let (slot, declared) = (*slot, upload.declared.map(str::to_owned));
        let given = upload.name.to_owned();
        let judged = tokio::task::spawn_blocking(move || {
            let kind = judge(&bytes, &slot)?;
            let name = display_name(&given, kind)?;
            agree(kind, &name, declared.as_deref())?;
            Ok::<_, FileRefusal>((kind, name, bytes))
        });
        let (kind, name, bytes) = judged.await.map_err(|e| io("judge upload")(std::io::Error::other(e)))??;
        self.store.put(&key(&content), PutPayload::from(bytes)).await.map_err(FileFault::from)?;
        drop(path);
        Ok(Received { content, size, kind, name })
    }

    /// Writes the stream to a file that removes itself when its path is dropped.
    async fn spool<S, B, E>(&self, slot: &Slot, stream: S) -> Result<(TempPath, Hash, u64), NotTaken>
    where
        S: Stream<Item = Result<B, E>>,
        B: AsRef<[u8]>,
    {
        let (file, path) = NamedTempFile::new_in(&self.incoming).map_err(io("make upload file"))?.into_parts();
        let mut file = tokio::fs::File::from_std(file);
        let (mut hasher, mut size) = (Hasher::new(), 0u64);
        let mut stream = std::pin::pin!(stream);
        while let Some(piece) = stream.next().await {
            let Ok(piece) = piece else { return Err(FileRefusal::Interrupted.into()) };
            let piece = piece.as_ref();
            size += piece.len() as u64;
            if size > slot.max_bytes {
                return Err(FileRefusal::TooBig(slot.max_bytes).into());
            }
            hasher.update(piece);
            file.write_all(piece).await.map_err(io("write upload"))?;
        }
        file.flush().await.map_err(io("write upload"))?;
        if size == 0 { Err(FileRefusal::Empty.into()) } else { Ok((path, hasher.finish(), size)) }
    }

    /// Keeps bytes the exchange made itself (papers, exports). Blocking; for acts.
    pub fn put(&self, bytes: &[u8]) -> Result<Hash, FileFault> {
        let content = sm3(&[bytes]);
        wait(self.store.put(&key(&content), PutPayload::from(bytes.to_vec())))?;
        Ok(content)
    }

    /// The bytes of a kept file, or `None`. Blocking; for acts and papers. Bytes that do not give
    /// the hash are a fault, never returned.
    pub fn get(&self, content: &Hash) -> Result<Option<Vec<u8>>, FileFault> {
        let found = wait(async { self.store.get(&key(content)).await?.bytes().await });
        match found {
            Ok(bytes) if sm3(&[&bytes]) == *content => Ok(Some(bytes.to_vec())),
            Ok(_) => Err(FileFault::Altered(*content)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// [`Self::get`] without blocking, for downloads.
    pub async fn fetch(&self, content: Hash) -> Result<Option<Vec<u8>>, FileFault> {
        let own = self.clone();
        let got = tokio::task::spawn_blocking(move || own.get(&content)).await;
        got.map_err(|e| io("read file")(std::io::Error::other(e)))?
    }

    /// Removes a kept file. The caller has made sure that no document refers to it any more; a
    /// file that is not there is no fault. Blocking.
    pub fn remove(&self, content: &Hash) -> Result<(), FileFault> {
        match wait(self.store.delete(&key(content))) {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(e) => Err(e.into()),
        }
    }

    /// All kept files with their sizes, for backup and verification, in order of hash. Blocking.
    pub fn list(&self) -> Result<Vec<(Hash, u64)>, FileFault> {
        let all: Vec<_> = wait(self.store.list(None).try_collect())?;
        let named = |m: object_store::ObjectMeta| Some((m.location.filename()?.parse().ok()?, m.size));
        let mut all: Vec<(Hash, u64)> = all.into_iter().filter_map(named).collect();
        all.sort_unstable();
        Ok(all)
    }

    /// Age is taken from the file system's own clock: that of a file made just now.
    fn clear_leftovers(&self) -> std::io::Result<()> {
        let now = NamedTempFile::new_in(&self.incoming)?.as_file().metadata()?.modified()?;
        for entry in std::fs::read_dir(&self.incoming)? {
            let entry = entry?;
            let age = entry.metadata().and_then(|m| m.modified()).map(|t| now.duration_since(t));
            if matches!(age, Ok(Ok(age)) if age > LEFTOVER_AGE) {
                match std::fs::remove_file(entry.path()) {
                    // Another process was quicker.
                    Err(e) if e.kind() == ErrorKind::NotFound => {}
                    done => done?,
                }
            }
        }
        Ok(())
    }
}

/// `ab/cd/abcd…`: two levels keep folders small.
fn key(content: &Hash) -> Key {
    let hex = content.hex();
    Key::from_iter([&hex[..2], &hex[2..4], &hex])
}

fn io(what: &'static str) -> impl FnOnce(std::io::Error) -> FileFault {
    move |source| FileFault::Io { what, source }
}

impl From<std::io::Error> for NotTaken {
    fn from(source: std::io::Error) -> NotTaken {
        NotTaken::Fault(FileFault::Io { what: "upload", source })
    }
}

fn make_private_dir(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

/// Runs a store call to its end on this thread. Works in a blocking pool of the server and in a
/// command without one.
fn wait<F: Future>(call: F) -> F::Output {
    futures_executor::block_on(call)
}
