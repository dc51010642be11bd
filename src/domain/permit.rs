//! Who may do what: one table, denied by default (architecture 7, rulebook 1.2 and 1.3).
//!
//! Pages ask it which buttons to draw, acts ask it before they do anything, the
//! permission matrix in the tests is made from it.

use crate::actor::{Actor, Role};
use crate::base::ids::{AccountId, PartyId};
use crate::category::Department;
use crate::gazette::Place;
use crate::lot::Stage;
use crate::refusal::Refusal;

/// How a holder must stand to the lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// No holder may do it.
    None,
    /// The transferor (转出方).
    Transferor,
    /// The winner (受让方).
    Transferee,
    /// Either of the two parties of the deal.
    EitherParty,
    /// Any holder but the transferor.
    NotTransferor,
    /// Any holder.
    Any,
}

macro_rules! acts {
    ($($name:ident, $path:literal, $zh:literal, [$($role:ident),*], $relation:ident, $verified:literal, [$($stage:ident),*], unlike [$($other:ident),*];)+) => {
        /// Something somebody does to a lot. Each is one command, one decision, one transaction.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum Act {
            $(#[doc = $zh] #[serde(rename = $path)] $name,)+
        }

        impl Act {
            /// All acts in the order of the procedure.
            pub const ALL: &'static [Act] = &[$(Act::$name),+];

            /// The resource name in URLs (`POST /cases/{lot}/{path}`) and in the log.
            pub fn path(self) -> &'static str {
                match self { $(Act::$name => $path),+ }
            }

            /// The Chinese name.
            pub fn zh(self) -> &'static str {
                match self { $(Act::$name => $zh),+ }
            }

            /// The roles that may do it within their scope.
            pub fn roles(self) -> &'static [Role] {
                match self { $(Act::$name => &[$(Role::$role),*]),+ }
            }

            /// How a holder must stand to the lot.
            pub fn relation(self) -> Relation {
                match self { $(Act::$name => Relation::$relation),+ }
            }

            /// Whether a holder's identity must have been checked.
            pub fn needs_verified(self) -> bool {
                match self { $(Act::$name => $verified),+ }
            }

            /// The stages in which it can be done.
            pub fn stages(self) -> &'static [Stage] {
                match self { $(Act::$name => &[$(Stage::$stage),*]),+ }
            }

            /// The acts that the same person may not have done on any lot of the project.
            pub fn unlike(self) -> &'static [Act] {
                match self { $(Act::$name => &[$(Act::$other),*]),+ }
            }
        }
    };
}

