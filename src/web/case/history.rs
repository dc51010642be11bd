//! What happened to a lot, in words.

use crate::domain::lot::{LotEvent, Party, Recorded};
use crate::web::ui::{Entry, History};

/// What an event says in one line, and what stands below it.
pub fn said(event: &LotEvent) -> (String, String) {
    let short = |text: &str| (text.to_owned(), String::new());
    let with = |text: &str, more: &str| (text.to_owned(), more.to_owned());
    match event {
        LotEvent::Submitted { .. } => short("提交转出申请"),
        LotEvent::FirstPassed { opinion, township } if township.is_empty() => with("初审通过", opinion),
        LotEvent::FirstPassed { opinion, township } => ("初审通过".into(), format!("{opinion}\n乡镇意见：{township}")),
        LotEvent::CorrectionAsked { items, .. } => with("一次性告知补正", &items.join("；")),
        LotEvent::FirstRejected { reason } => with("初审退回", reason),
        LotEvent::Accepted { acceptance_no } => with("受理登记", acceptance_no),
        LotEvent::NotAccepted { reason } => with("不予受理", reason),
        LotEvent::Consulted { departments } => {
            let names: Vec<&str> = departments.iter().map(|d| d.zh()).collect();
            with("发起部门会审", &names.join("、"))
        }
        LotEvent::Opined { department, agrees, opinion } => {
            let view = if *agrees { "同意" } else { "不同意" };
            (format!("{}会审意见：{view}", department.zh()), opinion.clone())
        }
        LotEvent::ReviewPassed { opinion } => with("审核通过", opinion),
        LotEvent::ReviewRejected { reason } => with("审核不通过", reason),
        LotEvent::NoticeConfirmed { .. } => short("转出方确认公告文本"),
        LotEvent::NoticeChanged { .. } => short("公告文本有变化，须由转出方重新确认"),
        LotEvent::Published { listing } => {
            ("发布挂牌公告".into(), format!("公告号 {}，报名截止 {}", listing.notice_no, listing.closes.zh()))
        }
        LotEvent::ListingClosed => short("报名截止"),
        LotEvent::ListFrozen => short("竞买人名单确认"),
        LotEvent::Scheduled { session } => ("安排竞价场次".into(), format!("{} 开始", session.starts.zh())),
        LotEvent::SessionOpened => short("自由竞价开始"),
        LotEvent::LimitedOpened => short("限时竞价开始"),
        LotEvent::SessionPaused { .. } => short("竞价暂停"),
        LotEvent::SessionResumed { .. } => short("竞价恢复"),
        LotEvent::NegotiationOpened => short("转入协商"),
        LotEvent::ResultPosted { outcome, publicity_ends } => {
            ("结果公示".into(), format!("成交总额 {} 元，公示至 {}", outcome.total.figures(), publicity_ends.zh()))
        }
        LotEvent::Ended { ending } => with(ending.stage.zh(), &ending.reason),
        LotEvent::Objected { .. } => short("收到异议，公示期停止计算"),
        LotEvent::ObjectionAnswered { .. } => short("异议已答复"),
        LotEvent::ObjectionClosed { .. } => short("异议因另案成立一并终结"),
        LotEvent::PublicityEnded { .. } => short("公示期满"),
        LotEvent::ConfirmationSigned { party, .. } => (format!("{}签署成交确认书", side(*party)), String::new()),
        LotEvent::ApprovalAsked { .. } => short("报请审批"),
        LotEvent::ApprovalDecided { granted, number, .. } => {
            (if *granted { "审批同意" } else { "审批未获同意" }.into(), number.clone())
        }
        LotEvent::ReadyToSign => short("可以签订合同"),
        LotEvent::ContractMade { contract_no, .. } => with("生成合同", contract_no),
        LotEvent::ContractSigned { party, .. } => (format!("{}签订合同", side(*party)), String::new()),
        LotEvent::ScanUploaded { .. } => short("登记线下签署的文书"),
        LotEvent::ScanChecked { accepted, note } => {
            with(if *accepted { "线下签署的文书复核通过" } else { "线下签署的文书复核未通过" }, note)
        }
        LotEvent::Authenticated { filing_no, .. } => with("合同鉴证备案", filing_no),
        LotEvent::PaymentReceived { .. } => short("收到价款"),
        LotEvent::PaidInFull => short("应付款项已付清"),
        LotEvent::CertificateApplied => short("申请交易鉴证"),
        LotEvent::CertificateDrafted { number } => with("拟发交易鉴证书", number),
        LotEvent::CertificateIssued { number } => with("出具交易鉴证书", number),
        LotEvent::CertificateReturned { reason } => with("鉴证书退回重拟", reason),
        LotEvent::DeliverySigned { party, .. } => (format!("{}签署交割单", side(*party)), String::new()),
        LotEvent::Delivered => short("交割完成"),
        LotEvent::HandedOver { department, .. } => (format!("移交{}办理登记", department.zh()), String::new()),
        LotEvent::Registered { number, note, .. } => ("登记办理结果".into(), format!("{number} {note}")),
        LotEvent::Archived { file_no, .. } => with("归档", file_no),
        LotEvent::Withdrawn { reason } => with("撤回申请", reason),
    }
}

