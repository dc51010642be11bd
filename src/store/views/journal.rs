//! The journal as the public reads it: leaves in order, and proofs over the stored nodes.

use crate::crypto::journal::{ConsistencyProof, InclusionProof, prove_consistency, prove_inclusion};
pub use crate::store::journal::StoredLeaf;
use crate::store::journal::{self, Nodes};
use crate::store::{Fault, Read};

/// Leaves from an index on, in order.
pub fn leaves(db: &mut impl Read, from: u64, limit: i64) -> Result<Vec<StoredLeaf>, Fault> {
    // An index beyond what the database can count has no leaf.
    let Ok(from) = i64::try_from(from) else { return Ok(Vec::new()) };
    journal::leaves_after(db, from, limit)
}

/// How many leaves there are now.
pub fn size(db: &mut impl Read) -> Result<u64, Fault> {
    Ok(journal::frontier(db)?.size())
}

/// Proof that leaf `index` is among the first `size`. `None` when it is not, or when the log has
/// not grown to `size`.
pub fn inclusion(db: &mut impl Read, index: u64, size: u64) -> Result<Option<InclusionProof>, Fault> {
    if size > self::size(db)? {
        return Ok(None);
    }
    prove_inclusion(&mut Nodes(db), index, size)
}

/// Proof that the log of `new_size` leaves begins with that of `old_size`. `None` when it cannot.
pub fn consistency(db: &mut impl Read, old_size: u64, new_size: u64) -> Result<Option<ConsistencyProof>, Fault> {
    if new_size > self::size(db)? {
        return Ok(None);
    }
    prove_consistency(&mut Nodes(db), old_size, new_size)
}
