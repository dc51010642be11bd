//! From a submitted form to the act.

use super::step::Step;
use super::steps::approval_code;
use crate::acts::approval::Decision;
use crate::acts::confirmation::SignOff;
use crate::acts::{approval, archive, certificate, confirmation, contract, delivery, handover, objection, scan};
use crate::context::App;
use crate::domain::actor::Actor;
use crate::domain::base::ids::LotId;
use crate::domain::category::Department;
use crate::domain::lot::ApprovalKind;
use crate::domain::refusal::Refusal;
use crate::store::Stop;
use crate::web::typed::{Reading, Typed};
use crate::web::upload::{self, Upload};

/// Does the step with what was typed.
pub(super) fn perform(
    app: &App,
    actor: &Actor,
    id: LotId,
    step: Step,
    typed: &Typed,
    files: &[Upload],
) -> Result<(), Stop> {
    match step {
        Step::Answer => answer(app, actor, id, typed),
        Step::Confirm => confirmation::sign(app, actor, id, &sign_off(typed)),
        Step::Approve => decide(app, actor, id, typed),
        Step::Contract => contract::make(app, actor, id),
        Step::Sign => contract::sign(app, actor, id, &sign_off(typed)),
        Step::Scan => {
            let file = upload::file(files, "scan").ok_or_else(|| Refusal::field("scan", "请选择签署后的扫描件"))?;
            scan::upload(app, actor, id, file.received()?)
        }
        Step::Check => {
            let accepted = yes_no(typed, "accepted", "复核结果")?;
            let shown = typed.text("document").parse();
            let shown = shown.map_err(|_| Refusal::field("document", "没有等待复核的签署扫描件"))?;
            scan::check(app, actor, id, shown, accepted, typed.text("note"))
        }
        Step::Authenticate => contract::authenticate(app, actor, id),
        Step::Apply => certificate::apply(app, actor, id),
        Step::Draft => certificate::draft(app, actor, id),
        Step::Issue if typed.text("return") == "1" => certificate::send_back(app, actor, id, typed.text("reason")),
        Step::Issue => certificate::approve(app, actor, id, typed.raw("password"), typed.text("code")).map(|_| ()),
        Step::Deliver => delivery::sign(app, actor, id, &sign_off(typed), typed.raw("note")),
        Step::HandOver => {
            let mut reading = Reading::default();
            let department = reading.choice(typed, "department", "接收部门", |t| t.parse::<Department>().ok());
            reading.finish()?;
            handover::hand_over(app, actor, id, department.ok_or(Refusal::NotFound)?)
        }
        Step::Register => {
            let registrable = yes_no(typed, "registrable", "办理结果")?;
            handover::register(app, actor, id, registrable, typed.text("number"), typed.text("note"))
        }
        Step::Archive => archive::close(app, actor, id).map(|_| ()),
    }
}

fn sign_off(typed: &Typed) -> SignOff {
    SignOff {
        password: typed.raw("password").to_owned(),
        code: typed.text("code").to_owned(),
        agrees_electronic: typed.ticked("agree"),
    }
}

fn yes_no(typed: &Typed, field: &str, label: &str) -> Result<bool, Refusal> {
    typed.either(field, label, "yes", "no")
}

fn answer(app: &App, actor: &Actor, id: LotId, typed: &Typed) -> Result<(), Stop> {
    let which = typed.text("objection").parse().map_err(|_| Refusal::field("objection", "请选择答复哪一件异议"))?;
    let sustained = yes_no(typed, "sustained", "是否成立")?;
    objection::answer(app, actor, id, which, sustained, typed.raw("answer"))
}

fn decide(app: &App, actor: &Actor, id: LotId, typed: &Typed) -> Result<(), Stop> {
    let mut reading = Reading::default();
    let kinds = [ApprovalKind::Township, ApprovalKind::CommercialCapital];
    let kind = reading.choice(typed, "kind", "审批事项", |t| kinds.into_iter().find(|k| approval_code(*k) == t));
    let number = reading.text(typed, "number", "文号", 60);
    let day = reading.day(typed, "day", "决定日期");
    let note = reading.optional(typed, "note", "说明", 500);
    let granted = reading.choice(typed, "granted", "决定", |t| match t {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    });
    reading.finish()?;
    let (Some(kind), Some(day), Some(granted)) = (kind, day, granted) else { return Err(Refusal::NotFound.into()) };
    approval::record(app, actor, id, &Decision { kind, granted, number, day, note })
}
