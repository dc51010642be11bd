//! Outages (rulebook 3.9): freeze, and resume without anybody losing time.

use serde::{Deserialize, Serialize};

use super::apply::apply;
use super::clock::settle;
use super::event::RoomEvent;
use super::room::{Phase, Rest, Room};
use super::rules::LimitedMode;
use crate::base::Instant;

/// The printed grounds on which a room may be frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FreezeGround {
    /// The room's heartbeat was interrupted.
    HeartbeatGap,
    /// Bids could not be taken or took too long.
    BidPathUnhealthy,
    /// A receiving process did not report before the close.
    LaneSilent,
    /// Power failure.
    PowerFailure,
    /// Network failure.
    NetworkFailure,
    /// System failure.
    SystemFailure,
    /// Attack.
    Attack,
    /// Wrong data.
    DataError,
}

impl FreezeGround {
    /// All grounds, for forms.
    pub const ALL: [FreezeGround; 8] = [
        FreezeGround::HeartbeatGap,
        FreezeGround::BidPathUnhealthy,
        FreezeGround::LaneSilent,
        FreezeGround::PowerFailure,
        FreezeGround::NetworkFailure,
        FreezeGround::SystemFailure,
        FreezeGround::Attack,
        FreezeGround::DataError,
    ];

    /// The ground as the public record states it.
    pub fn zh(self) -> &'static str {
        match self {
            FreezeGround::HeartbeatGap => "竞价服务心跳中断",
            FreezeGround::BidPathUnhealthy => "报价通道异常",
            FreezeGround::LaneSilent => "报价接收进程失去响应",
            FreezeGround::PowerFailure => "供电故障",
            FreezeGround::NetworkFailure => "网络故障",
            FreezeGround::SystemFailure => "系统故障",
            FreezeGround::Attack => "遭受网络攻击",
            FreezeGround::DataError => "数据错误",
        }
    }

    /// Found by the system itself; the others need two persons.
    pub fn is_automatic(self) -> bool {
        match self {
            FreezeGround::HeartbeatGap | FreezeGround::BidPathUnhealthy | FreezeGround::LaneSilent => true,
            FreezeGround::PowerFailure
            | FreezeGround::NetworkFailure
            | FreezeGround::SystemFailure
            | FreezeGround::Attack
            | FreezeGround::DataError => false,
        }
    }
}

/// Why a room was not frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FreezeRefusal {
    /// It is frozen already.
    AlreadyPaused,
    /// It had closed before the outage began.
    Closed,
}

impl FreezeRefusal {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            FreezeRefusal::AlreadyPaused => "ALREADY_PAUSED",
            FreezeRefusal::Closed => "BID_CLOSED",
        }
    }

    /// For the person who asked.
    pub fn zh(self) -> &'static str {
        match self {
            FreezeRefusal::AlreadyPaused => "本场竞价已经暂停，无需再次暂停。（竞价规则 3.9）",
            FreezeRefusal::Closed => "本场竞价在故障发生前已经结束，不能暂停。（竞价规则 3.9）",
        }
    }
}

/// Why a room was not resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResumeRefusal {
    /// It is not frozen.
    NotPaused,
    /// The wanted instant has passed.
    InThePast,
    /// The interruption would exceed one hour, so a day's notice is due.
    NeedsNotice {
        /// The earliest instant that may be announced now.
        earliest: Instant,
    },
}

impl ResumeRefusal {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            ResumeRefusal::NotPaused => "NOT_PAUSED",
            ResumeRefusal::InThePast => "RESUME_IN_THE_PAST",
            ResumeRefusal::NeedsNotice { .. } => "RESUME_NEEDS_NOTICE",
        }
    }

    /// For the person who asked.
    pub fn zh(self) -> String {
        match self {
            ResumeRefusal::NotPaused => "本场竞价没有暂停，无需恢复。（竞价规则 3.9）".into(),
            ResumeRefusal::InThePast => "恢复时间不能早于当前时间，请重新填写。（竞价规则 3.9）".into(),
            ResumeRefusal::NeedsNotice { earliest } => format!(
                "竞价中断已超过可直接恢复的时限，须先公告并提前告知竞买人，最早可定于 {} 恢复。（竞价规则 3.9）",
                earliest.zh_secs()
            ),
        }
    }
}

