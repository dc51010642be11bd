//! Where files are kept. Each stands under the SM3 of its content: `ab/cd/abcd….`, so the
//! same file twice is one file, and whether a file was altered can always be seen. What lies
//! on the disk is sealed; an upload that still arrives has no name and goes with its process.
//!
//! The store is any `object_store`: a local folder with every write flushed to
//! disk, later an S3-compatible service where several machines serve.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

use super::kind::{FileKind, agree, judge};
use super::name::display_name;
use super::refusal::{FileFault, FileRefusal, NotTaken};
use super::sealed;
use super::slot::Slot;
use crate::crypto::Hash;
use crate::crypto::seal::{FILE_MARK_BYTES, Sealer, is_sealed_file};
use crate::crypto::suite::{Hasher, sm3};

/// The exchange's files.
#[derive(Clone, Debug)]
pub struct FileStore {
    store: Arc<dyn ObjectStore>,
    root: PathBuf,
    sealer: Option<Arc<Sealer>>,
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
    /// Opens or makes a store in this folder, sealing with this key, and clears away what dead
    /// uploads of older programs left.
    pub fn open(root: &Path, sealer: &Sealer) -> Result<FileStore, FileFault> {
        FileStore::with(root, Some(sealer))
    }

    /// The store without its key: what is there can be counted and copied, not read.
    pub fn locked(root: &Path) -> Result<FileStore, FileFault> {
        FileStore::with(root, None)
    }

    /// [`Self::open`] or [`Self::locked`], as the key is there.
    pub fn with(root: &Path, sealer: Option<&Sealer>) -> Result<FileStore, FileFault> {
        let (kept, incoming) = (root.join("kept"), root.join("incoming"));
        for dir in [&kept, &incoming] {
            make_private_dir(dir).map_err(io("make folder"))?;
        }
        let store = LocalFileSystem::new_with_prefix(&kept)?.with_fsync(true);
        let sealer = sealer.cloned().map(Arc::new);
        let files = FileStore { store: Arc::new(store), root: root.to_owned(), sealer };
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
        let (bytes, content, size) = self.spool(slot, stream).await?;
        let (slot, declared) = (*slot, upload.declared.map(str::to_owned));
        let given = upload.name.to_owned();
        let judged = tokio::task::spawn_blocking(move || {
            let kind = judge(&bytes, &slot)?;
            let name = display_name(&given, kind)?;
            agree(kind, &name, declared.as_deref())?;
            Ok::<_, FileRefusal>((kind, name, bytes))
        });
        let (kind, name, bytes) = judged.await.map_err(|e| io("judge upload")(std::io::Error::other(e)))??;
        let own = self.clone();
        let kept = tokio::task::spawn_blocking(move || own.keep(&content, &bytes)).await;
        kept.map_err(|e| io("keep upload")(std::io::Error::other(e)))??;
        Ok(Received { content, size, kind, name })
    }

