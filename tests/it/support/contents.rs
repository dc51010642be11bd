//! What the database holds, in short: so that a test can say that nothing changed.

use std::hash::{DefaultHasher, Hash, Hasher};

use nongquan::store::dump;

use super::World;

/// Tables that a request may touch without writing anything down: its own session, throttles and nonces, and the
/// beats of what runs beside.
const BESIDE: [&str; 6] = ["sessions", "throttles", "form_receipts", "security_log", "leases", "meta"];

/// A digest of every table's rows, without the counters of claims.
pub fn contents(world: &World) -> Vec<(&'static str, u64)> {
    let digests = world.app.store.read(|db| {
        let mut all = Vec::new();
        for table in dump::tables(db)?.iter().filter(|t| !BESIDE.contains(&t.name)) {
            let version = table.names().iter().position(|name| *name == "version");
            let mut hasher = DefaultHasher::new();
            for row in dump::rows(db, table, 0, 1_000_000)? {
                match version {
                    None => row.hash(&mut hasher),
                    Some(at) => {
                        let mut values: Vec<serde_json::Value> = serde_json::from_str(&row).expect("a row");
                        values.remove(at);
                        serde_json::Value::from(values).to_string().hash(&mut hasher);
                    }
                }
            }
            all.push((table.name, hasher.finish()));
        }
        Ok::<_, nongquan::store::Fault>(all)
    });
    digests.expect("every table can be read")
}
