//! The log as a file that anybody can keep and check: one JSON document a line.
//!
//! ```text
//! {"line":"begin","format":"nongquan.journal.v1","keys":{"keys":[…]}}
//! {"line":"leaf","index":0,"hash":"…","leaf":{"at":…,"body":…,"kind":…,"subject":…,"type":…}}
//! {"line":"head","head":{"payload":{…},"signature":{…}}}
//! {"line":"end","size":1}
//! ```
//!
//! Leaves stand in order from the first; a signed head stands right after the last leaf it covers.
//! `hash` is SM3(00 ‖ canonical JSON of `leaf`). The file ends with its number of leaves, so that a
//! download that broke off is seen.

use std::io::{BufRead, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::keys::PublicBundle;
use super::super::suite::Hash;
use super::head::SignedHead;

/// The file's format, told in its first line.
pub const FORMAT: &str = "nongquan.journal.v1";

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case", deny_unknown_fields)]
pub enum Line {
    /// The first line.
    Begin {
        /// [`FORMAT`].
        format: String,
        /// The exchange's public keys.
        keys: PublicBundle,
    },
    /// A leaf.
    Leaf {
        /// Its place in the log, from 0.
        index: u64,
        /// Its hash.
        hash: Hash,
        /// The leaf.
        leaf: Value,
    },
    /// A signed head over all leaves above it.
    Head {
        /// The head.
        head: SignedHead,
    },
    /// The last line.
    End {
        /// Leaves in the file.
        size: u64,
    },
}

impl Line {
    /// The first line of a file.
    pub fn begin(keys: PublicBundle) -> Line {
        Line::Begin { format: FORMAT.to_owned(), keys }
    }

    /// Writes the line with its line feed.
    pub fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The file itself.
    #[error("文件读不出来：{0}")]
    Io(#[from] std::io::Error),
    /// A line is not of the format.
    #[error("第 {line} 行不是 nongquan.journal.v1 格式：{why}")]
    Line {
        /// From 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
}

/// Reads a file line by line.
pub fn read<R: BufRead>(input: R) -> impl Iterator<Item = Result<Line, Unreadable>> {
    input.lines().enumerate().map(|(n, line)| {
        let line = line?;
        serde_json::from_str(&line).map_err(|e| Unreadable::Line { line: n + 1, why: e.to_string() })
    })
}
