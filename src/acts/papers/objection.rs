//! Objections and their answers as papers of the file (form F17).

use super::super::deal::Deal;
use super::{Keep, head, keep, press};
use crate::context::App;
use crate::domain::base::numbering::LotPaper;
use crate::papers::{ObjectionAnswer, Paper};
use crate::store::documents::{Owner, Visibility};
use crate::store::objections::{self, StoredObjection};
use crate::store::{Fault, Stop, documents};

/// 异议答复书 (F17), with the objector's name: it is read by staff only.
fn answer(app: &App, deal: &Deal, number: &str, o: &StoredObjection) -> Result<Paper, Stop> {
    let (conclusion, consequence) = match o.sustained {
        Some(true) => ("异议成立", "成交无效，保证金全额退还"),
        Some(false) => ("异议不成立", "公示期自答复之日起继续计算"),
        None => ("因另案成立一并终结", "成交已经无效，保证金全额退还"),
    };
    Ok(ObjectionAnswer {
        head: head(app, number, o.answered_at.unwrap_or(o.filed_at).day()),
        to: o.name.clone(),
        lot_no: deal.lot_no(),
        object: deal.terms()?.title.clone(),
        received: o.filed_at.zh_secs(),
        objection: o.content.clone(),
        findings: o.answer.lines().filter(|l| !l.trim().is_empty()).map(str::to_owned).collect(),
        conclusion: conclusion.into(),
        consequence: consequence.into(),
        remedy: "对本答复不服的，可以依法向县农业农村主管部门投诉。".into(),
    }
    .into())
}

/// Makes the paper of every answered objection that is not kept yet: `F17-01`, `F17-02` in the order of filing.
pub(super) fn complete(app: &App, deal: &Deal) -> Result<(), Stop> {
    let (all, kept) =
        app.store.read(|db| Ok((objections::of_lot(db, deal.lot.id)?, documents::of(db, Owner::Lot(deal.lot.id))?)))?;
    for (n, o) in all.iter().enumerate().filter(|(_, o)| o.answered_at.is_some()) {
        let code = format!("F17-{:02}", n + 1);
        if kept.iter().any(|d| d.code == code) {
            continue;
        }
        let nth = u8::try_from(n + 1).map_err(|e| Fault::Inconsistent(format!("objections of a lot: {e}")))?;
        let number = deal.paper_no(LotPaper::ObjectionAnswer, nth)?;
        let bytes = press(app, &answer(app, deal, &number, o)?, &number)?;
        app.store.write(|tx| {
            if tx.claim_lot(deal.lot.id)?.is_none()
                || documents::of(tx, Owner::Lot(deal.lot.id))?.iter().any(|d| d.code == code)
            {
                return Ok(());
            }
            let name = format!("异议答复书{:02}.pdf", n + 1);
            keep(app, tx, deal.lot.id, &bytes, Keep::pdf(&code, &name, Visibility::Staff)).map(|_| ())
        })?;
    }
    Ok(())
}
