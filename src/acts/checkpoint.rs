//! Signed heads of the journal, and the sublog leaf that every open lot gets at fixed times
//! whether or not anybody registered (architecture 6 and 7).

use serde_json::json;

use crate::context::App;
use crate::crypto::journal::{SignedHead, TreeHead};
use crate::crypto::statement::Signature;
use crate::domain::base::Instant;
use crate::domain::lot::Stage;
use crate::store::{Fault, Stop, journal, lots};

/// Signs the log's present head where it grew since the last signature; gives the newest head.
pub fn sign_head(app: &App) -> Result<Option<SignedHead>, Stop> {
    let frontier = app.store.read(|db| journal::frontier(db))?;
    let newest = newest(app)?;
    if frontier.size() == 0 || newest.as_ref().is_some_and(|h| h.payload.size >= frontier.size()) {
        return Ok(newest);
    }
    let head = TreeHead { size: frontier.size(), root: frontier.root(), at: app.clock.now() };
    let signed = SignedHead::sign(head, app.keys.journal()).map_err(|e| Fault::Setup(e.to_string()))?;
    let size = i64::try_from(signed.payload.size).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let stored = app.store.write(|tx| {
        let (root, signature) = (signed.payload.root.hex(), &signed.signature);
        Ok(tx.add_tree_head(size, &root, signed.payload.at, &signature.value, &signature.key_id)?)
    });
    match stored {
        // Another process signed the same head at the same moment.
        Ok(()) | Err(Stop::Fault(Fault::Duplicate(_))) => Ok(self::newest(app)?),
        Err(stop) => Err(stop),
    }
}

/// The newest signed head.
pub fn newest(app: &App) -> Result<Option<SignedHead>, Stop> {
    let row = app.store.read(|db| journal::newest_tree_head(db))?;
    let Some((size, root, at, value, key_id)) = row else { return Ok(None) };
    let inconsistent = |what: &str| Fault::Inconsistent(format!("tree_heads.{what} of size {size}"));
    let payload = TreeHead {
        size: u64::try_from(size).map_err(|_| inconsistent("size"))?,
        root: root.parse().map_err(|_| inconsistent("root"))?,
        at,
    };
    let algorithm = crate::crypto::sign::ALGORITHM.to_owned();
    Ok(Some(SignedHead { payload, signature: Signature { algorithm, key_id, value } }))
}

/// Minutes between two sublog leaves of a lot.
const SUBLOG_MINUTES: i64 = 10;

/// Writes the sublog leaf of every lot that takes applications or waits for its session: a salted
/// commitment of fixed size to the newest entry of its sealed sublog. Real time counts, and one
/// process of several writes it.
pub fn sublog_leaves(app: &App) -> Result<usize, Stop> {
    let real = app.clock.real();
    let slot = real.micros() / (SUBLOG_MINUTES * 60 * 1_000_000);
    let until = Instant::from_micros((slot + 1) * SUBLOG_MINUTES * 60 * 1_000_000);
    let now = app.clock.now();
    app.store.write(|tx| {
        if !tx.take_turn("sublog", "sublog", real, until)? {
            return Ok(0);
        }
        let open = [Stage::Listed, Stage::Extended, Stage::Qualifying, Stage::Qualified, Stage::Scheduled];
        let heads = lots::sublog_heads(tx, &open)?;
        for (lot, head) in &heads {
            let slot = slot.to_string();
            let commitment = app.keys.commit(&["sublog", lot, &slot], head);
            tx.journal(now, "sublog.state", lot, json!({ "commitment": commitment.hex() }))?;
        }
        Ok(heads.len())
    })
}
