//! The log leaf by leaf: what the database and an exported file are both put through.

use std::collections::HashMap;

use super::{Broken, Trouble, broken};
use crate::acts::{finance, posting};
use crate::crypto::journal::{Frontier, Leaf, NodeId, SignedHead};
use crate::crypto::keys::PublicBundle;
use crate::crypto::suite::Hash;

/// A leaf that was found to stand in the log.
#[derive(Clone, Debug)]
pub(super) struct Indexed {
    /// Its place.
    pub index: u64,
    /// The leaf.
    pub leaf: Leaf,
}

impl Indexed {
    /// A text of the body; empty when there is none.
    pub fn text(&self, field: &str) -> &str {
        self.leaf.body.get(field).and_then(|v| v.as_str()).unwrap_or_default()
    }

    /// How a person finds it.
    pub fn place(&self) -> String {
        place(self.index, &self.leaf.kind)
    }
}

/// How a leaf is named to people.
pub(super) fn place(index: u64, kind: &str) -> String {
    if kind.is_empty() { format!("日志第 {index} 号叶") } else { format!("日志第 {index} 号叶（{kind}）") }
}

/// The leaves that rows are held against, by what they are about.
#[derive(Default)]
pub(super) struct Index {
    /// Events of lots, by the lot's id.
    pub lots: HashMap<String, Vec<Indexed>>,
    /// Events of rooms, by the room's id.
    pub rooms: HashMap<String, Vec<Indexed>>,
    /// Certificates, by number.
    pub certificates: HashMap<String, Indexed>,
    /// States of the sealed sublogs, by the lot's name in the journal.
    pub sublogs: HashMap<String, Vec<Indexed>>,
    /// Payments that began to wait and went on.
    pub pauses: Vec<Indexed>,
    /// States of the ledger.
    pub ledger: Vec<Indexed>,
    /// Entries of the ledger that have a leaf of their own.
    pub postings: Vec<Indexed>,
    /// Payment files.
    pub payment_files: Vec<Indexed>,
    /// Settings proposed and decided.
    pub settings: Vec<Indexed>,
}

impl Index {
    fn add(&mut self, index: u64, leaf: Leaf) {
        let text = |field: &str| leaf.body.get(field).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let (lot, room, number) = (text("lot"), text("room"), text("number"));
        let indexed = Indexed { index, leaf };
        match indexed.leaf.kind.as_str() {
            kind if kind.starts_with("lot.") => self.lots.entry(lot).or_default().push(indexed),
            "bid.accepted" => self.rooms.entry(room).or_default().push(indexed),
            kind if kind.starts_with("room.") => self.rooms.entry(room).or_default().push(indexed),
            "certificate.issued" => {
                self.certificates.insert(number, indexed);
            }
            "sublog.state" => self.sublogs.entry(indexed.leaf.subject.clone()).or_default().push(indexed),
            "ledger.state" => self.ledger.push(indexed),
            posting::POSTED => self.postings.push(indexed),
            posting::FILED => self.payment_files.push(indexed),
            finance::PROPOSED | finance::DECIDED => self.settings.push(indexed),
            "refund.paused" | "refund.resumed" => self.pauses.push(indexed),
            _ => {}
        }
    }
}

/// The walk along the log.
pub(super) struct Walk<'a> {
    frontier: Frontier,
    public: &'a PublicBundle,
    /// Leaves covered by the last signed head.
    signed: u64,
    heads: u64,
    /// A head from elsewhere that the log must agree with.
    watched: Option<&'a SignedHead>,
    index: Index,
}

/// What came of a whole walk.
pub(super) struct Walked {
    pub size: u64,
    pub heads: u64,
    /// Leaves after the last signed head.
    pub unsigned: u64,
    pub frontier: Frontier,
    pub index: Index,
}

impl<'a> Walk<'a> {
    pub fn new(public: &'a PublicBundle, watched: Option<&'a SignedHead>) -> Walk<'a> {
        Walk { frontier: Frontier::empty(), public, signed: 0, heads: 0, watched, index: Index::default() }
    }

    /// The index of the next leaf.
    pub fn next(&self) -> u64 {
        self.frontier.size()
    }

    /// Takes the next leaf; gives it back with the nodes it completes.
    pub fn leaf(&mut self, index: u64, stated: &Hash, leaf: Leaf) -> Result<Vec<(NodeId, Hash)>, Trouble> {
        let next = self.next();
        if index != next {
            return Err(broken(place(next, ""), format!("缺失，下一条是第 {index} 号")));
        }
        let hash = leaf.hash().map_err(|e| broken(place(index, &leaf.kind), e.to_string()))?;
        if hash != *stated {
            return Err(broken(
                place(index, &leaf.kind),
                format!("内容的哈希是 {hash}，登记的叶哈希是 {stated}，内容被改动过"),
            ));
        }
        let done = self.frontier.append(hash);
        self.index.add(index, leaf);
        if let Some(head) = self.watched.take_if(|h| h.payload.size == self.frontier.size()) {
            self.genuine(head)?;
            let (size, root) = (head.payload.size, self.frontier.root());
            if root != head.payload.root {
                let what = format!("根是 {}，日志前 {size} 条算出的根是 {root}：历史被改写过", head.payload.root);
                return Err(broken(format!("所给的树头（{size} 条）"), what));
            }
        }
        Ok(done)
    }

    fn genuine(&self, head: &SignedHead) -> Result<(), Trouble> {
        let at = || format!("树头（{} 条）", head.payload.size);
        let Some(pem) = self.public.find("journal", &head.signature.key_id) else {
            let id = &head.signature.key_id;
            return Err(broken(at(), format!("签名所用的密钥 {id} 不在可信的日志公钥之列")));
        };
        head.verify(pem).map(|_| ()).map_err(|e| broken(at(), e.to_string()))
    }

    /// A signed head that covers exactly the leaves so far.
    pub fn head(&mut self, head: &SignedHead) -> Result<(), Trouble> {
        self.genuine(head)?;
        let size = head.payload.size;
        let root = self.frontier.root();
        if size != self.next() || root != head.payload.root {
            let (from, to) = (self.signed, size.saturating_sub(1));
            return Err(Trouble::Broken(Broken {
                place: format!("日志第 {from} 至 {to} 号叶"),
                what: format!(
                    "重新计算的根是 {root}，签名的树头是 {}：这一段里有叶被改动、增加或删除",
                    head.payload.root
                ),
            }));
        }
        self.signed = size;
        self.heads += 1;
        Ok(())
    }

    pub fn finish(self) -> Result<Walked, Trouble> {
        let size = self.frontier.size();
        if let Some(head) = self.watched.filter(|h| h.payload.size > 0) {
            let what = format!("日志只有 {size} 条：末尾被删除过，或者所给的日志比树头旧");
            return Err(broken(format!("所给的树头（{} 条）", head.payload.size), what));
        }
        Ok(Walked { size, heads: self.heads, unsigned: size - self.signed, frontier: self.frontier, index: self.index })
    }
}
