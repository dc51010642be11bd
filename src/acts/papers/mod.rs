//! The papers of a case: made from the lot, kept under their SM3, made once.
//!
//! Rendering takes a fraction of a second, so papers are printed before the writing transaction
//! and kept inside it, or printed when somebody first asks for them.

mod attachments;
mod bid_record;
mod clauses;
mod closing;
mod contract;
mod notice;
mod objection;
mod opening;
mod result;

pub use attachments::bidding_rules;
pub use bid_record::bid_record;
pub use closing::{ArchiveFile, archive, certificate, delivery, handover};
pub use contract::{ContractMade, approval_form, contract, intention, payments};
pub use notice::notice;
pub use opening::application;
pub use result::{confirmation, confirmation_hash, confirmation_text, result_notice};

use super::deal::{self, Deal};
use crate::context::{App, new_id};
use crate::crypto::suite::Hash;
use crate::domain::actor::Actor;
use crate::domain::base::Day;
use crate::domain::base::ids::{AccountId, DocumentId, LotId};
use crate::domain::lot::{Lot, Party, Signatures, Signing, Stage};
use crate::domain::refusal::Refusal;
use crate::papers::{Head, Paper, PapersError, Signature};
use crate::store::documents::{Document, Owner, Visibility};
use crate::store::{Fault, Stop, Tx, documents};

/// Says what kind of electronic signature this is, wherever one is given (rulebook 9.7).
pub const E_SIGN: &str = "双方同意采用电子形式。在线签署以平台账户登录、密码和一次性验证码确认，绑定所签文本的SM3摘要；\
这不是由依法设立的电子认证机构认证的可靠电子签名。需要可靠电子签名或者纸质签名的，可以选择线下签署，由工作人员扫描并经两人核对。";

/// Prints a paper.
pub fn press(app: &App, paper: &Paper, ident: &str) -> Result<Vec<u8>, Stop> {
    app.papers.render(paper, ident).map_err(|e| match e {
        PapersError::MissingGlyphs(chars) => Refusal::rule(
            "GLYPHS",
            format!(
                "文书中有系统字体打印不出的字：{}。请管理员安装含有这些字的字体后再办理。",
                chars.iter().collect::<String>()
            ),
            "",
        )
        .into(),
        other => Stop::Fault(Fault::Papers(other.to_string())),
    })
}

/// What a kept file is called and who sees it.
#[derive(Clone, Copy, Debug)]
pub struct Keep<'a> {
    /// Code of the paper.
    pub code: &'a str,
    /// Name for people, with ending.
    pub name: &'a str,
    /// Media type.
    pub media_type: &'a str,
    /// Who may see it.
    pub visibility: Visibility,
    /// Who uploaded it; `None` for what the exchange made.
    pub by: Option<AccountId>,
}

impl<'a> Keep<'a> {
    /// A PDF of the exchange's own.
    pub fn pdf(code: &'a str, name: &'a str, visibility: Visibility) -> Keep<'a> {
        Keep { code, name, media_type: "application/pdf", visibility, by: None }
    }
}

/// Keeps bytes as a document of a lot; an older one of the same code is superseded.
pub fn keep(app: &App, tx: &mut Tx<'_>, lot: LotId, bytes: &[u8], how: Keep<'_>) -> Result<Document, Stop> {
    let hash = app.files.put(bytes).map_err(|e| Fault::Files(e.to_string()))?;
    let size = i64::try_from(bytes.len()).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    keep_stored(app, tx, lot, &hash, size, how)
}

/// Keeps a file that already stands in the file store.
pub fn keep_stored(
    app: &App,
    tx: &mut Tx<'_>,
    lot: LotId,
    content: &Hash,
    size: i64,
    how: Keep<'_>,
) -> Result<Document, Stop> {
    let document = Document {
        id: DocumentId(new_id()),
        owner: Owner::Lot(lot),
        code: how.code.to_owned(),
        name: how.name.to_owned(),
        media_type: how.media_type.to_owned(),
        size_bytes: size,
        sm3: content.hex(),
        visibility: how.visibility,
        uploaded_by: how.by,
        uploaded_at: app.clock.now(),
        superseded_by: None,
    };
    let older = documents::of(tx, Owner::Lot(lot))?;
    tx.insert_document(&document)?;
    for old in older.iter().filter(|d| d.code == how.code) {
        tx.supersede_document(old.id, document.id)?;
    }
    Ok(document)
}

/// Prints and keeps a paper in one go, for acts whose transaction is short anyway.
pub fn produce(
    app: &App,
    tx: &mut Tx<'_>,
    lot: LotId,
    code: &str,
    name: &str,
    paper: &Paper,
    visibility: Visibility,
) -> Result<Document, Stop> {
    let bytes = press(app, paper, &format!("{lot}-{code}"))?;
    keep(app, tx, lot, &bytes, Keep::pdf(code, name, visibility))
}