acts! {
    EditDraft, "draft", "填写转出申请", [InfoOfficer], Transferor, false, [Draft, FirstCorrection, FirstReturned, AcceptanceCorrection], unlike [];
    Submit, "submission", "提交转出申请", [InfoOfficer], Transferor, true, [Draft, FirstCorrection, FirstReturned, AcceptanceCorrection], unlike [];
    Withdraw, "withdrawal", "撤回申请", [], Transferor, true, [FirstReview, FirstCorrection, FirstReturned, Acceptance, AcceptanceCorrection, Review, Consultation, ToPublish], unlike [];
    FirstReview, "first-review", "乡镇初审", [TownshipClerk], None, false, [FirstReview], unlike [Submit];
    Accept, "acceptance", "受理登记", [Acceptance], None, false, [Acceptance], unlike [FirstReview];
    Consult, "consultation", "发起部门会审", [Review], None, false, [Review], unlike [];
    Opine, "opinion", "出具会审意见", [Department], None, false, [Consultation], unlike [];
    Review, "review", "县中心审核", [Review], None, false, [Review], unlike [FirstReview, Publish];
    ConfirmNotice, "notice-confirmation", "确认公告文本", [], Transferor, true, [ToPublish], unlike [];
    Publish, "publication", "发布挂牌公告", [Publication], None, false, [ToPublish], unlike [Review];
    Apply, "application", "报名", [], NotTransferor, true, [Listed, Extended], unlike [];
    Qualify, "qualification", "资格审查", [Qualification], None, false, [Listed, Extended, Qualifying], unlike [Schedule];
    Freeze, "bidder-list", "确认竞买人名单", [Qualification], None, false, [Qualifying], unlike [Schedule];
    Schedule, "session", "安排竞价场次", [Bidding], None, false, [Qualified], unlike [Qualify, Freeze];
    Pause, "pause", "暂停竞价", [Bidding, Director], None, false, [FreeBidding, LimitedBidding], unlike [Qualify, Freeze];
    Resume, "resumption", "恢复竞价", [Bidding, Director], None, false, [BiddingPaused], unlike [Qualify, Freeze];
    RecordNegotiation, "negotiation", "登记协商结果", [Bidding], None, false, [Negotiation], unlike [Qualify, Freeze];
    Object, "objection", "提出异议", [], Any, false, [Publicity, ObjectionHandling], unlike [];
    AnswerObjection, "objection-answer", "答复异议", [Review, Director], None, false, [ObjectionHandling], unlike [];
    SignConfirmation, "confirmation", "签署成交确认书", [], EitherParty, true, [Confirmation], unlike [];
    RecordApproval, "approval", "登记审批决定", [TownshipClerk, Department], None, false, [Approval], unlike [];
    MakeContract, "contract", "生成合同", [Certification], None, false, [ToSign], unlike [];
    SignContract, "signature", "签订合同", [], EitherParty, true, [ToSign], unlike [];
    UploadSigned, "signed-scan", "登记线下签署的文书", [Certification, TownshipClerk], None, false, [Confirmation, Approval, ToSign, Certified], unlike [CheckSigned];
    CheckSigned, "signed-check", "复核线下签署的文书", [Certification], None, false, [Confirmation, ToSign, Certified], unlike [UploadSigned];
    Authenticate, "authentication", "合同鉴证备案", [Certification], None, false, [ToSign], unlike [];
    ApplyCertificate, "certificate-application", "申请交易鉴证", [], EitherParty, true, [Paid], unlike [];
    IssueCertificate, "certificate", "拟发交易鉴证书", [Certification], None, false, [Certifying], unlike [ApproveCertificate];
    ApproveCertificate, "certificate-approval", "批准交易鉴证书", [Director], None, false, [Certifying], unlike [IssueCertificate];
    Deliver, "delivery", "签署交割单", [], EitherParty, true, [Certified], unlike [];
    HandOver, "handover", "移交变更登记材料", [Certification], None, false, [Delivered], unlike [];
    Register, "registration", "登记办理结果", [Department], None, false, [HandedOver], unlike [];
    Archive, "archive", "归档", [Archive], None, false, [Registered], unlike [];
}

/// What the table needs to know of a lot.
#[derive(Clone, Debug)]
pub struct CaseView<'a> {
    /// Where the lot stands.
    pub stage: Stage,
    /// Whether it was ever published.
    pub public: bool,
    /// Whose right it is.
    pub transferor: PartyId,
    /// The information officer who enters for the transferor, if any.
    pub helper: Option<AccountId>,
    /// The winner, once there is one.
    pub transferee: Option<PartyId>,
    /// The village or unit of the object.
    pub place: &'a Place,
    /// The departments consulted, licensing or registering, each with the act that is asked of it.
    pub departments: &'a [(Act, Department)],
    /// Who did what on this lot so far.
    pub hands: &'a [(Act, AccountId)],
    /// Who did what on the other lots of the same project: duties are kept apart for a project, not for a lot
    /// (rulebook 1.3).
    pub elsewhere: &'a [(Act, AccountId)],
    /// The last decision in words, for the one who came second.
    pub last: String,
}

