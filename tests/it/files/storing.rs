//! Streaming in, keeping, giving back.

use std::io::Error;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use futures_util::stream;
use nongquan::crypto::seal::Sealer;
use nongquan::crypto::{Keys, Suite, sm3};
use nongquan::files::{FileFault, FileKind, FileRefusal, FileStore, Incoming, NotTaken, Received, Slot};
use tempfile::{TempDir, tempdir};

use super::samples::{jpeg, pdf};

const PAPER: Incoming<'_> = Incoming { name: "承包合同.pdf", declared: Some("application/pdf") };

/// The key of every store of this file's tests: one a run, so that a folder can be opened twice.
fn sealer() -> Sealer {
    static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::ephemeral(Suite::Intl).unwrap());
    KEYS.sealer().clone()
}

/// The names of the kept files; beside them stands the lock that keeps sweeping apart.
fn kept_below(dir: &Path) -> Vec<String> {
    let mut files = files_below(dir);
    files.retain(|f| !f.ends_with("/lock"));
    files
}

fn store() -> (TempDir, FileStore) {
    let dir = tempdir().unwrap();
    let store = FileStore::open(dir.path(), &sealer()).unwrap();
    (dir, store)
}

async fn receive(store: &FileStore, slot: &Slot, upload: Incoming<'_>, bytes: &[u8]) -> Result<Received, NotTaken> {
    let pieces = bytes.chunks(7).map(|c| Ok::<_, Error>(c.to_vec())).collect::<Vec<_>>();
    store.receive(slot, upload, stream::iter(pieces)).await
}

fn refusal(result: Result<Received, NotTaken>) -> FileRefusal {
    match result {
        Err(NotTaken::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn files_below(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path.display().to_string()) }
    }
    found
}

#[tokio::test]
async fn an_upload_is_kept_under_its_hash() {
    let (dir, store) = store();
    let got = receive(&store, &Slot::PAPER, PAPER, &pdf()).await.unwrap();
    assert_eq!(
        got,
        Received {
            content: sm3(&[&pdf()]),
            size: pdf().len() as u64,
            kind: FileKind::Pdf,
            name: "承包合同.pdf".into()
        }
    );
    let hex = got.content.hex();
    let files = kept_below(dir.path());
    assert_eq!(files.len(), 1);
    assert!(files[0].ends_with(&format!("kept/{}/{}/{hex}", &hex[..2], &hex[2..4])), "{files:?}");
    assert_eq!(store.fetch(got.content).await.unwrap().unwrap(), pdf());
    // The same file again is the same file.
    assert_eq!(receive(&store, &Slot::PAPER, PAPER, &pdf()).await.unwrap(), got);
    assert_eq!(kept_below(dir.path()).len(), 1);
}

#[tokio::test]
async fn s047_an_endless_upload_stops_at_the_limit() {
    let (dir, store) = store();
    let mut sent = 0u64;
    let endless = stream::repeat_with(|| {
        sent += 1 << 16;
        Ok::<_, Error>(vec![b'x'; 1 << 16])
    });
    let slot = Slot::PAPER.with_max_bytes(1 << 20);
    let refused = refusal(store.receive(&slot, PAPER, endless).await);
    assert_eq!(refused, FileRefusal::TooBig(1 << 20));
    assert!(refused.zh().contains("1 MB"));
    assert_eq!(sent, (1 << 20) + (1 << 16), "reading stopped with the first piece too many");
    assert_eq!(kept_below(dir.path()), Vec::<String>::new());
}

#[tokio::test]
async fn nothing_stays_of_what_is_refused() {
    let (dir, store) = store();
    let broken = stream::iter(vec![Ok(pdf()), Err(Error::other("connection reset"))]);
    assert_eq!(refusal(store.receive(&Slot::PAPER, PAPER, broken).await), FileRefusal::Interrupted);
    let cut = &pdf()[..60];
    assert_eq!(refusal(receive(&store, &Slot::PAPER, PAPER, cut).await), FileRefusal::CutOff(FileKind::Pdf));
    assert_eq!(refusal(receive(&store, &Slot::PAPER, PAPER, b"").await), FileRefusal::Empty);
    assert_eq!(refusal(receive(&store, &Slot::PAPER, PAPER, &jpeg(4, 4)).await).code(), "FILE_MISMATCH");
    assert_eq!(refusal(receive(&store, &Slot::STATEMENT, PAPER, &pdf()).await).code(), "FILE_WRONG_KIND");
    let nameless = Incoming { name: "..", declared: None };
    assert_eq!(refusal(receive(&store, &Slot::PAPER, nameless, &pdf()).await), FileRefusal::BadName);
    assert_eq!(kept_below(dir.path()), Vec::<String>::new());
}

#[tokio::test]
async fn nothing_stays_when_the_browser_goes_away() {
    let (dir, store) = store();
    let stuck = Box::pin(futures_util::StreamExt::chain(stream::iter([Ok::<_, Error>(pdf())]), stream::pending()));
    let upload = store.receive(&Slot::PAPER, PAPER, stuck);
    let waited = tokio::time::timeout(std::time::Duration::from_millis(100), upload).await;
    assert!(waited.is_err(), "the upload ended by itself");
    assert_eq!(kept_below(dir.path()), Vec::<String>::new());
}