/// Freezes the room from `since`, the last moment at which everything is known
/// to have worked; `now` is when this is recorded. Clock events due up to
/// `since` happen first; those after it do not, so a deadline that passed
/// during the outage closes nothing. `since` is moved up to the last recorded
/// event, which the room is known to have lived through.
pub fn freeze(
    room: Room,
    since: Instant,
    now: Instant,
    ground: FreezeGround,
) -> (Room, Result<Vec<RoomEvent>, FreezeRefusal>) {
    let since = since.min(now).max(room.last);
    let (settled, mut events) = settle(room.clone(), since);
    let rest = match settled.phase {
        Phase::Waiting { opens, ends } => Rest::BeforeOpening { opens, ends },
        Phase::Free { deadline } => Rest::Free { left_us: deadline.micros() - since.micros() },
        Phase::Limited { .. } => Rest::Limited,
        Phase::Preparing { rest, .. } => rest,
        Phase::Paused { .. } => return (room, Err(FreezeRefusal::AlreadyPaused)),
        // The close itself is left to the ordinary settling, which records it.
        Phase::Closed { .. } => return (room, Err(FreezeRefusal::Closed)),
    };
    let frozen = RoomEvent::Frozen { since, at: now.max(since), ground, rest };
    let room = apply(settled, &frozen);
    events.push(frozen);
    (room, Ok(events))
}

/// The earliest instant at which trading may continue when this is announced at
/// `now`: at once within the printed time of the interruption (one hour), else
/// after the printed notice (24 hours).
/// `None` when the room is not frozen.
pub fn earliest_resume(room: &Room, now: Instant) -> Option<Instant> {
    let interrupted = interrupted_at(room)?;
    let direct = now <= interrupted.plus_ms(room.rules.resume_direct_ms);
    Some(if direct { now } else { now.plus_ms(room.rules.resume_notice_ms) })
}

/// When the outage began to cost trading time: not before the published opening.
fn interrupted_at(room: &Room) -> Option<Instant> {
    match room.phase {
        Phase::Paused { since, rest: Rest::BeforeOpening { opens, .. }, .. } => Some(since.max(opens)),
        Phase::Paused { since, rest: Rest::Free { .. } | Rest::Limited, .. } => Some(since),
        Phase::Waiting { .. }
        | Phase::Free { .. }
        | Phase::Limited { .. }
        | Phase::Preparing { .. }
        | Phase::Closed { .. } => None,
    }
}

/// Ends the freeze: announced at `now`, in force at `at`. The free period then
/// gets exactly the time that was lost; the limited period a preparation and a
/// full period; a room that had not opened keeps its opening or, if that has
/// passed, opens at `at` for its full length.
pub fn resume(room: Room, now: Instant, at: Instant) -> (Room, Result<Vec<RoomEvent>, ResumeRefusal>) {
    let Phase::Paused { rest, .. } = room.phase else { return (room, Err(ResumeRefusal::NotPaused)) };
    let now = now.max(room.last);
    if let Err(refusal) = may_resume(&room, now, at) {
        return (room, Err(refusal));
    }
    let (continues, rest) = match rest {
        Rest::BeforeOpening { opens, ends } => {
            let late_us = at.micros().saturating_sub(opens.micros()).max(0);
            let (opens, ends) = (Instant(opens.0 + late_us), Instant(ends.0 + late_us));
            (opens, Rest::BeforeOpening { opens, ends })
        }
        Rest::Free { left_us } => (at, Rest::Free { left_us: left_us.max(least_left_us(&room)) }),
        Rest::Limited => (at.plus_ms(room.rules.resume_preparation_ms), Rest::Limited),
    };
    let resumed = RoomEvent::Resumed { at: now, continues, rest };
    let (room, due) = settle(apply(room, &resumed), now);
    let mut events = vec![resumed];
    events.extend(due);
    (room, Ok(events))
}

fn may_resume(room: &Room, now: Instant, at: Instant) -> Result<(), ResumeRefusal> {
    let (Some(interrupted), Some(earliest)) = (interrupted_at(room), earliest_resume(room, now)) else {
        return Err(ResumeRefusal::NotPaused);
    };
    if at < now {
        return Err(ResumeRefusal::InThePast);
    }
    let direct = at <= interrupted.plus_ms(room.rules.resume_direct_ms);
    let noticed = now.plus_ms(room.rules.resume_notice_ms);
    if direct || at >= noticed { Ok(()) } else { Err(ResumeRefusal::NeedsNotice { earliest: earliest.max(noticed) }) }
}

/// Where the free period's end is the end of the session, a resumed one lasts
/// at least the preparation, so that nobody is cut off in the first seconds.
fn least_left_us(room: &Room) -> i64 {
    match room.rules.mode {
        LimitedMode::Reset => 0,
        LimitedMode::SoftClose { .. } | LimitedMode::None => room.rules.resume_preparation_ms * 1_000,
    }
}
