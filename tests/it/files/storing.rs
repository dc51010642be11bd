//! Streaming in, keeping, giving back.

use std::io::{Error, Read};
use std::path::Path;

use futures_util::stream;
use nongquan::crypto::sm3;
use nongquan::files::{FileFault, FileKind, FileRefusal, FileStore, Incoming, NotTaken, Received, Slot};
use tempfile::{TempDir, tempdir};

use super::samples::{jpeg, pdf};

const PAPER: Incoming<'_> = Incoming { name: "承包合同.pdf", declared: Some("application/pdf") };

fn store() -> (TempDir, FileStore) {
    let dir = tempdir().unwrap();
    let store = FileStore::open(dir.path()).unwrap();
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
    let files = files_below(dir.path());
    assert_eq!(files.len(), 1);
    assert!(files[0].ends_with(&format!("kept/{}/{}/{hex}", &hex[..2], &hex[2..4])), "{files:?}");
    assert_eq!(store.fetch(got.content).await.unwrap().unwrap(), pdf());
    // The same file again is the same file.
    assert_eq!(receive(&store, &Slot::PAPER, PAPER, &pdf()).await.unwrap(), got);
    assert_eq!(files_below(dir.path()).len(), 1);
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
    assert_eq!(files_below(dir.path()), Vec::<String>::new());
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
    assert_eq!(files_below(dir.path()), Vec::<String>::new());
}

#[tokio::test]
async fn nothing_stays_when_the_browser_goes_away() {
    let (dir, store) = store();
    let stuck = Box::pin(futures_util::StreamExt::chain(stream::iter([Ok::<_, Error>(pdf())]), stream::pending()));
    let upload = store.receive(&Slot::PAPER, PAPER, stuck);
    let waited = tokio::time::timeout(std::time::Duration::from_millis(100), upload).await;
    assert!(waited.is_err(), "the upload ended by itself");
    assert_eq!(files_below(dir.path()), Vec::<String>::new());
}

#[test]
fn acts_keep_and_read_without_a_runtime() {
    let (_dir, store) = store();
    let (one, two) = (store.put(b"one").unwrap(), store.put(b"two").unwrap());
    assert_eq!(store.put(b"one").unwrap(), one);
    assert_eq!(store.get(&one).unwrap().unwrap(), b"one");
    let mut expected = vec![(one, 3), (two, 3)];
    expected.sort_unstable();
    assert_eq!(store.list().unwrap(), expected);
    store.remove(&one).unwrap();
    store.remove(&one).unwrap();
    assert_eq!(store.get(&one).unwrap(), None);
    assert_eq!(store.list().unwrap(), [(two, 3)]);
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
    let path = files_below(dir.path()).remove(0);
    std::fs::write(&path, b"another contract").unwrap();
    let fault = store.get(&content).unwrap_err();
    assert!(matches!(fault, FileFault::Altered(hash) if hash == content), "{fault}");
    // Storing the right bytes again mends it.
    store.put(b"the contract").unwrap();
    assert_eq!(store.get(&content).unwrap().unwrap(), b"the contract");
}

#[test]
fn leftovers_of_a_killed_process_go_after_a_day() {
    let (dir, store) = store();
    drop(store);
    let incoming = dir.path().join("incoming");
    let (old, young) = (incoming.join("old"), incoming.join("young"));
    std::fs::write(&young, b"x").unwrap();
    std::fs::write(&old, b"x").unwrap();
    let written = std::fs::metadata(&old).unwrap().modified().unwrap();
    let file = std::fs::File::options().write(true).open(&old).unwrap();
    file.set_modified(written - std::time::Duration::from_secs(25 * 3600)).unwrap();
    FileStore::open(dir.path()).unwrap();
    assert!(young.exists() && !old.exists());
}

#[test]
fn an_unwritable_folder_is_told_at_once() {
    let dir = tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, b"x").unwrap();
    let fault = FileStore::open(&file).unwrap_err().to_string();
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
    let mut read = Vec::new();
    std::fs::File::open(files_below(dir.path()).remove(0)).unwrap().read_to_end(&mut read).unwrap();
    assert_eq!(read, pdf());
}
