//! Sealing of personal and auction-secret columns (architecture 7, checklist
//! S094): authenticated encryption bound to the row, and keyed look-up values.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, AesGcm};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sm4::Sm4;
use zeroize::Zeroizing;

use super::fault::{CryptoFault, Result, random};
use super::mac::MacKey;
use super::suite::Suite;

/// SM4 in Galois/counter mode with a 96-bit nonce, the construction of RFC 8998 section 3.
pub type Sm4Gcm = AesGcm<Sm4, aes_gcm::aead::consts::U12>;

const VERSION: &str = "v1";
/// What a sealed file begins with.
const FILE_MARK: &str = "nongquan.sealed.v1 ";

/// Whether these bytes, or the beginning of a file, are those of a sealed file.
pub fn is_sealed_file(bytes: &[u8]) -> bool {
    bytes.starts_with(FILE_MARK.as_bytes())
}

/// How many bytes [`is_sealed_file`] needs to see.
pub const FILE_MARK_BYTES: u64 = FILE_MARK.len() as u64;

/// Where a sealed value stands. A blob moved to another table, column or row does not open.
#[derive(Clone, Copy, Debug)]
pub struct Aad<'a> {
    /// Table name.
    pub table: &'a str,
    /// Column name.
    pub column: &'a str,
    /// Id of the row.
    pub row: &'a str,
}

/// A master key and its public name.
#[derive(Clone)]
pub struct SealKey {
    /// Short name that stands in every blob sealed with it.
    pub id: String,
    /// The secret.
    pub master: Zeroizing<[u8; 32]>,
}

/// Seals with the newest key and opens with every key it knows, in either suite.
#[derive(Clone)]
pub struct Sealer {
    suite: Suite,
    current: SealKey,
    older: Vec<SealKey>,
    lookup: MacKey,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sealer").field("suite", &self.suite).field("key", &self.current.id).finish_non_exhaustive()
    }
}

impl Sealer {
    /// With the newest key, older ones that still open blobs, and the look-up key.
    pub fn new(suite: Suite, current: SealKey, older: Vec<SealKey>, lookup: MacKey) -> Sealer {
        Sealer { suite, current, older, lookup }
    }

    /// Seals `plain` for this place: `v1.<suite>.<key id>.<nonce>.<ciphertext and tag>`.
    pub fn seal(&self, aad: &Aad<'_>, plain: &[u8]) -> Result<String> {
        let nonce = random::<12>()?;
        let data = associated(self.suite, &self.current.id, aad);
        let ct = encrypt(self.suite, &self.current.master, &nonce, &data, plain)?;
        let (suite, id) = (self.suite.code(), &self.current.id);
        Ok(format!("{VERSION}.{suite}.{id}.{}.{}", URL_SAFE_NO_PAD.encode(nonce), URL_SAFE_NO_PAD.encode(ct)))
    }

    /// Opens what was sealed for this very place.
    pub fn open(&self, aad: &Aad<'_>, blob: &str) -> Result<Zeroizing<Vec<u8>>> {
        let parts: Vec<&str> = blob.split('.').collect();
        let [VERSION, suite, id, nonce, ct] = parts[..] else {
            return Err(CryptoFault::Sealed("not a sealed value"));
        };
        let suite: Suite = suite.parse().map_err(|_| CryptoFault::Sealed("unknown suite"))?;
        let key = self.key(id).ok_or(CryptoFault::Sealed("unknown key"))?;
        let decode = |s: &str| URL_SAFE_NO_PAD.decode(s).map_err(|_| CryptoFault::Sealed("not base64"));
        let nonce: [u8; 12] = decode(nonce)?.try_into().map_err(|_| CryptoFault::Sealed("wrong nonce"))?;
        decrypt(suite, &key.master, &nonce, &associated(suite, id, aad), &decode(ct)?)
    }

    /// [`Self::open`] for text.
    pub fn open_text(&self, aad: &Aad<'_>, blob: &str) -> Result<String> {
        let plain = self.open(aad, blob)?;
        String::from_utf8(plain.to_vec()).map_err(|_| CryptoFault::Sealed("not text"))
    }

