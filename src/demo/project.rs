//! A project of the demonstration as data: what is offered, by whom, and how far it goes.

use crate::domain::lot::Stage;

/// How far a project goes, in the order of the procedure. Endings stand beside the step at which
/// they happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Goal {
    Draft,
    FirstReview,
    FirstCorrection,
    FirstReturned,
    Acceptance,
    AcceptanceCorrection,
    NotAccepted,
    Withdrawn,
    Review,
    Consultation,
    ReviewRejected,
    ToPublish,
    Listed,
    /// Registration closed and nobody had come.
    NoApplicant,
    Qualifying,
    /// Nobody paid the deposit in time, or too few came.
    NoCompetition,
    Negotiation,
    /// The list of bidders is frozen; nobody agreed to the bidding rules yet.
    ListFrozen,
    Qualified,
    /// The room closed without a bid.
    NoBid,
    Publicity,
    Objection,
    /// An objection was sustained.
    Annulled,
    Confirmation,
    Approval,
    /// The authority refused.
    ApprovalRefused,
    ToSign,
    /// The contract is printed and waits for both signatures.
    ContractMade,
    AwaitingPayment,
    Paid,
    Certifying,
    Certified,
    Delivered,
    HandedOver,
    Registered,
    Archived,
}

impl Goal {
    /// The stage in which the lot then stands.
    pub(super) fn stage(self) -> Stage {
        match self {
            Goal::Draft => Stage::Draft,
            Goal::FirstReview => Stage::FirstReview,
            Goal::FirstCorrection => Stage::FirstCorrection,
            Goal::FirstReturned => Stage::FirstReturned,
            Goal::Acceptance => Stage::Acceptance,
            Goal::AcceptanceCorrection => Stage::AcceptanceCorrection,
            Goal::NotAccepted => Stage::NotAccepted,
            Goal::Withdrawn => Stage::Withdrawn,
            Goal::Review => Stage::Review,
            Goal::Consultation => Stage::Consultation,
            Goal::ReviewRejected => Stage::ReviewRejected,
            Goal::ToPublish => Stage::ToPublish,
            Goal::Listed => Stage::Listed,
            Goal::NoApplicant => Stage::FailedNoApplicant,
            Goal::Qualifying => Stage::Qualifying,
            Goal::NoCompetition => Stage::FailedCompetition,
            Goal::Negotiation => Stage::Negotiation,
            Goal::ListFrozen | Goal::Qualified => Stage::Qualified,
            Goal::NoBid => Stage::FailedNoBid,
            Goal::Publicity => Stage::Publicity,
            Goal::Objection => Stage::ObjectionHandling,
            Goal::Annulled => Stage::Annulled,
            Goal::Confirmation => Stage::Confirmation,
            Goal::Approval => Stage::Approval,
            Goal::ApprovalRefused => Stage::Terminated,
            Goal::ToSign | Goal::ContractMade => Stage::ToSign,
            Goal::AwaitingPayment => Stage::AwaitingPayment,
            Goal::Paid => Stage::Paid,
            Goal::Certifying => Stage::Certifying,
            Goal::Certified => Stage::Certified,
            Goal::Delivered => Stage::Delivered,
            Goal::HandedOver => Stage::HandedOver,
            Goal::Registered => Stage::Registered,
            Goal::Archived => Stage::Archived,
        }
    }

    /// Whether papers have to be printed on the way: these projects come last.
    pub(super) fn prints(self) -> bool {
        self > Goal::ToSign
    }

    /// Working days from the first line of the draft to the last act, where the notice stands
    /// `listing` working days and the result `publicity`.
    pub(super) fn working_days(self, listing: u32, publicity: u32) -> u32 {
        let published = 5;
        let closed = published + listing;
        let posted = closed + 4;
        let over = posted + publicity;
        match self {
            Goal::Draft | Goal::FirstReview => 0,
            Goal::FirstCorrection | Goal::FirstReturned | Goal::Acceptance => 1,
            Goal::AcceptanceCorrection | Goal::NotAccepted | Goal::Withdrawn | Goal::Review | Goal::Consultation => 2,
            Goal::ReviewRejected | Goal::ToPublish => 4,
            Goal::Listed => published,
            Goal::NoApplicant
            | Goal::Qualifying
            | Goal::NoCompetition
            | Goal::Negotiation
            | Goal::ListFrozen
            | Goal::Qualified => closed + 1,
            Goal::NoBid | Goal::Publicity => posted,
            Goal::Objection => posted + 1,
            Goal::Annulled => posted + 3,
            Goal::Confirmation => over + 1,
            Goal::Approval => over + 2,
            Goal::ApprovalRefused | Goal::ToSign => over + 6,
            Goal::ContractMade | Goal::AwaitingPayment => over + 7,
            Goal::Paid => over + 8,
            Goal::Certifying => over + 9,
            Goal::Certified => over + 10,
            Goal::Delivered => over + 12,
            Goal::HandedOver => over + 13,
            Goal::Registered => over + 16,
            Goal::Archived => over + 17,
        }
    }
}

/// What does not go straight on the way of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// The last bidder is not qualified.
    BidderRefused,
    /// The last bidder is told to mend his application and has not.
    BidderCorrects,
    /// The last bidder takes his application back after he paid.
    BidderLeaves,
    /// An objection to the result is answered and dismissed.
    ObjectionDismissed,
    /// The director sends the certificate back once.
    CertificateSentBack,
    /// The department answers that this right is not registered.
    NotRegistrable,
    /// Money arrives that nobody asked for.
    StrayPayment,
}

