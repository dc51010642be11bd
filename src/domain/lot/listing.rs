//! Publication and the listing period (rulebook 2.3 T08–T10, 2.5).

use super::{Ending, Listing, Lot, LotEvent, Stage};
use crate::auction::sole::{self, SoleDecision, SolePolicy};
use crate::refusal::Refusal;

/// The refusal's code when the text is no longer the confirmed one.
pub const NOTICE_CHANGED: &str = "NOTICE_CHANGED";

/// The transferor confirms the notice's text, known by its hash.
pub fn confirm_notice(lot: &Lot, notice_hash: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::ToPublish])?;
    if lot.notice_confirmed.as_deref() == Some(notice_hash) {
        return Err(Refusal::rule("CONFIRMED_ALREADY", "公告文本已经确认，等待县中心发布。", ""));
    }
    Ok(vec![LotEvent::NoticeConfirmed { notice_hash: notice_hash.to_owned() }])
}

/// The text differs from the one that was confirmed: the confirmation falls, and is asked for again.
pub fn notice_changed(lot: &Lot, notice_hash: &str) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::ToPublish])?;
    let stale = lot.notice_confirmed.as_deref().is_some_and(|confirmed| confirmed != notice_hash);
    Ok(if stale { vec![LotEvent::NoticeChanged { notice_hash: notice_hash.to_owned() }] } else { Vec::new() })
}

/// T08: publish. The listing's dates come checked from the calendar.
pub fn publish(lot: &Lot, listing: Listing) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::ToPublish])?;
    match lot.notice_confirmed.as_deref() {
        None => Err(Refusal::rule(
            "NOTICE_UNCONFIRMED",
            "转出方还没有确认公告文本，不能发布。请提醒转出方登录确认。",
            "挂牌公告须经转出方确认",
        )),
        Some(hash) if hash != listing.notice_hash => Err(Refusal::rule(
            NOTICE_CHANGED,
            "公告文本与转出方确认的不一致，已请转出方重新确认。",
            "挂牌公告须经转出方确认",
        )),
        Some(_) => Ok(vec![LotEvent::Published { listing }]),
    }
}

/// T09: the clock reaches the close. `applications` counts those submitted and not withdrawn.
pub fn close(lot: &Lot, applications: u32) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Listed, Stage::Extended])?;
    if applications == 0 {
        return Ok(vec![LotEvent::Ended {
            ending: Ending {
                stage: Stage::FailedNoApplicant,
                reason: "公告期满，没有意向受让方报名。保证金（如有）全额退还。".into(),
            },
        }]);
    }
    Ok(vec![LotEvent::ListingClosed])
}

/// T10: freeze the list of bidders. No application may be `undecided`; `eligible` are those qualified whose
/// deposit is held.
pub fn freeze(
    lot: &Lot,
    undecided: bool,
    eligible: u32,
    min_bidders: u32,
    policy: SolePolicy,
) -> Result<Vec<LotEvent>, Refusal> {
    lot.expect(&[Stage::Qualifying])?;
    if undecided {
        return Err(Refusal::rule(
            "UNDECIDED_LEFT",
            // No number: how many applied is nobody's to know before the session closes.
            "还有报名没有审查结论，或者补正期限未满，请先逐一作出确认或不予确认的决定。",
            "资格审查",
        ));
    }
    if eligible == 0 {
        return Ok(vec![ended(Stage::FailedCompetition, "没有通过资格审查并按时足额交纳保证金的竞买人。")]);
    }
    let earlier = lot.listing.as_ref().map_or(0, |l| l.number.saturating_sub(1));
    match sole::decide(policy, eligible, min_bidders, earlier) {
        // A sole bidder makes his offer in the room, where the start price is the least he can bid.
        SoleDecision::Compete | SoleDecision::DealAtOffer | SoleDecision::DealAtMax => Ok(vec![LotEvent::ListFrozen]),
        SoleDecision::Negotiate => Ok(vec![LotEvent::NegotiationOpened]),
        SoleDecision::Relist => {
            Ok(vec![ended(Stage::FailedCompetition, "合格竞买人数量不足，按公告规定可重新挂牌，保证金全额退还。")])
        }
        SoleDecision::Fail => {
            Ok(vec![ended(Stage::FailedCompetition, "合格竞买人数量少于公告要求，有效竞争不足，保证金全额退还。")])
        }
    }
}

pub(super) fn ended(stage: Stage, reason: &str) -> LotEvent {
    LotEvent::Ended { ending: Ending { stage, reason: reason.to_owned() } }
}