    /// Writes the stream to a file without a name, which is gone when it is closed, however the
    /// process ends; gives what arrived.
    async fn spool<S, B, E>(&self, slot: &Slot, stream: S) -> Result<(Vec<u8>, Hash, u64), NotTaken>
    where
        S: Stream<Item = Result<B, E>>,
        B: AsRef<[u8]>,
    {
        let file = tempfile::tempfile_in(self.root.join("incoming")).map_err(io("make upload file"))?;
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
        if size == 0 {
            return Err(FileRefusal::Empty.into());
        }
        file.rewind().await.map_err(io("read upload"))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).await.map_err(io("read upload"))?;
        Ok((bytes, hasher.finish(), size))
    }

    fn sealer(&self, content: &Hash) -> Result<&Sealer, FileFault> {
        self.sealer.as_deref().ok_or(FileFault::Locked(*content))
    }

    fn keep(&self, content: &Hash, plain: &[u8]) -> Result<(), FileFault> {
        let sealed = sealed::seal(self.sealer(content)?, content, plain)?;
        self.keep_sealed(content, sealed)
    }

    /// Keeps a file that is sealed already, out of a backup. Blocking.
    pub fn keep_sealed(&self, content: &Hash, sealed: Vec<u8>) -> Result<(), FileFault> {
        let _going_on = self.lock(false)?;
        wait(self.store.put(&key(content), PutPayload::from(sealed)))?;
        Ok(())
    }

    /// Keeps bytes the exchange made itself (papers, exports). Blocking; for acts.
    pub fn put(&self, bytes: &[u8]) -> Result<Hash, FileFault> {
        let content = sm3(&[bytes]);
        self.keep(&content, bytes)?;
        Ok(content)
    }

    /// The bytes of a kept file, or `None`. Blocking; for acts and papers. Bytes that do not give
    /// the hash are a fault, never returned.
    pub fn get(&self, content: &Hash) -> Result<Option<Vec<u8>>, FileFault> {
        let Some(kept) = self.raw(content)? else { return Ok(None) };
        sealed::open(self.sealer.as_deref(), content, kept).map(Some)
    }

    /// A kept file as it lies on the disk, for the backup, after it was opened to see that it is
    /// whole; one that an older program left open is sealed for it. Blocking.
    pub fn get_sealed(&self, content: &Hash) -> Result<Option<Vec<u8>>, FileFault> {
        let Some(kept) = self.raw(content)? else { return Ok(None) };
        let as_it_lies = is_sealed_file(&kept).then(|| kept.clone());
        let plain = sealed::open(self.sealer.as_deref(), content, kept)?;
        match as_it_lies {
            Some(kept) => Ok(Some(kept)),
            None => sealed::seal(self.sealer(content)?, content, &plain).map(Some),
        }
    }

    fn raw(&self, content: &Hash) -> Result<Option<Vec<u8>>, FileFault> {
        match wait(async { self.store.get(&key(content)).await?.bytes().await }) {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// Seals what an older program kept open; gives how many files that were. Once all are sealed
    /// the folder says so, and the next start does not look again. Blocking.
    pub fn seal_older(&self) -> Result<u64, FileFault> {
        let note = self.root.join("sealed");
        if note.exists() {
            return Ok(0);
        }
        let mut sealed = 0;
        for content in self.list()? {
            let head = wait(self.store.get_range(&key(&content), 0..FILE_MARK_BYTES));
            // A file shorter than the mark is none of the sealed ones either.
            if head.is_ok_and(|head| is_sealed_file(&head)) {
                continue;
            }
            match self.get(&content) {
                Ok(Some(plain)) => {
                    self.keep(&content, &plain)?;
                    sealed += 1;
                }
                // The verification tells of an altered file; the start does not fail for it.
                Ok(None) | Err(FileFault::Altered(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        File::create(&note).and_then(|f| f.sync_all()).map_err(io("note that files are sealed"))?;
        Ok(sealed)
    }

    /// [`Self::get`] without blocking, for downloads.
    pub async fn fetch(&self, content: Hash) -> Result<Option<Vec<u8>>, FileFault> {
        let own = self.clone();
        let got = tokio::task::spawn_blocking(move || own.get(&content)).await;
        got.map_err(|e| io("read file")(std::io::Error::other(e)))?
    }

    /// Removes a kept file that was last kept `age` ago or longer; says whether it did. The caller
    /// has seen that no row refers to it. Whoever keeps the same content in this moment makes it
    /// young again, and no other process keeps anything while this one looks and removes. Blocking.
    pub fn remove_older(&self, content: &Hash, age: Duration) -> Result<bool, FileFault> {
        let _alone = self.lock(true)?;
        let key = key(content);
        let now = self.now().map_err(io("look at the clock"))?;
        let removed = match wait(self.store.head(&key)) {
            Ok(meta) if is_older(&meta, now, age) => wait(self.store.delete(&key)),
            Ok(_) => return Ok(false),
            Err(e) => Err(e),
        };
        match removed {
            Ok(()) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(e) => Err(e.into()),
        }
    }

    /// All kept files, for backup and verification, in order of hash. Blocking.
    pub fn list(&self) -> Result<Vec<Hash>, FileFault> {
        self.list_if(|_| true)
    }

    /// The kept files that were last kept `age` ago or longer. Blocking.
    pub fn list_older(&self, age: Duration) -> Result<Vec<Hash>, FileFault> {
        let now = self.now().map_err(io("look at the clock"))?;
        self.list_if(|meta| is_older(meta, now, age))
    }

    fn list_if(&self, wanted: impl Fn(&ObjectMeta) -> bool) -> Result<Vec<Hash>, FileFault> {
        let all: Vec<ObjectMeta> = wait(self.store.list(None).try_collect())?;
        let named = |m: &ObjectMeta| m.location.filename()?.parse().ok();
        let mut all: Vec<Hash> = all.iter().filter(|m| wanted(m)).filter_map(named).collect();
        all.sort_unstable();
        Ok(all)
    }

    /// Held shared by who keeps a file and alone by who removes one, across processes.
    fn lock(&self, alone: bool) -> Result<File, FileFault> {
        let open = || {
            let file = File::options().write(true).create(true).truncate(false).open(self.root.join("lock"))?;
            if alone {
                file.lock()?
            } else {
                file.lock_shared()?
            }
            Ok(file)
        };
        open().map_err(io("lock the files"))
    }

    /// The file system's own clock: when a file made just now was made.
    fn now(&self) -> std::io::Result<SystemTime> {
        tempfile::tempfile_in(self.root.join("incoming"))?.metadata()?.modified()
    }

    /// Uploads of this program have no name here; older ones left theirs when they were killed.
    fn clear_leftovers(&self) -> std::io::Result<()> {
        for entry in std::fs::read_dir(self.root.join("incoming"))? {
            match std::fs::remove_file(entry?.path()) {
                // Another process was quicker.
                Err(e) if e.kind() == ErrorKind::NotFound => {}
                done => done?,
            }
        }
        Ok(())
    }
}

fn is_older(meta: &ObjectMeta, now: SystemTime, age: Duration) -> bool {
    now.duration_since(meta.last_modified.into()).is_ok_and(|since| since >= age)
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
