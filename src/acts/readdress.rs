//! Orders that pay a price out follow the transferor's account after a correction. Refunds never do: they go back to
//! the account that the money came from.

use super::application::sealing;
use super::parties::bank_account;
use super::refunds::{order, put, refused};
use crate::context::App;
use crate::crypto::seal::Aad;
use crate::domain::funds::BankParty;
use crate::domain::funds::payout::{PayoutCause, PayoutOrder};
use crate::store::parties::{self, Party};
use crate::store::refunds::{self, StoredOrder};
use crate::store::{Fault, Stop, Tx, lots};

/// Every release to this party that is not at the bank goes to the account it has now, and is prepared anew.
pub fn releases(app: &App, tx: &mut Tx<'_>, party: &Party) -> Result<(), Stop> {
    let payee = bank_account(app, party)?;
    for waiting in refunds::releases_to(tx, party.id)? {
        let stored = tx.claim_order(waiting.id)?.filter(|o| !matches!(o.status.as_str(), "sent" | "done"));
        let Some(stored) = stored else { continue };
        let before = order(app, &stored)?;
        let after = before.readdressed(payee.clone()).map_err(refused)?;
        put(app, tx, addressed(app, stored, &payee)?, &after)?;
    }
    Ok(())
}

/// A release that the bank did not carry out is due again: to the account that its transferor has by now.
pub fn due_again(
    app: &App,
    tx: &mut Tx<'_>,
    stored: StoredOrder,
    due: PayoutOrder,
) -> Result<(StoredOrder, PayoutOrder), Stop> {
    let (PayoutCause::Release, Some(lot)) = (stored.cause, stored.lot) else { return Ok((stored, due)) };
    let missing = || Fault::Inconsistent(format!("the transferor of order {}", stored.id));
    let transferor = lots::find(tx, lot)?.ok_or_else(missing)?.lot.transferor;
    let payee = bank_account(app, &parties::find(tx, transferor)?.ok_or_else(missing)?)?;
    if payee == due.payee {
        return Ok((stored, due));
    }
    let due = due.readdressed(payee.clone()).map_err(refused)?;
    Ok((addressed(app, stored, &payee)?, due))
}

fn addressed(app: &App, mut stored: StoredOrder, payee: &BankParty) -> Result<StoredOrder, Stop> {
    let row = stored.id.to_string();
    let aad = Aad { table: "refunds", column: "payee_account_sealed", row: &row };
    let sealer = app.keys.sealer();
    stored.payee_account_sealed = sealer.seal(&aad, payee.account.as_bytes()).map_err(sealing)?;
    stored.payee_account_lookup = sealer.lookup("bank_account", &payee.account);
    stored.payee_name.clone_from(&payee.name);
    stored.payee_bank.clone_from(&payee.bank);
    (stored.made_at, stored.checked_at) = (None, None);
    Ok(stored)
}
