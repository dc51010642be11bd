//! What belongs to one step: papers to read first, and the fields of its form.

use super::sheet::Sheet;
use super::step::Step;
use crate::acts::approval::may_record;
use crate::acts::papers::E_SIGN;
use crate::domain::category::Department;
use crate::domain::lot::scan::Paper;
use crate::domain::lot::{Lot, Party};
use crate::files::Slot;
use crate::web::case::facts::{media_zh, paper_title};
use crate::web::ui::{Block, Choice, Doc, Docs, Facts, Field, Panel, Rich, Section};

/// Blocks above the form.
pub(super) fn blocks(sheet: &Sheet, step: Step) -> Vec<Block> {
    let lot = &sheet.deal.lot;
    let paper = |code: &str| format!("/cases/{}/papers/{code}.pdf", lot.id);
    let document = |id: crate::domain::base::ids::DocumentId| format!("/documents/{id}");
    let mut docs: Vec<Doc> = Vec::new();
    let mut blocks: Vec<Block> = Vec::new();
    match step {
        Step::Confirm => docs.push(Doc::new("成交确认书", "PDF", paper("F08"))),
        Step::Approve => {
            docs.push(Doc::new("流转意向协议书", "PDF", paper("YX")));
            docs.push(Doc::new("审批表", "PDF", paper("SP")));
            docs.extend(lot.intention.map(|scan| Doc::new("双方签署的流转意向协议书", "扫描件", document(scan))));
        }
        Step::Scan | Step::Check => {
            match Paper::at(lot.stage) {
                Some(Paper::Confirmation) => docs.push(Doc::new("成交确认书", "PDF", paper("F08"))),
                Some(Paper::Intention) => docs.push(Doc::new("流转意向协议书", "PDF", paper("YX"))),
                Some(Paper::Delivery) => docs.push(Doc::new("交割单", "PDF", paper("F15"))),
                Some(Paper::Contract) | None => docs.extend(contract(lot)),
            }
            docs.extend(lot.scan_waiting().map(|scan| Doc::new("待复核的扫描件", "扫描件", document(scan))));
        }
        Step::Contract | Step::Sign | Step::Authenticate => {
            docs.extend(contract(lot));
            if let Some((scan, _)) = lot.contract.as_ref().and_then(|c| c.scan) {
                docs.push(Doc::new("签署扫描件", "扫描件", document(scan)));
            }
        }
        Step::Deliver => docs.push(Doc::new("交割单", "PDF", paper("F15"))),
        Step::Register => {
            if let Some(handover) = &lot.handover {
                let package = Doc::new("变更登记材料", "ZIP", document(handover.package)).hash(&handover.package_hash);
                docs.push(package);
            }
        }
        Step::Archive | Step::HandOver => {
            for line in &sheet.lines {
                let d = &line.document;
                let title = paper_title(Some(&sheet.deal.variety), &d.code);
                let name = format!("{}　{title}：{}", line.part_zh(), d.name);
                docs.push(Doc::new(name, media_zh(&d.media_type), document(d.id)).hash(&d.sm3));
            }
        }
        Step::Answer | Step::Apply | Step::Draft | Step::Issue => {}
    }
    if !docs.is_empty() {
        let title =
            if step == Step::Archive { format!("卷内材料（{}件）", docs.len()) } else { "文书".to_owned() };
        blocks.push(Section::card(title).with(Docs::new(docs)).into());
    }
    blocks.extend(details(sheet, step));
    if step.purpose().is_some() && step != Step::Issue {
        blocks.push(Panel::attention("关于在线签署").say(E_SIGN).into());
    }
    blocks
}

/// The contract's text.
fn contract(lot: &Lot) -> Option<Doc> {
    let made = lot.contract.as_ref()?;
    let doc = Doc::new(format!("合同{}", made.number), "PDF", format!("/documents/{}", made.document));
    Some(doc.hash(&made.hash))
}

/// Who has not signed on screen, and what is being signed.
fn by_hand(lot: &Lot) -> Facts {
    let facts = Facts::new().row("文书", Paper::at(lot.stage).map(Paper::zh).unwrap_or_default());
    let open: Vec<&str> = lot.unsigned().into_iter().map(Party::zh).collect();
    facts.row("由扫描件证明签署的", open.join("、"))
}