fn side(party: Party) -> &'static str {
    party.zh()
}

/// Everything, newest first. Names of posts, never of persons.
pub fn all(events: &[Recorded]) -> History {
    History::new(events.iter().rev().map(|r| {
        let (what, more) = said(&r.event);
        Entry::new(r.at, what, r.post.clone()).more(more)
    }))
}

/// What the public may read: from publication on, without remarks on persons. Oldest first.
pub fn open(events: &[Recorded]) -> Vec<&Recorded> {
    let from = events.iter().position(|r| matches!(r.event, LotEvent::Published { .. })).unwrap_or(events.len());
    events.iter().skip(from).filter(|r| is_public(&r.event)).collect()
}

/// [`open`] as a block, newest first.
pub fn public(events: &[Recorded]) -> History {
    History::new(open(events).into_iter().rev().map(|r| Entry::new(r.at, said(&r.event).0, r.post.clone())))
}

fn is_public(event: &LotEvent) -> bool {
    match event {
        LotEvent::PaymentReceived { .. } | LotEvent::ScanChecked { .. } | LotEvent::CertificateReturned { .. } => false,
        LotEvent::Submitted { .. }
        | LotEvent::FirstPassed { .. }
        | LotEvent::CorrectionAsked { .. }
        | LotEvent::FirstRejected { .. }
        | LotEvent::Accepted { .. }
        | LotEvent::NotAccepted { .. }
        | LotEvent::Consulted { .. }
        | LotEvent::Opined { .. }
        | LotEvent::ReviewPassed { .. }
        | LotEvent::ReviewRejected { .. }
        | LotEvent::NoticeConfirmed { .. }
        | LotEvent::NoticeChanged { .. }
        | LotEvent::Published { .. }
        | LotEvent::ListingClosed
        | LotEvent::ListFrozen
        | LotEvent::Scheduled { .. }
        | LotEvent::SessionOpened
        | LotEvent::LimitedOpened
        | LotEvent::SessionPaused { .. }
        | LotEvent::SessionResumed { .. }
        | LotEvent::NegotiationOpened
        | LotEvent::ResultPosted { .. }
        | LotEvent::Ended { .. }
        | LotEvent::Objected { .. }
        | LotEvent::ObjectionAnswered { .. }
        | LotEvent::ObjectionClosed { .. }
        | LotEvent::PublicityEnded { .. }
        | LotEvent::ConfirmationSigned { .. }
        | LotEvent::ApprovalAsked { .. }
        | LotEvent::ApprovalDecided { .. }
        | LotEvent::ReadyToSign
        | LotEvent::ContractMade { .. }
        | LotEvent::ContractSigned { .. }
        | LotEvent::ScanUploaded { .. }
        | LotEvent::Authenticated { .. }
        | LotEvent::PaidInFull
        | LotEvent::CertificateApplied
        | LotEvent::CertificateDrafted { .. }
        | LotEvent::CertificateIssued { .. }
        | LotEvent::DeliverySigned { .. }
        | LotEvent::Delivered
        | LotEvent::HandedOver { .. }
        | LotEvent::Registered { .. }
        | LotEvent::Archived { .. }
        | LotEvent::Withdrawn { .. } => true,
    }
}
