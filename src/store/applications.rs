//! Bidders' applications (受让申请) and the lot's sealed sublog.

use diesel::prelude::*;

use super::schema::applications;
use super::{Fault, Read};
use crate::domain::base::ids::LotId;

/// Applications handed in and not withdrawn, whatever was decided of them.
pub fn submitted_count(db: &mut impl Read, lot: LotId) -> Result<u32, Fault> {
    let n: i64 = applications::table
        .filter(applications::lot_id.eq(lot.to_string()))
        .filter(applications::status.ne_all(["draft", "withdrawn"]))
        .count()
        .get_result(db.conn())?;
    u32::try_from(n).map_err(|e| Fault::Inconsistent(e.to_string()))
}
