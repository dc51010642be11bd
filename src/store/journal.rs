//! The journal's rows: one append-only Merkle log (architecture 6).
//!
//! **Invariant**: the head is claimed once in a transaction and last, after all aggregates;
//! leaf, nodes and head change in the act's own transaction or not at all. Leaves wait for the end of the
//! transaction, and a claim after the head is a fault: two that wait for each other's claims would be a deadlock.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::Value;

use super::schema::{journal_head, journal_leaves, journal_nodes, tree_heads};
use super::{Fault, Read, Tx};
use crate::crypto::journal::{Frontier, Leaf, NodeId, NodeSource};
use crate::crypto::suite::Hash;
use crate::domain::base::Instant;

/// The claimed head, kept in the transaction until it closes.
#[derive(Clone)]
pub(super) struct Head {
    frontier: Frontier,
    stored: u64,
}

/// A leaf as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct StoredLeaf {
    /// Index from 0.
    pub index: i64,
    /// When.
    pub at: NaiveDateTime,
    /// What happened.
    pub kind: String,
    /// To what.
    pub subject: String,
    /// Canonical bytes of the leaf as text.
    pub body: String,
    /// Its hash in hex.
    pub leaf_hash: String,
}

fn canonical<E: std::fmt::Display>(e: E) -> Fault {
    Fault::Inconsistent(format!("journal: {e}"))
}

