//! A case in which every rule passes; each test changes one thing.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::base::{Area, Day, Fen};
use crate::category::{
    Category, DecisionBody, DecisionRule, DecisionWhen, LandKind, Mode, ReceiverRule, ValuationRule,
};

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn today() -> Day {
    day("2026-09-01")
}

/// Collective land of category 5, let to anybody.
pub fn rules() -> CaseRules {
    CaseRules {
        category: Category::new(5).unwrap(),
        mode: Mode::Lease,
        land: Some(LandKind::DryLand),
        within_title: false,
        lease_cap_years: Some(20),
        cap_years: None,
        warn_years: None,
        decision: DecisionRule {
            when: DecisionWhen::CollectiveOwned,
            body: DecisionBody::MembersMeeting,
            township_approval: true,
        },
        valuation: ValuationRule::NotRequired,
        receivers: ReceiverRule::Open,
        outsider_licence: true,
    }
}

pub fn category(n: u8) -> CaseRules {
    CaseRules { category: Category::new(n).unwrap(), ..rules() }
}

pub fn object() -> ObjectFacts {
    ObjectFacts {
        owner: Owner::Collective,
        applicant_entitled: true,
        disputed: Declared::No,
        forbidden_right: false,
        title: TitleFacts { number: "湘（2026）第1号".to_owned(), matches: Some(true), expires: None },
        frozen: Declared::No,
        mortgage: MortgageFacts::None,
        leases: Vec::new(),
        consent: ConsentFacts::Sole,
        parcels: vec!["4311271022010000001".to_owned()],
        open_lots: Vec::new(),
        contracted: Some(Area::mu(100)),
        measured: Some(Area::mu(100)),
        settle_by_measured: false,
        basic_farmland: Declared::No,
        ecological_forest: Declared::No,
        planned_use: Some(PlannedUse::Grain),
    }
}

pub fn term(start: &str, end: &str) -> TermFacts {
    TermFacts {
        start: day(start),
        end: day(end),
        contract_end: None,
        next_contract_end: None,
        head_lease: None,
        protection_end: None,
        voted: false,
    }
}

/// The members' meeting of appendix B, with one vote more.
pub fn record() -> DecisionRecord {
    DecisionRecord {
        meeting: Meeting::Members,
        held: day("2026-08-01"),
        noticed: Some(day("2026-07-20")),
        eligible: 300,
        attended: 200,
        proxies: 10,
        in_favour: 200,
        against: 0,
        abstained: 0,
        minutes: true,
    }
}

pub fn decision() -> DecisionFacts {
    let posting = Posting { from: day("2026-08-02"), to: day("2026-08-09"), both_photos: true };
    DecisionFacts {
        record: Some(record()),
        posting: Some(posting),
        open_to_outsiders: true,
        township_approved: true,
        households: 0,
        authorised: 0,
    }
}

pub fn valuation() -> ValuationFacts {
    ValuationFacts { report: None, start_total: Fen::yuan(400_000), approved_bp: 10_000 }
}

pub fn submission() -> SubmissionFacts {
    SubmissionFacts {
        today: today(),
        rules: rules(),
        limits: Limits::DEFAULT,
        object: Some(object()),
        term: Some(term("2026-10-01", "2031-09-30")),
        decision: decision(),
        valuation: valuation(),
        public_property: PublicPropertyFacts {
            state_equity: false,
            state_property: false,
            cooperative: false,
            approved: false,
        },
        water: None,
        machinery: None,
        ip: None,
        project: None,
        construction: None,
        conditions: None,
    }
}

pub fn receiver() -> ReceiverFacts {
    ReceiverFacts {
        today: today(),
        kind: ApplicantKind::Person { age: 40, self_supporting: false, capable: true },
        membership: Membership::Member,
        without_homestead: Declared::NotStated,
        collective_consent: Declared::No,
        ability_declared: true,
        ability_proof: false,
        bans: Some(BanLookup { on: today(), ban: None }),
        joint: None,
        ties: Vec::new(),
        related: Declared::NotStated,
        staff_or_relative: false,
        is_transferor: false,
        village_official: false,
    }
}
