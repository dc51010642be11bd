//! Signed heads of the journal, and the leaves that stand for what may not be published one by one:
//! every open lot's sealed sublog and the ledger, at fixed times whether or not anything happened
//! (architecture 6 and 7).

use std::io::Write;

use serde_json::json;

use crate::context::App;
use crate::crypto::journal::export::Line;
use crate::crypto::journal::{SignedHead, TreeHead};
use crate::crypto::keys::Keys;
use crate::crypto::statement::Signature;
use crate::domain::base::Instant;
use crate::domain::lot::Stage;
use crate::store::journal::{StoredHead, StoredLeaf};
use crate::store::{Fault, Stop, Store, journal, ledger, lots, proof, row_records};

/// Signs the log's present head where it grew since the last signature; gives the newest head.
pub fn sign_head(app: &App) -> Result<Option<SignedHead>, Stop> {
    sign(&app.store, &app.keys, app.clock.now())
}

fn sign(store: &Store, keys: &Keys, now: Instant) -> Result<Option<SignedHead>, Stop> {
    let frontier = store.read(|db| journal::frontier(db))?;
    let newest = stored_newest(store)?;
    if frontier.size() == 0 || newest.as_ref().is_some_and(|h| h.payload.size >= frontier.size()) {
        return Ok(newest);
    }
    let head = TreeHead { size: frontier.size(), root: frontier.root(), at: now };
    let signed = SignedHead::sign(head, keys.journal()).map_err(|e| Fault::Setup(e.to_string()))?;
    let size = i64::try_from(signed.payload.size).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let stored = store.write(|tx| {
        let (root, signature) = (signed.payload.root.hex(), &signed.signature);
        Ok(tx.add_tree_head(size, &root, signed.payload.at, &signature.value, &signature.key_id)?)
    });
    match stored {
        // Another process signed the same head at the same moment.
        Ok(()) | Err(Stop::Fault(Fault::Duplicate(_))) => stored_newest(store),
        Err(stop) => Err(stop),
    }
}

/// The newest signed head.
pub fn newest(app: &App) -> Result<Option<SignedHead>, Stop> {
    stored_newest(&app.store)
}

fn stored_newest(store: &Store) -> Result<Option<SignedHead>, Stop> {
    let row = store.read(|db| journal::newest_tree_head(db))?;
    Ok(row.map(stored_head).transpose()?)
}

/// A stored head as it was signed.
pub(super) fn stored_head((size, root, at, value, key_id): StoredHead) -> Result<SignedHead, Fault> {
    let inconsistent = |what: &str| Fault::Inconsistent(format!("tree_heads.{what} of size {size}"));
    let payload = TreeHead {
        size: u64::try_from(size).map_err(|_| inconsistent("size"))?,
        root: root.parse().map_err(|_| inconsistent("root"))?,
        at,
    };
    let algorithm = crate::crypto::sign::ALGORITHM.to_owned();
    Ok(SignedHead { payload, signature: Signature { algorithm, key_id, value } })
}

/// Leaves fetched at once.
const PAGE: i64 = 1_000;

/// Signs the head and writes the whole log up to it, in the format of [`Line`]; gives the number of
/// leaves.
///
/// # Errors
/// A fault of the database or of `out`.
pub fn export(store: &Store, keys: &Keys, now: Instant, out: &mut impl Write) -> Result<u64, Stop> {
    sign(store, keys, now)?;
    Ok(store.snapshot(|db| {
        let heads = proof::heads(db)?.into_iter().map(stored_head).collect::<Result<Vec<_>, Fault>>()?;
        let size = heads.last().map_or(0, |h| h.payload.size);
        let mut heads = heads.into_iter().peekable();
        put(out, &Line::begin(keys.public_bundle()))?;
        let mut next = 0;
        while next < size {
            let from = i64::try_from(next).map_err(|e| Fault::Inconsistent(e.to_string()))?;
            let page = journal::leaves_after(db, from, PAGE)?;
            if page.is_empty() {
                return Err(Fault::Inconsistent(format!("journal_leaves: {next} is missing")));
            }
            for leaf in page {
                put(out, &exported(leaf)?)?;
                next += 1;
                if let Some(head) = heads.next_if(|h| h.payload.size == next) {
                    put(out, &Line::Head { head })?;
                }
                if next == size {
                    break;
                }
            }
        }
        put(out, &Line::End { size })?;
        out.flush().map_err(|e| Fault::Files(e.to_string()))?;
        Ok(size)
    })?)
}

/// A stored leaf as a line of the export; also what the JSON interface lists.
pub fn exported(leaf: StoredLeaf) -> Result<Line, Fault> {
    let bad = |what: &str| Fault::Inconsistent(format!("journal_leaves.{what} of {}", leaf.index));
    Ok(Line::Leaf {
        index: u64::try_from(leaf.index).map_err(|_| bad("idx"))?,
        hash: leaf.leaf_hash.parse().map_err(|_| bad("leaf_hash"))?,
        leaf: serde_json::from_str(&leaf.body).map_err(|_| bad("body"))?,
    })
}

fn put(out: &mut impl Write, line: &Line) -> Result<(), Fault> {
    line.write(out).map_err(|e| Fault::Files(format!("日志导出写不出去：{e}")))
}

/// Minutes between two sublog leaves of a lot.
const SUBLOG_MINUTES: i64 = 10;

/// Writes the sublog leaf of every lot that takes applications or waits for its session, and the
/// ledger's: salted commitments of fixed size to the newest entry of its chain. Real time counts,
/// and one process of several writes them.
pub fn sublog_leaves(app: &App) -> Result<usize, Stop> {
    let real = app.clock.real();
    let slot = real.micros() / (SUBLOG_MINUTES * 60 * 1_000_000);
    let until = Instant::from_micros((slot + 1) * SUBLOG_MINUTES * 60 * 1_000_000);
    let now = app.clock.now();
    app.store.write(|tx| {
        if !tx.take_turn("sublog", "sublog", real, until)? {
            return Ok(0);
        }
        let open: Vec<Stage> = Stage::ALL.iter().copied().filter(|s| s.registrants_hidden()).collect();
        let heads = lots::sublog_heads(tx, &open)?;
        for (lot, head) in &heads {
            let commitment = app.keys.commit(&["sublog", lot, &slot.to_string()], head);
            tx.journal(now, "sublog.state", lot, json!({ "slot": slot, "commitment": commitment.hex() }))?;
        }
        // The ledger the same: a posting's own leaf would tell how many deposits came in.
        let (_, newest) = ledger::chain_head(tx)?;
        let commitment = app.keys.commit(&["ledger", &slot.to_string()], &newest).hex();
        // And the records of statements, applications and whatever else has no leaf of its own.
        let (_, newest) = row_records::chain_head(tx)?;
        let rows = app.keys.commit(&["rows", &slot.to_string()], &newest).hex();
        tx.journal(now, "ledger.state", "ledger", json!({ "slot": slot, "commitment": commitment, "rows": rows }))?;
        Ok(heads.len())
    })
}