    /// Seals a whole file for this place. It begins with one readable line,
    /// `nongquan.sealed.v1 <suite> <key id>`, then nonce, ciphertext and tag as bytes.
    pub fn seal_bytes(&self, aad: &Aad<'_>, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce = random::<12>()?;
        let data = associated(self.suite, &self.current.id, aad);
        let ct = encrypt(self.suite, &self.current.master, &nonce, &data, plain)?;
        let mut out = format!("{FILE_MARK}{} {}\n", self.suite.code(), self.current.id).into_bytes();
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&ct);
        Ok(out)
    }

    /// Opens what [`Self::seal_bytes`] made for this very place.
    pub fn open_bytes(&self, aad: &Aad<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let not = CryptoFault::Sealed("not a sealed file");
        let Some(rest) = sealed.strip_prefix(FILE_MARK.as_bytes()) else { return Err(not) };
        // A suite's name and a key's are short; a longer line is none of ours.
        let end = rest.iter().take(40).position(|b| *b == b'\n');
        let Some((head, body)) = end.and_then(|end| Some((&rest[..end], rest.get(end + 1..)?))) else {
            return Err(not);
        };
        let head = std::str::from_utf8(head).map_err(|_| CryptoFault::Sealed("not a sealed file"))?;
        let Some((suite, id)) = head.split_once(' ') else { return Err(not) };
        let suite: Suite = suite.parse().map_err(|_| CryptoFault::Sealed("unknown suite"))?;
        let key = self.key(id).ok_or(CryptoFault::Sealed("unknown key"))?;
        let Some((nonce, ct)) = body.split_first_chunk::<12>() else { return Err(not) };
        decrypt(suite, &key.master, nonce, &associated(suite, id, aad), ct)
    }

    /// A value by which a sealed ID, phone or account number is found again: keyed, so that
    /// nobody can try numbers without the key. Equal values of one `kind` give equal look-ups;
    /// bring values to one form first (half width, upper case, no spaces).
    pub fn lookup(&self, kind: &str, value: &str) -> String {
        let tag = self.lookup.tag("lookup", &[kind.as_bytes(), value.as_bytes()]);
        format!("{}.{}", self.lookup.suite().code(), URL_SAFE_NO_PAD.encode(tag))
    }

    /// Whether the blob was made with today's suite and key; the re-sealing job asks.
    pub fn is_current(&self, blob: &str) -> bool {
        blob.starts_with(&format!("{VERSION}.{}.{}.", self.suite.code(), self.current.id))
    }

    fn key(&self, id: &str) -> Option<&SealKey> {
        std::iter::once(&self.current).chain(&self.older).find(|k| k.id == id)
    }
}

/// Associated data: every part with its length, so that no two places share it.
fn associated(suite: Suite, key_id: &str, aad: &Aad<'_>) -> Vec<u8> {
    let mut data = Vec::new();
    for part in [VERSION, suite.code(), key_id, aad.table, aad.column, aad.row] {
        data.extend_from_slice(&(part.len() as u32).to_be_bytes());
        data.extend_from_slice(part.as_bytes());
    }
    data
}

fn encrypt(suite: Suite, master: &[u8; 32], nonce: &[u8; 12], aad: &[u8], msg: &[u8]) -> Result<Vec<u8>> {
    let fault = |_| CryptoFault::Sealed("value too long");
    let payload = Payload { msg, aad };
    match suite {
        Suite::Intl => intl(master).encrypt(&(*nonce).into(), payload).map_err(fault),
        Suite::Gm => gm(master)?.encrypt(&(*nonce).into(), payload).map_err(fault),
    }
}

fn decrypt(suite: Suite, master: &[u8; 32], nonce: &[u8; 12], aad: &[u8], msg: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let fault = |_| CryptoFault::Sealed("altered, or of another row");
    let payload = Payload { msg, aad };
    let plain = match suite {
        Suite::Intl => intl(master).decrypt(&(*nonce).into(), payload).map_err(fault)?,
        Suite::Gm => gm(master)?.decrypt(&(*nonce).into(), payload).map_err(fault)?,
    };
    Ok(Zeroizing::new(plain))
}

fn intl(master: &[u8; 32]) -> Aes256Gcm {
    Aes256Gcm::new(&(*MacKey::derive(Suite::Intl, master, "aes-256-gcm").bytes()).into())
}

fn gm(master: &[u8; 32]) -> Result<Sm4Gcm> {
    let key = MacKey::derive(Suite::Gm, master, "sm4-gcm");
    Sm4Gcm::new_from_slice(&key.bytes()[..16]).map_err(|_| CryptoFault::Sealed("key of the wrong length"))
}
