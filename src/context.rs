//! What every part of the program is handed: the store, the clock, the keys, the market.

use std::path::PathBuf;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::crypto::keys::Keys;
use crate::domain::market::Market;
use crate::files::FileStore;
use crate::live::Hub;
use crate::papers::Papers;
use crate::store::Store;

/// The running exchange. Shared by reference; holds no state of record.
pub struct App {
    /// Settings of this process.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// Business and real time.
    pub clock: Arc<dyn Clock>,
    /// Sealing, signing, codes.
    pub keys: Keys,
    /// Uploaded and generated files.
    pub files: FileStore,
    /// Catalogue, rules, calendar, divisions, prices.
    pub market: Market,
    /// The press that makes PDFs.
    pub papers: Papers,
    /// Live updates to watchers of this process.
    pub hub: Hub,
    /// Where the data lies.
    pub data: PathBuf,
}

/// A new random id, ordered by time. The one place that makes them.
pub fn new_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}