/// Somebody who applies for the lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bidder {
    /// Login.
    pub login: String,
    /// Says and proves to be a member of the village's collective.
    pub member: bool,
    /// Claims the first priority the notice offers.
    pub priority: bool,
}

/// A project of the demonstration.
#[derive(Clone, Debug)]
pub(super) struct Project {
    /// A stable name, so that a seed that was interrupted goes on where it stopped.
    pub key: String,
    /// Four digits.
    pub variety: &'static str,
    /// Login of the transferor.
    pub by: &'static str,
    /// Entered by the information officer on the transferor's behalf.
    pub on_behalf: bool,
    /// What is offered, in a few words.
    pub name: String,
    /// Where it lies below the village.
    pub location: String,
    /// How much of it, in the variety's first unit unless another is named.
    pub quantity: &'static str,
    /// Unit of the quantity, when it is not the variety's first.
    pub unit: Option<&'static str>,
    /// Mode, when it is not the variety's first.
    pub mode: Option<&'static str>,
    /// Asking price; `%95` is 95 % of the gazette's benchmark price.
    pub price: &'static str,
    /// Unit of the price, when it is not the variety's first.
    pub per: Option<&'static str>,
    /// Years of the term; 0 for none.
    pub years: u32,
    /// Who owns it, when it does not follow from who offers it.
    pub owner: Option<&'static str>,
    /// Answers that matter, by the form's names.
    pub answers: Vec<(&'static str, &'static str)>,
    /// Who applies.
    pub bidders: Vec<Bidder>,
    /// Bids first and last: the winner.
    pub winner: usize,
    /// How far it goes.
    pub goal: Goal,
    /// Working days since its last act.
    pub ago: u32,
    /// What does not go straight on.
    pub turn: Option<Turn>,
}

/// Begins the description of a project; the methods say the rest.
pub(super) fn lot(variety: &'static str, by: &'static str, name: &str, location: &str) -> Project {
    Project {
        key: format!("{variety}-{by}-{name}"),
        variety,
        by,
        on_behalf: false,
        name: name.to_owned(),
        location: location.to_owned(),
        quantity: "1",
        unit: None,
        mode: None,
        price: "1000",
        per: None,
        years: 0,
        owner: None,
        answers: Vec::new(),
        bidders: Vec::new(),
        winner: 0,
        goal: Goal::Draft,
        ago: 1,
        turn: None,
    }
}

impl Project {
    /// How much.
    pub(super) fn of(mut self, quantity: &'static str) -> Project {
        self.quantity = quantity;
        self
    }

    /// How much, in another unit than the variety's first.
    pub(super) fn of_unit(mut self, quantity: &'static str, unit: &'static str) -> Project {
        (self.quantity, self.unit) = (quantity, Some(unit));
        self
    }

    /// By another mode than the variety's first.
    pub(super) fn by_mode(mut self, mode: &'static str) -> Project {
        self.mode = Some(mode);
        self
    }

    /// Asking price.
    pub(super) fn at(mut self, price: &'static str) -> Project {
        self.price = price;
        self
    }

    /// Asking price in another unit than the variety's first.
    pub(super) fn at_per(mut self, price: &'static str, per: &'static str) -> Project {
        (self.price, self.per) = (price, Some(per));
        self
    }

    /// Term.
    pub(super) fn years(mut self, years: u32) -> Project {
        self.years = years;
        self
    }

    /// Owner.
    pub(super) fn owned_by(mut self, owner: &'static str) -> Project {
        self.owner = Some(owner);
        self
    }

    /// Entered by the information officer.
    pub(super) fn on_behalf(mut self) -> Project {
        self.on_behalf = true;
        self
    }

    /// Answers by the form's names.
    pub(super) fn saying(mut self, answers: &[(&'static str, &'static str)]) -> Project {
        self.answers.extend_from_slice(answers);
        self
    }

    /// Who applies: logins in one text. `*` after a login is a member, `**` one who claims
    /// priority; `!` before it is the winner.
    pub(super) fn bidders(mut self, who: &str) -> Project {
        for (at, word) in who.split_whitespace().enumerate() {
            if word.starts_with('!') {
                self.winner = at;
            }
            let (name, stars) = (word.trim_matches(['!', '*']), word.matches('*').count());
            self.bidders.push(Bidder { login: name.to_owned(), member: stars > 0, priority: stars > 1 });
        }
        self
    }

    /// Those who stay until the room.
    pub(super) fn in_the_room(&self) -> &[Bidder] {
        let gone = match self.turn {
            Some(Turn::BidderRefused | Turn::BidderLeaves) => 1,
            Some(
                Turn::BidderCorrects
                | Turn::ObjectionDismissed
                | Turn::CertificateSentBack
                | Turn::NotRegistrable
                | Turn::StrayPayment,
            )
            | None => 0,
        };
        &self.bidders[..self.bidders.len().saturating_sub(gone)]
    }

    /// What does not go straight on.
    pub(super) fn with(mut self, turn: Turn) -> Project {
        self.turn = Some(turn);
        self
    }

    /// How far, and how many working days ago.
    pub(super) fn until(mut self, goal: Goal, ago: u32) -> Project {
        (self.goal, self.ago) = (goal, ago);
        self
    }
}