impl Tx<'_> {
    /// Appends a leaf when the transaction closes, in the order of the calls.
    ///
    /// # Errors
    /// A body that has no canonical form.
    pub fn journal(&mut self, at: Instant, kind: &str, subject: &str, body: Value) -> Result<(), Fault> {
        let leaf = Leaf { kind: kind.to_owned(), at, subject: subject.to_owned(), body };
        leaf.bytes().map_err(canonical)?;
        self.waiting.push(leaf);
        Ok(())
    }

    /// Appends a leaf at once, after those that wait, and gives its index: for a receipt that names its leaf. The
    /// transaction claims nothing more after it.
    ///
    /// # Errors
    /// A body that has no canonical form, or a fault of the database.
    pub fn journal_now(&mut self, at: Instant, kind: &str, subject: &str, body: Value) -> Result<i64, Fault> {
        self.append_waiting()?;
        self.append(&Leaf { kind: kind.to_owned(), at, subject: subject.to_owned(), body })
    }

    /// A fault when the head is claimed already. For whatever claims a row that others wait for.
    pub(super) fn before_the_head(&self) -> Result<(), Fault> {
        match self.head {
            None => Ok(()),
            Some(_) => Err(canonical("a claim after the head")),
        }
    }

    fn append_waiting(&mut self) -> Result<(), Fault> {
        for leaf in std::mem::take(&mut self.waiting) {
            self.append(&leaf)?;
        }
        Ok(())
    }

    fn append(&mut self, leaf: &Leaf) -> Result<i64, Fault> {
        let mut head = match self.head.take() {
            Some(head) => head,
            None => self.claim_head()?,
        };
        let bytes = leaf.bytes().map_err(canonical)?;
        let text = String::from_utf8(bytes).map_err(canonical)?;
        let hash = leaf.hash().map_err(canonical)?;
        let index = signed(head.frontier.size())?;
        let nodes = head.frontier.append(hash);
        self.head = Some(head);
        diesel::insert_into(journal_leaves::table)
            .values((
                journal_leaves::idx.eq(index),
                journal_leaves::at.eq(leaf.at.utc()),
                journal_leaves::kind.eq(&leaf.kind),
                journal_leaves::subject.eq(&leaf.subject),
                journal_leaves::body.eq(text),
                journal_leaves::leaf_hash.eq(hash.hex()),
            ))
            .execute(self.conn)?;
        for (id, hash) in nodes {
            diesel::insert_into(journal_nodes::table)
                .values((
                    journal_nodes::level.eq(i64::from(id.level)),
                    journal_nodes::idx.eq(signed(id.index)?),
                    journal_nodes::hash.eq(hash.hex()),
                ))
                .execute(self.conn)?;
        }
        Ok(index)
    }

    fn claim_head(&mut self) -> Result<Head, Fault> {
        let (size, peaks): (i64, String) = diesel::update(journal_head::table.filter(journal_head::id.eq(1)))
            .set(journal_head::version.eq(journal_head::version + 1))
            .returning((journal_head::size, journal_head::peaks))
            .get_result(self.conn)?;
        let size = unsigned(size)?;
        let peaks: Vec<Hash> = super::from_json("journal_head.peaks", &peaks)?;
        let frontier = Frontier::new(size, peaks).map_err(canonical)?;
        Ok(Head { frontier, stored: size })
    }

    pub(super) fn close_journal(&mut self) -> Result<(), Fault> {
        self.append_waiting()?;
        if !self.posted.is_empty() || !self.written.is_empty() {
            // The head is also what puts the ledger's entries and the records of rows into one order.
            if self.head.is_none() {
                self.head = Some(self.claim_head()?);
            }
            self.chain_posted()?;
            self.chain_rows()?;
        }
        let Some(head) = self.head.take() else { return Ok(()) };
        if head.frontier.size() == head.stored {
            return Ok(());
        }
        diesel::update(journal_head::table.filter(journal_head::id.eq(1)))
            .set((
                journal_head::size.eq(signed(head.frontier.size())?),
                journal_head::peaks.eq(super::to_json("journal_head.peaks", &head.frontier.peaks())?),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Stores a signed tree head; the same size is stored once.
    pub fn add_tree_head(
        &mut self,
        size: i64,
        root: &str,
        at: Instant,
        signature: &str,
        key_id: &str,
    ) -> Result<(), Fault> {
        let stands = tree_heads::table.find(size).select(tree_heads::size).first::<i64>(self.conn).optional()?;
        if stands.is_none() {
            diesel::insert_into(tree_heads::table)
                .values((
                    tree_heads::size.eq(size),
                    tree_heads::root.eq(root),
                    tree_heads::at.eq(at.utc()),
                    tree_heads::signature.eq(signature),
                    tree_heads::key_id.eq(key_id),
                ))
                .execute(self.conn)?;
            self.wrote("tree_heads", size);
        }
        Ok(())
    }
}

/// The log's present size and root.
pub fn frontier(db: &mut impl Read) -> Result<Frontier, Fault> {
    let (size, peaks): (i64, String) = journal_head::table
        .filter(journal_head::id.eq(1))
        .select((journal_head::size, journal_head::peaks))
        .first(db.conn())?;
    let peaks: Vec<Hash> = super::from_json("journal_head.peaks", &peaks)?;
    Frontier::new(unsigned(size)?, peaks).map_err(canonical)
}

/// The latest business time of any leaf.
pub fn newest_at(db: &mut impl Read) -> Result<Option<Instant>, Fault> {
    let at: Option<NaiveDateTime> = journal_leaves::table
        .order(journal_leaves::at.desc())
        .select(journal_leaves::at)
        .first(db.conn())
        .optional()?;
    Ok(at.map(Instant::from_utc))
}

/// A stored signed head: size, root, instant, signature, key id.
pub type StoredHead = (i64, String, Instant, String, String);

/// The newest signed head: size, root, instant, signature, key id.
pub fn newest_tree_head(db: &mut impl Read) -> Result<Option<StoredHead>, Fault> {
    let row: Option<(i64, String, NaiveDateTime, String, String)> =
        tree_heads::table.order(tree_heads::size.desc()).first(db.conn()).optional()?;
    Ok(row.map(|(size, root, at, sig, key)| (size, root, Instant::from_utc(at), sig, key)))
}

/// Up to `limit` leaves from index `from` on, in order.
pub fn leaves_after(db: &mut impl Read, from: i64, limit: i64) -> Result<Vec<StoredLeaf>, Fault> {
    Ok(journal_leaves::table
        .filter(journal_leaves::idx.ge(from))
        .order(journal_leaves::idx)
        .limit(limit)
        .load(db.conn())?)
}

/// All leaves about one subject, in order.
pub fn leaves_about(db: &mut impl Read, subject: &str) -> Result<Vec<StoredLeaf>, Fault> {
    Ok(journal_leaves::table.filter(journal_leaves::subject.eq(subject)).order(journal_leaves::idx).load(db.conn())?)
}

/// The stored nodes as a source of proofs.
pub struct Nodes<'a, R: Read>(pub &'a mut R);

impl<R: Read> NodeSource for Nodes<'_, R> {
    type Error = Fault;

    fn nodes(&mut self, ids: &[NodeId]) -> Result<Vec<Hash>, Fault> {
        ids.iter()
            .map(|id| {
                let hex: String = journal_nodes::table
                    .find((i64::from(id.level), signed(id.index)?))
                    .select(journal_nodes::hash)
                    .first(self.0.conn())?;
                super::from_json("journal_nodes.hash", &format!("\"{hex}\""))
            })
            .collect()
    }
}

fn signed(n: u64) -> Result<i64, Fault> {
    i64::try_from(n).map_err(canonical)
}

fn unsigned(n: i64) -> Result<u64, Fault> {
    u64::try_from(n).map_err(canonical)
}
