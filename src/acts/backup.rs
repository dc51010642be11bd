//! Backup and restore: every table, every kept file and the public keys in one folder, with a
//! manifest of hashes. The form is the same for both engines. Private keys are never in it.
//!
//! ```text
//! manifest.json            what there is, with sizes and hashes
//! public-keys.json
//! database/TABLE.jsonl     one row a line, a JSON array in the order of the manifest's columns
//! files/ab/cd/abcd…        kept files, sealed, under the SM3 of their content
//! ```

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::crypto::keys::PublicBundle;
use crate::crypto::suite::{Hash, Hasher};
use crate::domain::base::Instant;
use crate::files::FileStore;
use crate::store::dump::{self, Table};
use crate::store::{Fault, Read, SchemaState, Store, journal, schema_state};

/// The manifest's file name.
pub const MANIFEST: &str = "manifest.json";
/// The backup's format.
pub const FORMAT: &str = "nongquan.backup.v2";
/// Rows read at once.
const PAGE: u64 = 2_000;

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// When it was made.
    pub made_at: String,
    /// The program's version.
    pub program: String,
    /// The schema's version.
    pub schema: String,
    /// Leaves of the journal in it.
    pub journal_size: u64,
    /// Root over them.
    pub journal_root: Hash,
    /// Tables with columns and rows.
    pub tables: Vec<Rows>,
    /// Every file of the backup but this one.
    pub files: Vec<Entry>,
}

/// A table in the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// Its name.
    pub table: String,
    /// Its columns, in the order of the rows' values.
    pub columns: Vec<String>,
    /// How many rows.
    pub rows: u64,
}

/// A file in the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Path below the backup's folder.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// SM3 of the bytes.
    pub sm3: Hash,
}

fn cannot(path: &Path) -> impl FnOnce(std::io::Error) -> Fault + '_ {
    move |e| Fault::Files(format!("{}：{e}", path.display()))
}

/// A folder that is not there yet or has nothing in it.
pub fn is_free(dir: &Path) -> bool {
    match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(e) => e.kind() == std::io::ErrorKind::NotFound,
    }
}

/// Writes a backup into the folder `to`, which must be free. The service may go on meanwhile: the
/// tables are read from one state of the database, and a kept file never changes.
///
/// # Errors
/// The folder is in use, or something cannot be read or written.
pub fn make(
    store: &Store,
    files: Option<&FileStore>,
    public: &PublicBundle,
    to: &Path,
    now: Instant,
) -> Result<Manifest, Fault> {
    if !is_free(to) {
        return Err(Fault::Setup(format!("文件夹 {} 不是空的，备份不会覆盖已有内容。请另选一个。", to.display())));
    }
    let SchemaState::Current(schema) = schema_state(store)? else {
        return Err(Fault::Setup("数据库不是本程序的结构，请用同一版本的程序备份。".into()));
    };
    let database = to.join("database");
    fs::create_dir_all(&database).map_err(cannot(&database))?;
    let mut entries = Vec::new();
    let (tables, head) = store.snapshot(|db| {
        let mut tables = Vec::new();
        for table in dump::tables(db)? {
            let (rows, entry) = write_table(db, &table, to)?;
            let columns = table.names().into_iter().map(str::to_owned).collect();
            tables.push(Rows { table: table.name.to_owned(), columns, rows });
            entries.push(entry);
        }
        Ok((tables, journal::frontier(db)?))
    })?;
    if let Some(files) = files {
        write_files(files, to, &mut entries)?;
    }
    let keys = serde_json::to_vec_pretty(public).map_err(|e| Fault::Files(e.to_string()))?;
    entries.push(write(to, PublicBundle::FILE, |out| out.write_all(&keys))?);
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        made_at: now.rfc3339(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema,
        journal_size: head.size(),
        journal_root: head.root(),
        tables,
        files: entries,
    };
    let text = serde_json::to_vec_pretty(&manifest).map_err(|e| Fault::Files(e.to_string()))?;
    write(to, MANIFEST, |out| out.write_all(&text))?;
    Ok(manifest)
}

/// SM3 of the manifest's bytes: whoever notes it elsewhere can tell the backup from another.
pub fn manifest_hash(dir: &Path) -> Result<Hash, Fault> {
    Ok(hash_of(&dir.join(MANIFEST))?.1)
}

/// Writes a file through a hash and to the disk.
fn write(to: &Path, path: &str, fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<Entry, Fault> {
    let full = to.join(path);
    if let Some(parent) = full.parent() {
        fs::create_dir_all(parent).map_err(cannot(parent))?;
    }
    let file = File::create_new(&full).map_err(cannot(&full))?;
    let mut out = Hashed { inner: BufWriter::new(file), hasher: Hasher::new(), size: 0 };
    let done = fill(&mut out).and_then(|()| out.inner.flush()).and_then(|()| out.inner.get_ref().sync_all());
    done.map_err(cannot(&full))?;
    Ok(Entry { path: path.to_owned(), size: out.size, sm3: out.hasher.finish() })
}

struct Hashed<W: Write> {
    inner: W,
    hasher: Hasher,
    size: u64,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..n]);
        self.size += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

fn write_table(db: &mut impl Read, table: &Table, to: &Path) -> Result<(u64, Entry), Fault> {
    let (mut written, mut broken) = (0u64, None);
    let entry = write(to, &table_path(table.name), |out| {
        loop {
            let page = match dump::rows(db, table, written, PAGE) {
                Ok(page) => page,
                Err(fault) => {
                    broken = Some(fault);
                    return Ok(());
                }
            };
            for row in &page {
                out.write_all(row.as_bytes())?;
                out.write_all(b"\n")?;
            }
            written += page.len() as u64;
            if (page.len() as u64) < PAGE {
                return Ok(());
            }
        }
    })?;
    match broken {
        Some(fault) => Err(fault),
        None => Ok((written, entry)),
    }
}

