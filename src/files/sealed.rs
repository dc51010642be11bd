//! How a kept file lies on the disk: sealed, bound to the SM3 of its content. Who copies the data
//! folder, or finds an old backup, sees sizes and hashes and no contract and no ID scan.

use super::refusal::FileFault;
use crate::crypto::seal::{Aad, Sealer, is_sealed_file};
use crate::crypto::{CryptoFault, Hash, sm3};

fn with_place<T>(content: &Hash, f: impl FnOnce(&Aad<'_>) -> T) -> T {
    f(&Aad { table: "files", column: "content", row: &content.hex() })
}

/// The sealed form of a file whose SM3 is `content`.
pub(super) fn seal(sealer: &Sealer, content: &Hash, plain: &[u8]) -> Result<Vec<u8>, FileFault> {
    with_place(content, |aad| sealer.seal_bytes(aad, plain)).map_err(FileFault::Seal)
}

/// The file behind what lies on the disk. A file that an older program kept unsealed opens as long
/// as its bytes still give its hash.
pub(super) fn open(sealer: Option<&Sealer>, content: &Hash, kept: Vec<u8>) -> Result<Vec<u8>, FileFault> {
    let plain = if is_sealed_file(&kept) {
        let sealer = sealer.ok_or(FileFault::Locked(*content))?;
        let opened = with_place(content, |aad| sealer.open_bytes(aad, &kept));
        opened.map_err(|fault| fault_of(fault, content))?.to_vec()
    } else {
        kept
    };
    if sm3(&[&plain]) == *content { Ok(plain) } else { Err(FileFault::Altered(*content)) }
}

/// A missing key is the operator's to mend; everything else means that the bytes are not ours.
fn fault_of(fault: CryptoFault, content: &Hash) -> FileFault {
    match fault {
        CryptoFault::Sealed("unknown key") => FileFault::Seal(fault),
        _ => FileFault::Altered(*content),
    }
}