#[test]
fn acts_keep_and_read_without_a_runtime() {
    let (_dir, store) = store();
    let (one, two) = (store.put(b"one").unwrap(), store.put(b"two").unwrap());
    assert_eq!(store.put(b"one").unwrap(), one);
    assert_eq!(store.get(&one).unwrap().unwrap(), b"one");
    let mut expected = vec![one, two];
    expected.sort_unstable();
    assert_eq!(store.list().unwrap(), expected);
    assert!(!store.remove_older(&one, Duration::from_secs(60)).unwrap(), "it is young");
    assert_eq!(store.list_older(Duration::from_secs(60)).unwrap(), []);
    assert!(store.remove_older(&one, Duration::ZERO).unwrap());
    assert!(!store.remove_older(&one, Duration::ZERO).unwrap(), "it is gone already");
    assert_eq!(store.get(&one).unwrap(), None);
    assert_eq!(store.list().unwrap(), [two]);
}

#[tokio::test(flavor = "multi_thread")]
async fn acts_keep_and_read_in_a_blocking_pool() {
    let (_dir, store) = store();
    let own = store.clone();
    let content = tokio::task::spawn_blocking(move || own.put(b"paper").unwrap()).await.unwrap();
    assert_eq!(store.fetch(content).await.unwrap().unwrap(), b"paper");
}

#[test]
fn t02_an_altered_file_is_a_fault_and_never_given_out() {
    let (dir, store) = store();
    let content = store.put(b"the contract").unwrap();
    let path = kept_below(dir.path()).remove(0);
    std::fs::write(&path, b"another contract").unwrap();
    let fault = store.get(&content).unwrap_err();
    assert!(matches!(fault, FileFault::Altered(hash) if hash == content), "{fault}");
    // Storing the right bytes again mends it.
    store.put(b"the contract").unwrap();
    assert_eq!(store.get(&content).unwrap().unwrap(), b"the contract");
}

#[test]
fn what_lies_on_the_disk_is_sealed_and_bound_to_its_name() {
    let (dir, store) = store();
    let (one, two) = (store.put(b"ID 431127197001011234").unwrap(), store.put(b"another paper").unwrap());
    let path = |hash: &nongquan::crypto::Hash| {
        let hex = hash.hex();
        dir.path().join("kept").join(&hex[..2]).join(&hex[2..4]).join(&hex)
    };
    let lies = std::fs::read(path(&one)).unwrap();
    assert!(!lies.windows(6).any(|w| w == b"431127"), "the number is not there to read");
    // Another file's sealed bytes under this name do not open, nor does one changed byte.
    std::fs::copy(path(&two), path(&one)).unwrap();
    assert!(matches!(store.get(&one), Err(FileFault::Altered(_))));
    let mut changed = lies.clone();
    *changed.last_mut().unwrap() ^= 1;
    std::fs::write(path(&one), &changed).unwrap();
    assert!(matches!(store.get(&one), Err(FileFault::Altered(_))));
    std::fs::write(path(&one), &lies).unwrap();
    assert_eq!(store.get(&one).unwrap().unwrap(), b"ID 431127197001011234");
    // Without the key it can be counted; with another key it says whose fault that is.
    let locked = FileStore::locked(dir.path()).unwrap();
    assert_eq!(locked.list().unwrap().len(), 2);
    assert!(matches!(locked.get(&one), Err(FileFault::Locked(_))));
    assert!(matches!(locked.put(b"x"), Err(FileFault::Locked(_))));
    let other = FileStore::open(dir.path(), Keys::ephemeral(Suite::Intl).unwrap().sealer()).unwrap();
    assert!(matches!(other.get(&one), Err(FileFault::Seal(_))));
}

#[test]
fn what_an_older_program_kept_open_is_sealed_at_the_next_start() {
    let (dir, store) = store();
    let plain = b"an old scan".to_vec();
    let (content, hex) = (sm3(&[&plain]), sm3(&[&plain]).hex());
    let path = dir.path().join("kept").join(&hex[..2]).join(&hex[2..4]).join(&hex);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, &plain).unwrap();
    store.put(b"a new one").unwrap();
    assert_eq!(store.get(&content).unwrap().unwrap(), plain, "it still opens");
    assert_ne!(store.get_sealed(&content).unwrap().unwrap(), plain, "a backup carries it sealed");
    assert_eq!(store.seal_older().unwrap(), 1);
    assert_ne!(std::fs::read(&path).unwrap(), plain);
    assert_eq!(store.get(&content).unwrap().unwrap(), plain);
    assert_eq!(store.seal_older().unwrap(), 0, "once");
}

#[test]
fn leftovers_of_a_killed_process_go_at_the_next_start() {
    let (dir, store) = store();
    drop(store);
    let left = dir.path().join("incoming/.tmpx");
    std::fs::write(&left, b"x").unwrap();
    FileStore::open(dir.path(), &sealer()).unwrap();
    assert!(!left.exists());
}

#[test]
fn an_unwritable_folder_is_told_at_once() {
    let dir = tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, b"x").unwrap();
    let fault = FileStore::open(&file, &sealer()).unwrap_err().to_string();
    assert!(fault.starts_with("make folder"), "{fault}");
}

#[tokio::test]
async fn f03_a_full_disk_is_a_fault_not_a_refusal() {
    let (dir, store) = store();
    // A file in the place of the folder stands for every write that fails.
    std::fs::remove_dir(dir.path().join("incoming")).unwrap();
    std::fs::write(dir.path().join("incoming"), b"").unwrap();
    let result = receive(&store, &Slot::PAPER, PAPER, &pdf()).await;
    assert!(matches!(result, Err(NotTaken::Fault(_))), "{result:?}");
}

#[tokio::test]
async fn uploads_are_private_to_the_service() {
    use std::os::unix::fs::PermissionsExt;
    let (dir, store) = store();
    receive(&store, &Slot::PAPER, PAPER, &pdf()).await.unwrap();
    for name in ["kept", "incoming"] {
        let mode = std::fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
    let read = std::fs::read(kept_below(dir.path()).remove(0)).unwrap();
    assert!(!read.windows(4).any(|w| w == b"%PDF"), "what lies there is sealed");
}
