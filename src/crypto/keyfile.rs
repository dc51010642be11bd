//! Key files on disk: one folder outside `--data`, readable by the service's own
//! user only.

use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::fault::{CryptoFault, Result, random};
use super::sign::generate_pkcs8_pem;

/// What a key is for. The inventory of keys in docs/operating lists exactly these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPurpose {
    /// Seals personal and secret columns.
    Seal,
    /// Makes look-up values of sealed IDs.
    Lookup,
    /// Form tokens, cookies and one-time codes.
    Web,
    /// Pepper of passwords.
    Pepper,
    /// Check codes and commitments of certificates and journal.
    Check,
    /// Signs tree heads.
    Journal,
    /// Signs certificates.
    Certificate,
    /// Signs bid receipts.
    Receipt,
}

impl KeyPurpose {
    /// Every key there is.
    pub const ALL: [KeyPurpose; 8] = [
        KeyPurpose::Seal,
        KeyPurpose::Lookup,
        KeyPurpose::Web,
        KeyPurpose::Pepper,
        KeyPurpose::Check,
        KeyPurpose::Journal,
        KeyPurpose::Certificate,
        KeyPurpose::Receipt,
    ];

    /// Its file in the key folder.
    pub const fn file(self) -> &'static str {
        match self {
            KeyPurpose::Seal => "seal.key",
            KeyPurpose::Lookup => "lookup.key",
            KeyPurpose::Web => "web.key",
            KeyPurpose::Pepper => "pepper.key",
            KeyPurpose::Check => "check.key",
            KeyPurpose::Journal => "journal.pem",
            KeyPurpose::Certificate => "certificate.pem",
            KeyPurpose::Receipt => "receipt.pem",
        }
    }

    /// What it does and what its loss means, for the operator.
    pub const fn zh(self) -> &'static str {
        match self {
            KeyPurpose::Seal => "加密个人信息；丢失后已加密的内容无法恢复",
            KeyPurpose::Lookup => "证件号检索；丢失后须重建检索值",
            KeyPurpose::Web => "表单令牌与一次性验证码；丢失后用户须重新登录",
            KeyPurpose::Pepper => "登录密码；丢失后所有人须重设密码",
            KeyPurpose::Check => "鉴证书校验码；丢失后已发校验码失效",
            KeyPurpose::Journal => "日志签名（SM2）",
            KeyPurpose::Certificate => "鉴证书签名（SM2）",
            KeyPurpose::Receipt => "报价回执签名（SM2）",
        }
    }

    /// Whether it is an SM2 key pair; the others are 32 random bytes.
    pub const fn signs(self) -> bool {
        match self {
            KeyPurpose::Journal | KeyPurpose::Certificate | KeyPurpose::Receipt => true,
            KeyPurpose::Seal | KeyPurpose::Lookup | KeyPurpose::Web | KeyPurpose::Pepper | KeyPurpose::Check => false,
        }
    }
}

/// A secret of 32 bytes and its short name.
#[derive(Clone)]
pub struct NamedSecret {
    /// Eight hex digits, random.
    pub id: String,
    /// The secret.
    pub bytes: Zeroizing<[u8; 32]>,
}

impl NamedSecret {
    /// A new one.
    pub fn random() -> Result<NamedSecret> {
        Ok(NamedSecret { id: hex::encode(random::<4>()?), bytes: Zeroizing::new(random::<32>()?) })
    }

    fn line(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{} {}\n", self.id, STANDARD.encode(self.bytes.as_slice())))
    }
}

/// The first content of a new key file.
pub fn fresh(purpose: KeyPurpose) -> Result<Zeroizing<String>> {
    if purpose.signs() { generate_pkcs8_pem() } else { Ok(NamedSecret::random()?.line()) }
}

/// Reads the secrets of a `.key` file, one a line as `<id> <base64>`, oldest first.
pub fn parse_secrets(name: &str, text: &str) -> Result<Vec<NamedSecret>> {
    let secrets: Option<Vec<NamedSecret>> =
        text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(parse_line).collect();
    match secrets {
        Some(secrets) if !secrets.is_empty() => Ok(secrets),
        _ => Err(key_fault(name, "内容不是“编号 密钥”格式，请从备份恢复该文件。")),
    }
}

fn parse_line(line: &str) -> Option<NamedSecret> {
    let (id, secret) = line.split_once(' ')?;
    let bytes = Zeroizing::new(STANDARD.decode(secret.trim()).ok()?);
    let named = |bytes| NamedSecret { id: id.to_owned(), bytes: Zeroizing::new(bytes) };
    let id_ok = !id.is_empty() && id.len() <= 16 && id.bytes().all(|b| b.is_ascii_alphanumeric());
    <[u8; 32]>::try_from(bytes.as_slice()).ok().filter(|_| id_ok).map(named)
}

