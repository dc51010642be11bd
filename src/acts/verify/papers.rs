//! Certificates with their signatures and PDFs, documents and payment files with their hashes.

use super::log::Index;
use super::single::certificate_signature;
use super::{Given, Trouble, broken, ensure, same};
use crate::acts::certificate::payload_hash;
use crate::acts::payouts::content_aad;
use crate::acts::posting::FILED;
use crate::crypto::certificate::CertificatePayload;
use crate::crypto::keys::Keys;
use crate::crypto::statement::Signed;
use crate::crypto::suite::{Hash, sm3};
use crate::files::{FileFault, FileStore};
use crate::store::certificates::{self, StoredCertificate};
use crate::store::{Fault, Read, documents, lots, proof};

/// All certificates, or the one of a lot.
pub(super) fn certificates(
    db: &mut impl Read,
    given: &Given<'_>,
    index: &Index,
    only: Option<&str>,
) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let mut counted = 0;
    let stored = proof::certificates(db)?;
    for number in &stored {
        let Some(c) = certificates::find(db, number)? else { continue };
        if only.is_none_or(|o| o == c.lot.to_string()) {
            certificate(db, given, index, &c)?;
            counted += 1;
        }
    }
    if let Some((number, leaf)) = index.certificates.iter().find(|(n, _)| only.is_none() && !stored.contains(n)) {
        return Err(broken(format!("certificates 表：{number}"), format!("缺失，{} 记着它", leaf.place())));
    }
    Ok(vec![("鉴证书", counted)])
}

fn certificate(db: &mut impl Read, given: &Given<'_>, index: &Index, c: &StoredCertificate) -> Result<(), Trouble> {
    let place = || format!("certificates 表：{}", c.number);
    let signed: Signed<CertificatePayload> =
        serde_json::from_str(&c.signed).map_err(|e| broken(place(), format!("签名内容读不出来（{e}）")))?;
    certificate_signature(&signed, given.public).map_err(|why| broken(place(), why))?;
    let p = &signed.payload;
    same(place, "number", &c.number, &p.number)?;
    same(place, "signature", &c.signature, &signed.signature.value)?;
    same(place, "key_id", &c.key_id, &signed.signature.key_id)?;
    let leaf = index.certificates.get(&c.number).ok_or_else(|| broken(place(), "日志里没有它的叶"))?;
    let hash = payload_hash(&signed)?.hex();
    ensure(leaf.text("payload_sm3") == hash && leaf.leaf.subject == p.lot_no, place, || {
        format!("签名内容与 {} 记的不同", leaf.place())
    })?;
    let lot = lots::find(db, c.lot)?.ok_or_else(|| broken(place(), "标的不存在"))?.lot;
    same(place, "lot_id 的标的编号", &lot.lot_no, &Some(p.lot_no.clone()))?;
    same(place, "标的的鉴证书号", &lot.certificate.number, &Some(c.number.clone()))?;
    same(place, "标的的成交价", &lot.outcome.as_ref().map(|o| o.price), &Some(p.price_fen))?;
    same(place, "issued_at", &Some(c.issued_at), &lot.certificate.issued_at)?;
    if let Some(keys) = given.keys {
        same(place, "check_code", &c.check_code, &keys.checks().code(&c.number))?;
    }
    let document = documents::find(db, c.document)?.ok_or_else(|| broken(place(), "PDF 的文件记录不存在"))?;
    same(|| format!("documents 表：{}", document.name), "sm3", &document.sm3, &p.pdf_sm3.hex())?;
    match given.files {
        Some(files) => kept(files, &p.pdf_sm3, || format!("鉴证书 {} 的 PDF", c.number)).map(drop),
        None => Ok(()),
    }
}

/// The bytes of a kept file, which must give its hash; `None` when it is there and the key that
/// opens it is not.
fn kept(files: &FileStore, hash: &Hash, place: impl Fn() -> String) -> Result<Option<Vec<u8>>, Trouble> {
    match files.get(hash) {
        Ok(Some(bytes)) => Ok(Some(bytes)),
        Err(FileFault::Locked(_)) => Ok(None),
        Ok(None) => Err(broken(place(), format!("文件 {hash} 不见了"))),
        Err(FileFault::Altered(_)) => Err(broken(place(), format!("文件 {hash} 的内容被改动过"))),
        Err(FileFault::Seal(_)) => {
            Err(broken(place(), format!("文件 {hash} 打不开：加密它的密钥不在密钥文件夹里，或者文件被改动过")))
        }
        Err(e) => Err(Trouble::Fault(Fault::Files(e.to_string()))),
    }
}

/// Every document's file.
pub(super) fn documents(db: &mut impl Read, files: Option<&FileStore>) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let Some(files) = files else { return Ok(vec![]) };
    let rows = proof::documents(db)?;
    for row in &rows {
        let place = || format!("documents 表：{}（{}）", row.name, row.id);
        same(place, "storage_key", &row.storage_key, &row.sm3)?;
        let hash: Hash = row.sm3.parse().map_err(|_| broken(place(), "sm3 不是哈希"))?;
        if let Some(bytes) = kept(files, &hash, place)? {
            same(place, "size_bytes", &row.size_bytes, &i64::try_from(bytes.len()).unwrap_or(i64::MAX))?;
        }
    }
    Ok(vec![("文件", rows.len() as u64)])
}

/// Every payment file, opened, against its hash and its leaf; without the keys there is nothing to look at.
pub(super) fn payment_files(
    db: &mut impl Read,
    keys: Option<&Keys>,
    index: &Index,
) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let Some(keys) = keys else { return Ok(vec![]) };
    let rows = proof::payment_files(db)?;
    for leaf in &index.payment_files {
        let file = leaf.text("file");
        let row = rows.iter().find(|(id, ..)| id == file);
        let place = || format!("payment_files 表：{file}");
        let (_, _, hash, _) = row.ok_or_else(|| broken(place(), format!("缺失，{} 记着它", leaf.place())))?;
        let fits = keys.commit(&[FILED, file], hash).hex() == leaf.text("commitment");
        ensure(fits, place, || format!("sm3 与 {} 的承诺不符，被改动过", leaf.place()))?;
    }
    for (id, number, hash, content) in &rows {
        let place = || format!("payment_files 表：{number}");
        let sealed = String::from_utf8_lossy(content);
        let opened = keys.sealer().open(&content_aad(id), &sealed);
        let plain = opened.map_err(|_| broken(place(), "content 打不开，被改动过或者密钥不对"))?;
        same(place, "sm3", hash, &sm3(&[&plain]).hex())?;
    }
    Ok(vec![("付款文件", rows.len() as u64)])
}
