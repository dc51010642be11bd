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
    pub papers: Arc<Papers>,
    /// Live updates to watchers of this process.
    pub hub: Arc<Hub>,
    /// Where the data lies.
    pub data: PathBuf,
}

impl App {
    /// The same exchange by another clock: same store, keys, files and watchers. For the
    /// demonstration's seed, which lives through months in seconds.
    pub fn by_clock(&self, clock: Arc<dyn Clock>) -> App {
        App {
            config: self.config.clone(),
            store: self.store.clone(),
            clock,
            keys: self.keys.clone(),
            files: self.files.clone(),
            market: self.market.clone(),
            papers: self.papers.clone(),
            hub: self.hub.clone(),
            data: self.data.clone(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one source of ids")]
/// A new random id, ordered by time. The one place that makes them.
pub fn new_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}
