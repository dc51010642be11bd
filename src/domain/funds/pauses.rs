//! Why a payment waits. There are three reasons and no other (rulebook 5.3, 2.4): an objection to the
//! result, an ordered inquiry, and the standby rule where the notice printed it.

use crate::base::words::words;

words! {
    /// The only reasons for which a refund may wait.
    PauseReason {
        Objection = "objection", "异议处理中";
        Inquiry = "inquiry", "调查核实中";
        Standby = "standby", "公告载明的候补规则";
    }
}

/// The reasons that hold an order back now; it goes on when the last of them ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pauses {
    objection: bool,
    inquiry: bool,
    standby: bool,
}

impl Pauses {
    /// No reason.
    pub const NONE: Pauses = Pauses { objection: false, inquiry: false, standby: false };

    /// Whether this reason is among them.
    pub fn has(self, reason: PauseReason) -> bool {
        match reason {
            PauseReason::Objection => self.objection,
            PauseReason::Inquiry => self.inquiry,
            PauseReason::Standby => self.standby,
        }
    }

    /// With this reason.
    #[must_use]
    pub fn with(self, reason: PauseReason) -> Pauses {
        self.set(reason, true)
    }

    /// Without this reason.
    #[must_use]
    pub fn without(self, reason: PauseReason) -> Pauses {
        self.set(reason, false)
    }

    fn set(mut self, reason: PauseReason, on: bool) -> Pauses {
        match reason {
            PauseReason::Objection => self.objection = on,
            PauseReason::Inquiry => self.inquiry = on,
            PauseReason::Standby => self.standby = on,
        }
        self
    }

    /// Whether nothing holds the order back.
    pub fn is_empty(self) -> bool {
        self == Pauses::NONE
    }

    /// Each of them.
    pub fn each(self) -> impl Iterator<Item = PauseReason> {
        PauseReason::ALL.iter().copied().filter(move |r| self.has(*r))
    }

    /// The words for screens: `异议处理中、调查核实中`.
    pub fn zh(self) -> String {
        self.each().map(PauseReason::zh).collect::<Vec<_>>().join("、")
    }

    /// The stored text: names with commas.
    pub fn stored(self) -> String {
        self.each().map(PauseReason::name).collect::<Vec<_>>().join(",")
    }

    /// Reads the stored text; `None` for a name that is no reason.
    pub fn parse(stored: &str) -> Option<Pauses> {
        let names = stored.split(',').filter(|name| !name.is_empty());
        names.map(|name| name.parse::<PauseReason>().ok()).try_fold(Pauses::NONE, |all, one| Some(all.with(one?)))
    }
}
