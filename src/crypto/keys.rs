//! All keys of one exchange, read once at boot.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::certificate::CertificateChecks;
use super::fault::Result;
use super::keyfile::{self, KeyPurpose, NamedSecret};
use super::mac::MacKey;
use super::otp::OneTimeCodes;
use super::password::Passwords;
use super::seal::{SealKey, Sealer};
use super::sign::{self, Signer, SoftSigner};
use super::suite::{Hash, Suite};

/// The keys, as the workers that use them. Cheap to clone.
#[derive(Clone)]
pub struct Keys {
    suite: Suite,
    sealer: Arc<Sealer>,
    passwords: Passwords,
    csrf: MacKey,
    cookie: MacKey,
    codes: OneTimeCodes,
    checks: CertificateChecks,
    salts: MacKey,
    journal: Arc<dyn Signer>,
    certificate: Arc<dyn Signer>,
    receipt: Arc<dyn Signer>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("suite", &self.suite).field("sealer", &self.sealer).finish_non_exhaustive()
    }
}

impl Keys {
    /// Reads the key folder; fails naming the file and what to do.
    pub fn load(dir: &Path, suite: Suite) -> Result<Keys> {
        Keys::build(suite, |purpose| keyfile::read(dir, purpose))
    }

    /// Makes the folder and every key that is not there yet, then reads all. Existing keys are
    /// never overwritten, so it may be run again.
    pub fn create(dir: &Path, suite: Suite) -> Result<Keys> {
        keyfile::create_dir(dir)?;
        for purpose in KeyPurpose::ALL {
            if !dir.join(purpose.file()).exists() {
                keyfile::write_new(dir, purpose, &keyfile::fresh(purpose)?)?;
            }
        }
        Keys::load(dir, suite)
    }

    /// Fresh keys that stand nowhere on disk, for tests and measurements.
    pub fn ephemeral(suite: Suite) -> Result<Keys> {
        Keys::build(suite, keyfile::fresh)
    }

    /// What `doctor` has to say about the folder; empty when all is well. `data` is the data
    /// folder, in which keys must not stand.
    pub fn problems(dir: &Path, data: Option<&Path>) -> Vec<String> {
        let mut found = keyfile::problems(dir, data);
        if found.is_empty()
            && let Err(e) = Keys::load(dir, Suite::default())
        {
            found.push(e.to_string());
        }
        found
    }

    fn build(suite: Suite, text: impl Fn(KeyPurpose) -> Result<zeroize::Zeroizing<String>>) -> Result<Keys> {
        let secrets = |p: KeyPurpose| -> Result<(NamedSecret, Vec<NamedSecret>)> {
            let mut all = keyfile::parse_secrets(p.file(), &text(p)?)?;
            let missing = || keyfile::key_fault(p.file(), "没有密钥，请从备份恢复该文件。");
            let newest = all.pop().ok_or_else(missing)?;
            Ok((newest, all))
        };
        let mac = |p: KeyPurpose, use_: &str| Ok(MacKey::derive(suite, &secrets(p)?.0.bytes, use_));
        let signer =
            |p: KeyPurpose| -> Result<Arc<dyn Signer>> { Ok(Arc::new(SoftSigner::from_pkcs8_pem(&text(p)?)?)) };
        let seal_key = |s: NamedSecret| SealKey { id: s.id, master: s.bytes };

        let (newest, older) = secrets(KeyPurpose::Seal)?;
        let older = older.into_iter().map(seal_key).collect();
        let lookup: Result<MacKey> = mac(KeyPurpose::Lookup, "lookup");
        let web = secrets(KeyPurpose::Web)?.0;
        let check = secrets(KeyPurpose::Check)?.0;
        // Check codes and commitments are printed and published: they do not change with the suite.
        let lasting = |use_: &str| MacKey::derive(Suite::Gm, &check.bytes, use_);
        Ok(Keys {
            suite,
            sealer: Arc::new(Sealer::new(suite, seal_key(newest), older, lookup?)),
            passwords: Passwords::new(*secrets(KeyPurpose::Pepper)?.0.bytes),
            csrf: MacKey::derive(suite, &web.bytes, "csrf"),
            cookie: MacKey::derive(suite, &web.bytes, "cookie"),
            codes: OneTimeCodes::new(MacKey::derive(suite, &web.bytes, "one-time-code")),
            checks: CertificateChecks::new(lasting("certificate")),
            salts: lasting("commitment"),
            journal: signer(KeyPurpose::Journal)?,
            certificate: signer(KeyPurpose::Certificate)?,
            receipt: signer(KeyPurpose::Receipt)?,
        })
    }