impl<'a> CaseView<'a> {
    /// The same with what was done on the other lots of the project.
    #[must_use]
    pub fn beside(mut self, elsewhere: &'a [(Act, AccountId)]) -> CaseView<'a> {
        self.elsewhere = elsewhere;
        self
    }

    /// The departments of which this act is asked: being consulted is no licence to license or to register.
    fn asked(&self, act: Act) -> Vec<Department> {
        self.departments.iter().filter(|(of, _)| *of == act).map(|(_, department)| *department).collect()
    }

    /// Every department with a part in the case.
    fn concerned(&self) -> Vec<Department> {
        self.departments.iter().map(|(_, department)| *department).collect()
    }
}

/// Whether the actor may know that the lot exists, and read its file as staff or party.
pub fn may_know(actor: Option<&Actor>, case: &CaseView<'_>) -> bool {
    case.public || actor.is_some_and(|a| may_read_file(a, case))
}

/// Whether the actor may read the internal file of a lot (not only its public page). An information officer
/// reads the files that he entered for somebody, and no other (rulebook 1.2).
pub fn may_read_file(actor: &Actor, case: &CaseView<'_>) -> bool {
    may_read_papers(actor, case) || helps(actor, case)
}

/// Whether the actor may read the application as it was handed in, with the transferor's number and telephone
/// in it: whoever reads the file, but not the other side of the deal.
pub fn may_read_entry(actor: &Actor, case: &CaseView<'_>) -> bool {
    let other_side = actor.party.is_some() && actor.party == case.transferee && actor.party != Some(case.transferor);
    may_read_file(actor, case) && !other_side
}

/// Whether the actor entered this case for the right holder, under his letter of authority.
pub fn helps(actor: &Actor, case: &CaseView<'_>) -> bool {
    case.helper == Some(actor.account) && actor.reaches(Role::InfoOfficer, case.place, &[])
}

/// Whether the actor may read everything in the file that is not kept from his side: parties and staff, but
/// no information officer, who has no part in what follows his entry (rulebook 1.2).
pub fn may_read_papers(actor: &Actor, case: &CaseView<'_>) -> bool {
    let own = actor.party.is_some_and(|p| p == case.transferor || Some(p) == case.transferee);
    own || actor.posts.iter().any(|post| match post.role {
        Role::Holder | Role::InfoOfficer | Role::Agency | Role::Bank | Role::Expert => false,
        Role::TownshipClerk => actor.reaches(post.role, case.place, &[]),
        Role::Department => actor.reaches(post.role, case.place, &case.concerned()),
        Role::Acceptance
        | Role::Review
        | Role::Publication
        | Role::Qualification
        | Role::Bidding
        | Role::Certification
        | Role::Finance
        | Role::Archive
        | Role::Director
        | Role::Supervisor => case.stage != Stage::Draft || case.public,
        Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor => false,
    })
}

/// Whether the actor judges the application that lies with this reviewer. Who left the post judges and reads no
/// more of it, whatever once lay with him.
pub fn reviews(actor: &Actor, reviewer: Option<AccountId>) -> bool {
    reviewer == Some(actor.account) && actor.has(Role::Qualification)
}

/// Whether a paper is the actor's because he handed it in. A party's stays his; staff read what they uploaded by
/// their posts alone, and no longer than they hold them.
pub fn handed_in(actor: &Actor, by: Option<AccountId>) -> bool {
    by == Some(actor.account) && actor.party.is_some()
}

/// Decides an act on a lot. The order of the questions matters: what the caller may
/// not know stays hidden, then the post, then the stage, then separation of duties.
pub fn permit(act: Act, actor: Option<&Actor>, case: &CaseView<'_>) -> Result<(), Refusal> {
    let Some(actor) = actor else {
        return Err(if case.public { not_yours(act) } else { Refusal::NotFound });
    };
    if !may_know(Some(actor), case) {
        return Err(Refusal::NotFound);
    }
    // An officer acts for a right holder only under the letter he entered the case with.
    let authorised = |role: Role| role != Role::InfoOfficer || case.helper == Some(actor.account);
    let asked = case.asked(act);
    let by_post = act.roles().iter().any(|r| actor.reaches(*r, case.place, &asked) && authorised(*r));
    let by_relation = actor.party.is_some_and(|p| stands(act.relation(), p, case));
    if !by_post && !by_relation {
        return Err(not_yours(act));
    }
    if by_relation && !by_post && act.needs_verified() && !actor.verified {
        return Err(Refusal::NotVerified);
    }
    if !act.stages().contains(&case.stage) {
        return Err(Refusal::WrongStage { stage: case.stage.zh().into(), last: case.last.clone() });
    }
    for (did, who) in case.hands.iter().chain(case.elsewhere) {
        if *who == actor.account && act.unlike().contains(did) {
            return Err(Refusal::SameHand { did: did.zh().into() });
        }
    }
    Ok(())
}

/// Whether the act is the caller's at all, whatever the stage: asked before a form is read, so that who has
/// no part in it hears nothing of its fields. Stage and separation of duties are the act's to ask, so that a
/// second click still gets the first one's answer.
pub fn is_theirs(act: Act, actor: Option<&Actor>, case: &CaseView<'_>) -> Result<(), Refusal> {
    match permit(act, actor, case) {
        Err(Refusal::WrongStage { .. } | Refusal::SameHand { .. }) | Ok(()) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

fn stands(relation: Relation, party: PartyId, case: &CaseView<'_>) -> bool {
    match relation {
        Relation::None => false,
        Relation::Transferor => party == case.transferor,
        Relation::Transferee => Some(party) == case.transferee,
        Relation::EitherParty => party == case.transferor || Some(party) == case.transferee,
        Relation::NotTransferor => party != case.transferor,
        Relation::Any => true,
    }
}

fn not_yours(act: Act) -> Refusal {
    let mut who: Vec<&str> = act.roles().iter().map(|r| r.zh()).collect();
    match act.relation() {
        Relation::None => {}
        Relation::Transferor => who.insert(0, "转出方"),
        Relation::Transferee => who.insert(0, "受让方"),
        Relation::EitherParty => who.insert(0, "成交双方"),
        Relation::NotTransferor => who.insert(0, "登录的意向受让方"),
        Relation::Any => who.insert(0, "登录用户"),
    }
    Refusal::NotYours { who: who.join("、") }
}

/// Acts that are not about one lot: who may open which area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Start a transfer application for the own party.
    StartProject,
    /// Start one on behalf of a party in the own village (帮办).
    StartProjectFor,
    /// Check identities (身份核验).
    VerifyParties,
    /// Propose a correction of a party's telephone, bank account or address by the original, and confirm one that
    /// another proposed (更正联系方式和账户).
    CorrectParties,
    /// Propose another telephone or mail address of a member of staff.
    CorrectStaff,
    /// Confirm it.
    ConfirmStaff,
    /// Import bank statements, match lines, keep the ledger.
    Money,
    /// See the ledger and its trial balance.
    ReadMoney,
    /// Create staff accounts, let them log in or not.
    ManageAccounts,
    /// See staff accounts, end sessions, order a new password for staff.
    ManagePosts,
    /// Give and take posts. Who makes accounts gives none, so that nobody alone gets a hand in a case.
    GrantPosts,
    /// Propose and approve settings such as the fee table.
    ManageSettings,
    /// Read the security log.
    ReadSecurityLog,
    /// Read-only supervision over all cases.
    Supervise,
    /// Read the registrants of an open lot with a recorded reason.
    BreakGlass,
    /// Order an inquiry into a payment, which waits meanwhile, and lift it (rulebook 5.3).
    RefundInquiry,
}

impl Area {
    /// All areas.
    pub const ALL: &'static [Area] = &[
        Area::StartProject,
        Area::StartProjectFor,
        Area::VerifyParties,
        Area::CorrectParties,
        Area::CorrectStaff,
        Area::ConfirmStaff,
        Area::Money,
        Area::ReadMoney,
        Area::ManageAccounts,
        Area::ManagePosts,
        Area::GrantPosts,
        Area::ManageSettings,
        Area::ReadSecurityLog,
        Area::Supervise,
        Area::BreakGlass,
        Area::RefundInquiry,
    ];

    /// The roles that may.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Area::StartProject => &[Role::Holder],
            Area::StartProjectFor => &[Role::InfoOfficer],
            // Who verifies by the original corrects by it.
            Area::VerifyParties | Area::CorrectParties => &[Role::TownshipClerk, Role::Acceptance],
            // Who makes accounts cannot turn somebody's codes to another telephone alone.
            Area::CorrectStaff => &[Role::SystemAdmin],
            Area::ConfirmStaff => &[Role::SecurityAdmin],
            Area::Money => &[Role::Finance],
            Area::ReadMoney => &[Role::Finance, Role::Director, Role::Supervisor],
            Area::ManageAccounts => &[Role::SystemAdmin],
            Area::ManagePosts => &[Role::SystemAdmin, Role::SecurityAdmin],
            Area::GrantPosts => &[Role::SecurityAdmin],
            Area::ManageSettings => &[Role::SystemAdmin, Role::Director],
            Area::ReadSecurityLog => &[Role::Auditor, Role::SecurityAdmin],
            Area::Supervise => &[Role::Supervisor],
            Area::BreakGlass => &[Role::Supervisor],
            Area::RefundInquiry => &[Role::Director, Role::Supervisor],
        }
    }

    /// Whether the actor may enter.
    pub fn permits(self, actor: &Actor) -> bool {
        self.roles().iter().any(|r| actor.has(*r))
    }
}

/// Whether somebody with these posts may get another one: the three admin roles keep apart from each
/// other and from all business, whoever handles cases is no holder of rights, and reviewing and
/// publishing stay apart case by case anyway (rulebook 1.3).
pub fn may_hold(posts: &[Role], new: Role) -> Result<(), Refusal> {
    let apart = |held: Role| held != new && (held.is_admin() || new.is_admin());
    let own = |held: Role| (held == Role::Holder) != (new == Role::Holder);
    match posts.iter().copied().find(|held| apart(*held) || own(*held)) {
        None => Ok(()),
        Some(held) => {
            let said = format!("持有“{}”的账号不能再任“{}”，请另建账号。", held.zh(), new.zh());
            Err(Refusal::field("role", said))
        }
    }
}

#[cfg(test)]
#[path = "permit_tests.rs"]
mod tests;