/// Head of a paper.
pub fn head(app: &App, number: impl Into<String>, day: Day) -> Head {
    Head {
        number: number.into(),
        organ: app.config.county.centre.clone(),
        date: day.zh(),
        demo: app.config.mode.is_demo(),
    }
}

/// The telephone of the centre as papers print it.
pub fn phone(app: &App) -> String {
    app.config.county.phone.clone().unwrap_or_else(|| "待公布".to_owned())
}

/// Places to sign, with what was signed so far.
pub fn signatures(deal: &Deal, signed: &Signatures, roles: [&str; 2], public: bool) -> Vec<Signature> {
    [(Party::Transferor, roles[0]), (Party::Transferee, roles[1])]
        .into_iter()
        .map(|(side, role)| {
            let known = deal.side(side).ok();
            let name = known.map(|k| if public { k.public_name() } else { k.card.name.clone() }).unwrap_or_default();
            let lines = signed.of(side).map(|(at, how)| match how {
                Signing::Screen { hash } => {
                    vec!["已在线签署".to_owned(), at.zh_secs(), format!("所签文本摘要（SM3）：{hash}")]
                }
                Signing::Paper { .. } => vec!["已线下签署，扫描件存卷".to_owned(), at.zh_secs()],
            });
            Signature {
                role: role.into(), name, sign_label: "签名（盖章）".into(), signed: lines.unwrap_or_default()
            }
        })
        .collect()
}

/// Papers that are made on demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDemand {
    /// 转出申请书
    Application,
    /// 挂牌公告
    Notice,
    /// 合同文本（草案）
    ContractDraft,
    /// 声明与保证
    Undertaking,
    /// 竞价须知
    BidRules,
    /// 竞价记录
    BidRecord,
    /// 结果公示
    Result,
    /// 成交确认书
    Confirmation,
    /// 流转意向协议书
    Intention,
    /// 审批表
    Approval,
    /// 交割单
    Delivery,
}

impl OnDemand {
    /// All of them.
    pub const ALL: [OnDemand; 11] = [
        OnDemand::Application,
        OnDemand::Notice,
        OnDemand::ContractDraft,
        OnDemand::Undertaking,
        OnDemand::BidRules,
        OnDemand::BidRecord,
        OnDemand::Result,
        OnDemand::Confirmation,
        OnDemand::Intention,
        OnDemand::Approval,
        OnDemand::Delivery,
    ];

    /// What a notice has attached.
    pub const ATTACHED: [OnDemand; 3] = [OnDemand::ContractDraft, OnDemand::Undertaking, OnDemand::BidRules];

    /// The code in addresses and on documents.
    pub fn code(self) -> &'static str {
        match self {
            OnDemand::Application => "F01",
            OnDemand::Notice => "F03",
            OnDemand::ContractDraft => "F09C",
            OnDemand::Undertaking => "R03",
            OnDemand::BidRules => "XZ",
            OnDemand::BidRecord => "F06",
            OnDemand::Result => "F07",
            OnDemand::Confirmation => "F08",
            OnDemand::Intention => "YX",
            OnDemand::Approval => "SP",
            OnDemand::Delivery => "F15",
        }
    }

    /// The paper of this code.
    pub fn from_code(code: &str) -> Option<OnDemand> {
        OnDemand::ALL.into_iter().find(|p| p.code() == code)
    }

    /// The file's name.
    pub fn file(self) -> &'static str {
        match self {
            OnDemand::Application => "转出申请书.pdf",
            OnDemand::Notice => "挂牌公告.pdf",
            OnDemand::ContractDraft => "合同文本（草案）.pdf",
            OnDemand::Undertaking => "声明与保证.pdf",
            OnDemand::BidRules => "竞价须知.pdf",
            OnDemand::BidRecord => "竞价记录.pdf",
            OnDemand::Result => "结果公示.pdf",
            OnDemand::Confirmation => "成交确认书.pdf",
            OnDemand::Intention => "流转意向协议书.pdf",
            OnDemand::Approval => "审批表.pdf",
            OnDemand::Delivery => "交割单.pdf",
        }
    }

    /// Whether everybody may read it.
    pub fn is_public(self) -> bool {
        OnDemand::ATTACHED.contains(&self) || matches!(self, OnDemand::Notice | OnDemand::BidRecord | OnDemand::Result)
    }

    /// Whether there is anything to print yet.
    pub fn exists(self, lot: &Lot) -> bool {
        match self {
            OnDemand::Application => lot.lot_no.is_some() && lot.terms.is_some(),
            OnDemand::Notice | OnDemand::ContractDraft | OnDemand::Undertaking | OnDemand::BidRules => {
                lot.listing.is_some()
            }
            OnDemand::BidRecord => {
                let failed = matches!(lot.stage, Stage::FailedNoBid | Stage::FailedReserve);
                lot.session.is_some() && (lot.outcome.is_some() || failed)
            }
            OnDemand::Result => lot.outcome.is_some(),
            OnDemand::Confirmation => lot.confirmation_no.is_some(),
            OnDemand::Intention | OnDemand::Approval => !lot.approvals.is_empty(),
            OnDemand::Delivery => lot.certificate.issued_at.is_some(),
        }
    }

    /// Whether the paper will not change any more, so that it is kept.
    pub fn is_final(self, lot: &Lot) -> bool {
        match self {
            // Both opinions stand once it is published.
            OnDemand::Application => lot.listing.is_some(),
            OnDemand::Notice | OnDemand::BidRecord => true,
            // Made from the notice whenever somebody asks; the file holds the contract itself.
            OnDemand::ContractDraft | OnDemand::Undertaking | OnDemand::BidRules => false,
            OnDemand::Result => lot.confirmation_no.is_some(),
            OnDemand::Confirmation => lot.confirmation.complete(),
            OnDemand::Intention | OnDemand::Approval => lot.approvals_open().next().is_none(),
            OnDemand::Delivery => lot.delivery.complete(),
        }
    }

    fn paper(self, app: &App, deal: &Deal) -> Result<Paper, Stop> {
        match self {
            OnDemand::Application => application(app, deal),
            OnDemand::Notice => notice(app, deal),
            OnDemand::ContractDraft => attachments::contract_draft(app, deal),
            OnDemand::Undertaking => attachments::undertaking(app, deal),
            OnDemand::BidRules => attachments::bid_rules(app, deal),
            OnDemand::BidRecord => bid_record(app, deal),
            OnDemand::Result => result_notice(app, deal),
            OnDemand::Confirmation => confirmation(app, deal, true),
            OnDemand::Intention => intention(app, deal),
            OnDemand::Approval => approval_form(app, deal),
            OnDemand::Delivery => delivery(app, deal, true),
        }
    }
}