/// Reads a key file.
pub fn read(dir: &Path, purpose: KeyPurpose) -> Result<Zeroizing<String>> {
    let name = purpose.file();
    match fs::read_to_string(dir.join(name)) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(e) if e.kind() == ErrorKind::NotFound => {
            let dir = dir.display();
            Err(key_fault(name, &format!("在 {dir} 中不存在。全新安装会在首次启动时生成；已有数据时请从备份恢复。")))
        }
        Err(e) => Err(key_fault(name, &format!("读不出来（{e}），请检查文件权限。"))),
    }
}

/// Makes the folder (mode 0700) if it is not there.
pub fn create_dir(dir: &Path) -> Result<()> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.map_err(|e| key_fault(&dir.display().to_string(), &format!("文件夹建不了（{e}），请检查上级文件夹的权限。")))
}

/// What a key's file is called while it is written; nobody reads it.
const PART: &str = ".part";

/// Whether a folder holds nothing but what is being written, by this process or another.
pub fn is_empty(dir: &Path) -> bool {
    let Ok(mut entries) = fs::read_dir(dir) else { return true };
    entries.all(|entry| entry.is_ok_and(|e| e.file_name().to_string_lossy().ends_with(PART)))
}

/// Writes a key file that is not there yet, with mode 0600, and makes it durable. An existing
/// file is never touched: `Ok(false)`. The file is written beside its name and takes it when it is whole, so that
/// another process at its first start never reads half a key.
pub fn write_new(dir: &Path, purpose: KeyPurpose, text: &str) -> Result<bool> {
    let name = purpose.file();
    let fault = |e: std::io::Error| key_fault(name, &format!("写不进去（{e}），请检查权限和磁盘空间。"));
    // Each writer has a part of its own; the library makes it for the owner only, and removes it.
    let mut part = tempfile::Builder::new().prefix(name).suffix(PART).tempfile_in(dir).map_err(fault)?;
    part.write_all(text.as_bytes()).and_then(|()| part.as_file().sync_all()).map_err(fault)?;
    // A link is made only where nothing has the name yet.
    match fs::hard_link(part.path(), dir.join(name)) {
        Ok(()) => {}
        Err(e) if e.kind() == ErrorKind::AlreadyExists => return Ok(false),
        Err(e) => return Err(fault(e)),
    }
    part.close().map_err(fault)?;
    fs::File::open(dir).and_then(|d| d.sync_all()).map_err(fault)?;
    Ok(true)
}

/// Copies every key file into a folder that holds none of them yet, with mode 0600.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let texts = KeyPurpose::ALL.map(|purpose| read(from, purpose));
    create_dir(to)?;
    for (purpose, text) in KeyPurpose::ALL.into_iter().zip(texts) {
        if !write_new(to, purpose, &text?)? {
            return Err(key_fault(purpose.file(), "在目标文件夹里已经存在，没有覆盖。"));
        }
    }
    Ok(())
}

/// What is wrong with the folder and its files, each with what to do. `data` is the data folder,
/// in which keys must not stand: a backup of it would carry them along.
pub fn problems(dir: &Path, data: Option<&Path>) -> Vec<String> {
    let shown = dir.display();
    let Ok(meta) = fs::metadata(dir) else {
        return vec![format!(
            "密钥文件夹 {shown} 不存在，全新安装会在首次启动时生成；已有数据时请用 --keys 指定正确位置。"
        )];
    };
    let mut found = Vec::new();
    if !meta.is_dir() {
        return vec![format!("{shown} 不是文件夹，请用 --keys 指定密钥文件夹。")];
    }
    if meta.permissions().mode() & 0o077 != 0 {
        found.push(format!("密钥文件夹 {shown} 可被其他用户访问，请执行 chmod 700 {shown}。"));
    }
    if let (Ok(dir), Some(Ok(data))) = (fs::canonicalize(dir), data.map(fs::canonicalize))
        && dir.starts_with(&data)
    {
        found.push(format!("密钥文件夹 {shown} 在数据文件夹之内，请移到数据文件夹之外，再用 --keys 指定。"));
    }
    for purpose in KeyPurpose::ALL {
        found.extend(file_problem(dir, purpose));
    }
    found
}

fn file_problem(dir: &Path, purpose: KeyPurpose) -> Option<String> {
    let path = dir.join(purpose.file());
    let (shown, what) = (path.display(), purpose.zh());
    match fs::symlink_metadata(&path) {
        Err(_) => Some(format!("缺少密钥 {shown}（{what}），请从备份恢复。")),
        Ok(meta) if !meta.is_file() => Some(format!("{shown} 不是普通文件，请换成密钥文件本身。")),
        Ok(meta) if meta.permissions().mode() & 0o077 != 0 => {
            Some(format!("密钥 {shown} 可被其他用户读取，请执行 chmod 600 {shown}。"))
        }
        Ok(_) => None,
    }
}

pub(super) fn key_fault(name: &str, what: &str) -> CryptoFault {
    CryptoFault::Key { name: name.to_owned(), what: what.to_owned() }
}