fn details(sheet: &Sheet, step: Step) -> Vec<Block> {
    let lot = &sheet.deal.lot;
    match step {
        Step::Answer => sheet
            .objections
            .iter()
            .filter(|o| o.answer.is_none())
            .map(|o| {
                let facts = Facts::new()
                    .row("异议人", o.name.clone())
                    .row("提出时间", o.filed_at)
                    .row("答复期限", Rich::new().until(o.due_at));
                Section::card("待答复的异议").with(facts).say(o.content.clone()).into()
            })
            .collect(),
        Step::Authenticate => sheet
            .dues
            .iter()
            .map(|dues| {
                let deposit = lot.terms.as_ref().map(|t| t.deposit).unwrap_or_default();
                let facts = Facts::new()
                    .row("首期价款", dues.first_payment)
                    .row("交易保证金转入", deposit.min(dues.first_payment))
                    .row("交易服务费（受让方）", dues.fee.amount)
                    .hint(dues.fee.explanation());
                Section::card("应付款项").with(facts).into()
            })
            .collect(),
        Step::Confirm | Step::Sign | Step::Deliver | Step::Issue => sheet
            .hash
            .iter()
            .map(|hash| {
                let facts = Facts::new().row("所签文本校验值（SM3）", Rich::new().code(hash.hex()));
                let facts = match &lot.certificate.number {
                    Some(number) if step == Step::Issue => facts.row("鉴证书编号", number.clone()),
                    _ => facts,
                };
                Section::card("签署的内容").with(facts).into()
            })
            .collect(),
        Step::Scan | Step::Check => vec![Section::card("线下签署").with(by_hand(lot)).into()],
        Step::Approve
        | Step::Contract
        | Step::Apply
        | Step::Draft
        | Step::HandOver
        | Step::Register
        | Step::Archive => Vec::new(),
    }
}

/// The step's own fields.
pub(super) fn fields(sheet: &Sheet, step: Step) -> Vec<Field> {
    let lot = &sheet.deal.lot;
    match step {
        Step::Answer => {
            let open = sheet.objections.iter().filter(|o| o.answer.is_none());
            let choices = open.map(|o| Choice::new(o.id.to_string(), format!("{}，{}提出", o.name, o.filed_at.zh())));
            vec![
                Field::radio("objection", "答复哪一件异议", choices),
                Field::radio(
                    "sustained",
                    "是否成立",
                    [Choice::new("no", "不成立，公示继续"), Choice::new("yes", "成立，成交无效")],
                ),
                Field::textarea("answer", "书面答复（公开）").limit(2000),
            ]
        }
        Step::Confirm | Step::Sign => agree(sheet),
        Step::Approve => {
            let open = lot.approvals_open().filter(|a| may_record(&sheet.actor, lot, a.kind));
            let choices = open.map(|a| Choice::new(approval_code(a.kind), a.kind.zh()));
            vec![
                Field::radio("kind", "审批事项", choices),
                Field::radio("granted", "决定", [Choice::new("yes", "批准"), Choice::new("no", "不予批准")]),
                Field::text("number", "文号").limit(60),
                Field::date("day", "决定日期"),
                Field::textarea("note", "附加条件或者理由").optional().limit(500),
            ]
        }
        Step::Scan => vec![Field::file("scan", "签署完整的扫描件", &Slot::SCAN.accept(), 20)],
        Step::Check => vec![
            Field::hidden("document", lot.scan_waiting().map(|id| id.to_string()).unwrap_or_default()),
            Field::radio(
                "accepted",
                "复核结果",
                [Choice::new("yes", "通过：文本一致、签署完整"), Choice::new("no", "不通过，退回重新扫描")],
            ),
            Field::textarea("note", "问题说明").hint("不通过时填写。").limit(500).when("accepted", &["no"]),
        ],
        Step::Issue => vec![Field::textarea("reason", "退回修改时写明理由").optional().limit(500)],
        Step::Deliver => {
            let mut fields = agree(sheet);
            fields.push(Field::textarea("note", "交割情况和遗留事项").optional().limit(500));
            fields
        }
        Step::HandOver => {
            let choices = sheet.departments.iter().map(|r| {
                Choice::new(
                    r.department.name(),
                    format!("{}：{}{}", r.department.zh(), r.what, if r.optional { "（当事人申请时）" } else { "" }),
                )
            });
            let first = sheet.departments.first().map_or("", |r| Department::name(r.department));
            vec![Field::radio("department", "移交给", choices).value(first)]
        }
        Step::Register => vec![
            Field::radio(
                "registrable",
                "办理结果",
                [Choice::new("yes", "已登记或者备案"), Choice::new("no", "不予登记或者无需登记")],
            ),
            Field::text("number", "登记证号或者备案号")
                .hint("已登记或者备案时填写。")
                .limit(60)
                .when("registrable", &["yes"]),
            Field::textarea("note", "说明或者原因").optional().limit(500),
        ],
        Step::Contract | Step::Authenticate | Step::Apply | Step::Draft | Step::Archive => Vec::new(),
    }
}

/// The box about electronic form, before a party's first signature on screen.
fn agree(sheet: &Sheet) -> Vec<Field> {
    let lot = &sheet.deal.lot;
    let side = sheet.actor.party.and_then(|p| lot.side(p)).unwrap_or(Party::Transferor);
    let agreed = sheet.deal.side(side).is_ok_and(|k| k.card.agreed_electronic_at.is_some());
    if agreed {
        return Vec::new();
    }
    vec![Field::agree("agree", "我同意以电子形式订立和签署本宗交易的文书，已阅读上面关于在线签署的说明。")]
}

/// The name of an approval in forms.
pub(super) fn approval_code(kind: crate::domain::lot::ApprovalKind) -> &'static str {
    match kind {
        crate::domain::lot::ApprovalKind::Township => "township",
        crate::domain::lot::ApprovalKind::CommercialCapital => "commercial_capital",
    }
}
