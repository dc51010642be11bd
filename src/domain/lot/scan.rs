//! Papers signed by hand: scanned by one clerk, checked by a second (rulebook 8.1; always offered beside
//! signing on screen). The intention agreement is filed alone: the authority looks at it anyway.

use super::{ApprovalKind, Lot, LotEvent, Party, Signing, Stage, result};
use crate::base::ids::DocumentId;
use crate::refusal::Refusal;

/// A paper that the parties may sign by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 成交确认书
    Confirmation,
    /// 流转意向协议书
    Intention,
    /// 交易合同
    Contract,
    /// 交割单
    Delivery,
}

impl Paper {
    /// The one that is signed in this stage.
    pub fn at(stage: Stage) -> Option<Paper> {
        if stage == Stage::Confirmation {
            Some(Paper::Confirmation)
        } else if stage == Stage::Approval {
            Some(Paper::Intention)
        } else if stage == Stage::ToSign {
            Some(Paper::Contract)
        } else if stage == Stage::Certified {
            Some(Paper::Delivery)
        } else {
            None
        }
    }

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            Paper::Confirmation => "成交确认书",
            Paper::Intention => "流转意向协议书",
            Paper::Contract => "合同",
            Paper::Delivery => "交割单",
        }
    }

    /// The code of its signed copy among the documents.
    pub fn scan_code(self) -> &'static str {
        match self {
            Paper::Confirmation => "F08S",
            Paper::Intention => "YXS",
            Paper::Contract => "F09S",
            Paper::Delivery => "F15S",
        }
    }
}

impl Lot {
    /// The scan that waits for the second clerk.
    pub fn scan_waiting(&self) -> Option<DocumentId> {
        match Paper::at(self.stage)? {
            Paper::Confirmation | Paper::Delivery => self.scan,
            Paper::Contract => self.contract.as_ref()?.scan.filter(|(_, checked)| !checked).map(|(id, _)| id),
            Paper::Intention => None,
        }
    }

    /// The parties that have not signed the present paper on screen: a scan stands for their signatures.
    pub fn unsigned(&self) -> Vec<Party> {
        let signatures = match Paper::at(self.stage) {
            Some(Paper::Confirmation) => Some(&self.confirmation),
            Some(Paper::Delivery) => Some(&self.delivery),
            Some(Paper::Contract) => self.contract.as_ref().map(|c| &c.signatures),
            Some(Paper::Intention) | None => None,
        };
        let both = [Party::Transferor, Party::Transferee];
        both.into_iter().filter(|p| signatures.is_none_or(|s| s.of(*p).is_none())).collect()
    }
}

/// A clerk uploads the scan of the paper that waits for signatures.
pub fn upload(lot: &Lot, document: DocumentId) -> Result<Vec<LotEvent>, Refusal> {
    let paper = Paper::at(lot.stage).ok_or_else(|| lot.wrong_stage())?;
    match (paper, &lot.contract) {
        (Paper::Contract, None) => {
            Err(Refusal::rule("NO_CONTRACT", "合同还没有生成，请先生成合同文本并打印签署。", ""))
        }
        (Paper::Contract, Some(c)) if c.is_signed() => Err(Refusal::rule("SIGNED_ALREADY", "合同已经签署完毕。", "")),
        (Paper::Confirmation | Paper::Intention | Paper::Contract | Paper::Delivery, _) => {
            Ok(vec![LotEvent::ScanUploaded { document }])
        }
    }
}

/// A second clerk checks the scan that he was shown against the generated text. Accepted, it is the
/// signature of everybody who had not signed on screen; `approvals` are what a signed confirmation asks for.
///
/// # Errors
/// No scan waits, another one was uploaded since, or no reason is given for a scan that is not accepted.
pub fn check(
    lot: &Lot,
    shown: DocumentId,
    accepted: bool,
    note: &str,
    approvals: &[ApprovalKind],
) -> Result<Vec<LotEvent>, Refusal> {
    let paper = Paper::at(lot.stage).ok_or_else(|| lot.wrong_stage())?;
    let Some(document) = lot.scan_waiting() else {
        // Another clerk decided on it a moment ago: who and when stands in the refusal.
        if lot.hands.iter().any(|(act, _)| *act == crate::permit::Act::CheckSigned) {
            return Err(lot.wrong_stage());
        }
        return Err(Refusal::rule("NO_SCAN", "没有等待复核的签署扫描件。", ""));
    };
    if document != shown {
        return Err(Refusal::rule(
            "SCAN_REPLACED",
            "扫描件在您打开本页以后已经换过。请重新打开并核对现在的扫描件，再提交复核结果。",
            "",
        ));
    }
    let note = note.trim();
    if !accepted && note.is_empty() {
        return Err(Refusal::field("note", "不通过时请写明扫描件的问题"));
    }
    let mut events = vec![LotEvent::ScanChecked { accepted, note: note.to_owned() }];
    if !accepted {
        return Ok(events);
    }
    let signing = Signing::Paper { document };
    match paper {
        // Checked, the scan of the contract is its signature as it stands.
        Paper::Contract | Paper::Intention => {}
        Paper::Confirmation => {
            let sign = |party| LotEvent::ConfirmationSigned { party, signing: signing.clone() };
            events.extend(lot.unsigned().into_iter().map(sign));
            events.push(result::confirmed(approvals));
        }
        Paper::Delivery => {
            let sign = |party| LotEvent::DeliverySigned { party, signing: signing.clone(), note: String::new() };
            events.extend(lot.unsigned().into_iter().map(sign));
            events.push(LotEvent::Delivered);
        }
    }
    Ok(events)
}