/// The bytes of a paper: the kept one, or printed now and kept when it will not change any more.
pub fn fetch(app: &App, deal: &Deal, what: OnDemand) -> Result<Vec<u8>, Stop> {
    if !what.exists(&deal.lot) {
        return Err(Refusal::NotFound.into());
    }
    let kept = app.store.read(|db| documents::of(db, Owner::Lot(deal.lot.id)))?;
    if let Some(document) = kept.iter().find(|d| d.code == what.code()) {
        return bytes(app, document);
    }
    let printed = press(app, &what.paper(app, deal)?, &format!("{}-{}", deal.lot_no(), what.code()))?;
    if what.is_final(&deal.lot) {
        let visibility = if what.is_public() { Visibility::Public } else { Visibility::Parties };
        app.store.write(|tx| {
            let Some(stored) = tx.claim_lot(deal.lot.id)? else { return Ok(()) };
            let present = documents::of(tx, Owner::Lot(deal.lot.id))?;
            if stored.lot.seq == deal.lot.seq && !present.iter().any(|d| d.code == what.code()) {
                keep(app, tx, deal.lot.id, &printed, Keep::pdf(what.code(), what.file(), visibility))?;
            }
            Ok(())
        })?;
    }
    Ok(printed)
}

/// The bytes of a kept document.
pub fn bytes(app: &App, document: &Document) -> Result<Vec<u8>, Stop> {
    let hash: Hash = document.sm3.parse().map_err(|_| Fault::Inconsistent("documents.sm3".into()))?;
    let found = app.files.get(&hash).map_err(|e| Fault::Files(e.to_string()))?;
    found.ok_or_else(|| Stop::Fault(Fault::Files(format!("{} is missing", document.sm3))))
}

/// A public paper of a lot by its code.
pub fn public(app: &App, lot_no: &str, code: &str) -> Result<Vec<u8>, Stop> {
    let what = OnDemand::from_code(code).filter(|w| w.is_public()).ok_or(Refusal::NotFound)?;
    fetch(app, &deal::read_public(app, lot_no)?, what)
}

/// A paper of the file for whoever may read the file; the application also for who entered it.
pub fn internal(app: &App, actor: &Actor, id: LotId, code: &str) -> Result<Vec<u8>, Stop> {
    let what = OnDemand::from_code(code).ok_or(Refusal::NotFound)?;
    let deal = match what {
        OnDemand::Application => deal::for_reader_of_entry(app, actor, id)?,
        OnDemand::Notice
        | OnDemand::ContractDraft
        | OnDemand::Undertaking
        | OnDemand::BidRules
        | OnDemand::BidRecord
        | OnDemand::Result
        | OnDemand::Confirmation
        | OnDemand::Intention
        | OnDemand::Approval
        | OnDemand::Delivery => deal::for_reader(app, actor, id)?,
    };
    fetch(app, &deal, what)
}

/// Makes every paper that is final and not kept yet, so that the file is complete.
pub fn complete(app: &App, deal: &Deal) -> Result<(), Stop> {
    for what in OnDemand::ALL {
        if what.exists(&deal.lot) && what.is_final(&deal.lot) {
            fetch(app, deal, what)?;
        }
    }
    objection::complete(app, deal)
}