fn table_path(table: &str) -> String {
    format!("database/{table}.jsonl")
}

fn write_files(files: &FileStore, to: &Path, entries: &mut Vec<Entry>) -> Result<(), Fault> {
    let fault = |e: crate::files::FileFault| Fault::Files(e.to_string());
    for hash in files.list().map_err(fault)? {
        // A file that was removed since the list was made belongs to no document.
        let Some(bytes) = files.get_sealed(&hash).map_err(fault)? else { continue };
        let hex = hash.hex();
        let path = format!("files/{}/{}/{hex}", &hex[..2], &hex[2..4]);
        entries.push(write(to, &path, |out| out.write_all(&bytes))?);
    }
    Ok(())
}

fn hash_of(path: &Path) -> Result<(u64, Hash), Fault> {
    let mut file = File::open(path).map_err(cannot(path))?;
    let (mut hasher, mut size, mut buffer) = (Hasher::new(), 0u64, vec![0u8; 1 << 16]);
    loop {
        let n = file.read(&mut buffer).map_err(cannot(path))?;
        if n == 0 {
            return Ok((size, hasher.finish()));
        }
        size += n as u64;
        hasher.update(&buffer[..n]);
    }
}

/// Reads a backup's manifest and holds every file against it.
///
/// # Errors
/// Names the first file that is missing or differs.
pub fn check(from: &Path) -> Result<Manifest, Fault> {
    let path = from.join(MANIFEST);
    let text = fs::read_to_string(&path)
        .map_err(|e| Fault::Setup(format!("{} 不是备份：读不到清单 {MANIFEST}（{e}）。", from.display())))?;
    let manifest: Manifest = serde_json::from_str(&text)
        .map_err(|e| Fault::Setup(format!("备份清单 {} 读不懂（{e}）。", path.display())))?;
    if manifest.format != FORMAT {
        return Err(Fault::Setup(format!("备份的格式是 {}，本程序只认 {FORMAT}。", manifest.format)));
    }
    for entry in &manifest.files {
        let path = safe(from, &entry.path)?;
        let differs =
            || Fault::Setup(format!("备份文件 {} 与清单不符，备份不完整或被改动过，没有恢复任何内容。", entry.path));
        let (size, hash) = hash_of(&path).map_err(|_| differs())?;
        if size != entry.size || hash != entry.sm3 {
            return Err(differs());
        }
    }
    Ok(manifest)
}

/// The path of a manifest's entry, which may not lead out of the backup.
fn safe(from: &Path, path: &str) -> Result<PathBuf, Fault> {
    let plain = path.split('/').all(|part| !part.is_empty() && part != "." && part != "..") && !path.contains('\\');
    if plain { Ok(from.join(path)) } else { Err(Fault::Setup(format!("备份清单里的路径 {path} 不合规。"))) }
}

/// Puts a checked backup's rows into an empty database of the same schema, in one transaction.
pub fn load_rows(from: &Path, manifest: &Manifest, store: &Store) -> Result<u64, Fault> {
    match schema_state(store)? {
        SchemaState::Current(version) if version == manifest.schema => {}
        _ => {
            return Err(Fault::Setup(format!(
                "备份的数据库结构是 {}，与本程序不同。请用版本 {} 的程序恢复，再升级。",
                manifest.schema, manifest.program
            )));
        }
    }
    let loaded = store.write(|tx| {
        tx.prepare_restore()?;
        let mut total = 0;
        for table in tx.tables()? {
            let told = manifest.tables.iter().find(|t| t.table == table.name);
            if told.is_none_or(|t| t.columns != table.names()) {
                return Err(Fault::Setup(format!("备份里表 {} 的列与本程序不同。", table.name)).into());
            }
            let path = from.join(table_path(table.name));
            let file = BufReader::new(File::open(&path).map_err(cannot(&path))?);
            for row in file.lines() {
                tx.restore_row(&table, &row.map_err(cannot(&path))?)?;
                total += 1;
            }
        }
        Ok(total)
    });
    loaded.map_err(|stop| match stop {
        crate::store::Stop::Fault(fault) => fault,
        crate::store::Stop::Refused(refusal) => Fault::Setup(refusal.to_string()),
    })
}

/// Puts a checked backup's files, sealed as they are, and public keys into a data folder.
pub fn load_files(from: &Path, manifest: &Manifest, data: &Path) -> Result<u64, Fault> {
    let files = FileStore::locked(&data.join("files")).map_err(|e| Fault::Files(e.to_string()))?;
    let mut total = 0;
    for entry in &manifest.files {
        let path = safe(from, &entry.path)?;
        let bytes = || fs::read(&path).map_err(cannot(&path));
        if let Some(name) = entry.path.strip_prefix("files/") {
            let content = name.rsplit('/').next().and_then(|hex| hex.parse().ok());
            let content = content.ok_or_else(|| Fault::Setup(format!("备份清单里的路径 {} 不合规。", entry.path)))?;
            files.keep_sealed(&content, bytes()?).map_err(|e| Fault::Files(e.to_string()))?;
            total += 1;
        } else if entry.path == PublicBundle::FILE {
            let target = data.join(PublicBundle::FILE);
            fs::write(&target, bytes()?).map_err(cannot(&target))?;
        }
    }
    Ok(total)
}