    /// The suite for data at rest and web secrets.
    pub fn suite(&self) -> Suite {
        self.suite
    }

    /// Seals and opens columns, makes look-up values.
    pub fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    /// Hashes and checks passwords.
    pub fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// Key of form tokens: tag the session's token hash.
    pub fn csrf(&self) -> &MacKey {
        &self.csrf
    }

    /// Key of values that a browser carries and must not change.
    pub fn cookie(&self) -> &MacKey {
        &self.cookie
    }

    /// One-time codes for step-up.
    pub fn codes(&self) -> &OneTimeCodes {
        &self.codes
    }

    /// Check codes and commitments of certificates.
    pub fn checks(&self) -> &CertificateChecks {
        &self.checks
    }

    /// Commitment to `value` for one place in the journal. The salt is derived from the place, so
    /// it need not be stored; give every place its own parts (kind, row id, field).
    pub fn commit(&self, place: &[&str], value: &str) -> Hash {
        super::journal::commit(&self.commitment_salt(place), value)
    }

    /// The salt of that place, shown only to who may check the value.
    pub fn commitment_salt(&self, place: &[&str]) -> Hash {
        let parts: Vec<&[u8]> = place.iter().map(|p| p.as_bytes()).collect();
        self.salts.salt("journal-salt", &parts)
    }

    /// Signs tree heads.
    pub fn journal(&self) -> &dyn Signer {
        &*self.journal
    }

    /// Signs certificates.
    pub fn certificate(&self) -> &dyn Signer {
        &*self.certificate
    }

    /// Signs bid receipts.
    pub fn receipt(&self) -> &dyn Signer {
        &*self.receipt
    }

    /// The public keys, to be published and put into backups.
    pub fn public_bundle(&self) -> PublicBundle {
        let key = |purpose: KeyPurpose, signer: &dyn Signer| PublicKey {
            purpose: purpose.file().trim_end_matches(".pem").to_owned(),
            key_id: signer.key_id().to_owned(),
            algorithm: sign::ALGORITHM.to_owned(),
            dist_id: sign::DIST_ID.to_owned(),
            pem: signer.public_pem().to_owned(),
        };
        let keys = vec![
            key(KeyPurpose::Journal, self.journal()),
            key(KeyPurpose::Certificate, self.certificate()),
            key(KeyPurpose::Receipt, self.receipt()),
        ];
        PublicBundle { keys }
    }
}

/// Public keys as published: `{"keys": [{purpose, key_id, algorithm, dist_id, pem}]}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicBundle {
    /// One for each purpose, later also retired ones.
    pub keys: Vec<PublicKey>,
}

/// One public key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicKey {
    /// `journal`, `certificate` or `receipt`.
    pub purpose: String,
    /// Short name, as in signatures.
    pub key_id: String,
    /// Always `SM2-SM3`.
    pub algorithm: String,
    /// The SM2 identifier signatures are made with.
    pub dist_id: String,
    /// SubjectPublicKeyInfo.
    pub pem: String,
}

impl PublicBundle {
    /// The file's name in a data folder and in a backup.
    pub const FILE: &'static str = "public-keys.json";

    /// The PEM of the key with this purpose and short name. A key is only trusted for its own
    /// purpose.
    pub fn find(&self, purpose: &str, key_id: &str) -> Option<&str> {
        self.keys.iter().find(|k| k.purpose == purpose && k.key_id == key_id).map(|k| k.pem.as_str())
    }
}
