//! What nobody declares and no column knows: what the qualification post has to look up, and what ties two
//! applicants of one lot together (rulebook 6.4 E30, E32, E34, E36; 9.5).
//!
//! **Invariant**: what was not looked up is not known. It is never taken for a good answer, and nobody is
//! qualified while a question is open.

use serde::{Deserialize, Serialize};

use super::facts::{CaseRules, Declared};
use super::receiver::{ApplicantKind, Ban, CompanyStatus};
use crate::base::Day;
use crate::base::words::words;
use crate::category::{LandKind, ReceiverRule};
use crate::refusal::FieldFault;

words! {
    /// A question to the reviewer.
    Question {
        Company = "company", "申请单位的登记状态";
        Bans = "bans", "禁入和失信名单";
        Consent = "consent", "发包方同意转让的文件";
        Homestead = "homestead", "申请人有没有宅基地";
        Related = "related", "与其他申请人的关系";
    }
}

words! {
    /// What two applicants of one lot have in common. Evidence to look, not proof.
    Tie {
        Responsible = "responsible", "法定代表人或者负责人的姓名";
        Phone = "phone", "联系电话";
        Account = "account", "银行账户";
    }
}

/// What may tie an applicant to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// A person's own name, or that of the one who answers for an organisation.
    pub responsible: String,
    /// Telephone.
    pub phone: String,
    /// Look-up value of the bank account.
    pub account: String,
}

/// What two applicants have in common.
pub fn ties(one: &Contact, other: &Contact) -> Vec<Tie> {
    let same = |tie: &Tie| {
        let of = |c: &Contact| match tie {
            Tie::Responsible => c.responsible.clone(),
            Tie::Phone => c.phone.clone(),
            Tie::Account => c.account.clone(),
        };
        !of(one).is_empty() && of(one) == of(other)
    };
    Tie::ALL.iter().copied().filter(same).collect()
}

/// The standing of an organisation on the register, on the day it was looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyLookup {
    /// As the register says.
    pub status: CompanyStatus,
    /// When.
    pub on: Day,
}

/// The lists of bans, on the day they were looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BanLookup {
    /// When.
    pub on: Day,
    /// The ban found there.
    pub ban: Option<Ban>,
}

/// What the reviewer looked up; `None` is not yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedUp {
    /// Standing of an organisation.
    pub company: Option<CompanyLookup>,
    /// Bans.
    pub bans: Option<BanLookup>,
    /// The contracting collective's consent was seen.
    pub consent: Option<bool>,
    /// The applicant has no homestead.
    pub without_homestead: Option<bool>,
    /// The applicant is one with, or led by, another applicant.
    pub related: Option<bool>,
}

/// The questions that this case puts to the reviewer.
pub fn questions(rules: &CaseRules, kind: ApplicantKind, ties: &[Tie]) -> Vec<Question> {
    let members_only = rules.receivers == ReceiverRule::MembersOnly;
    let asked = |q: &Question| match q {
        Question::Company => matches!(kind, ApplicantKind::Organisation { .. }),
        Question::Bans => true,
        Question::Consent => members_only && rules.category.number() == 1,
        Question::Homestead => members_only && is_homestead(rules),
        Question::Related => !ties.is_empty(),
    };
    Question::ALL.iter().copied().filter(asked).collect()
}

/// Whether the object is a homestead.
pub(super) fn is_homestead(rules: &CaseRules) -> bool {
    rules.land == Some(LandKind::Homestead) || rules.category.number() == 10
}

/// A conclusion in the words of the rules.
pub fn declared(answer: Option<bool>) -> Declared {
    match answer {
        Some(true) => Declared::Yes,
        Some(false) => Declared::No,
        None => Declared::NotStated,
    }
}

impl LookedUp {
    /// Whether this was looked up.
    pub fn answers(&self, question: Question) -> bool {
        match question {
            Question::Company => self.company.is_some(),
            Question::Bans => self.bans.is_some(),
            Question::Consent => self.consent.is_some(),
            Question::Homestead => self.without_homestead.is_some(),
            Question::Related => self.related.is_some(),
        }
    }

    /// What stands against a confirmation: open questions, and days on which nothing about this application can
    /// have been looked up. `handed_in` is the day it came.
    pub fn faults(&self, asked: &[Question], handed_in: Day, today: Day) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        for question in asked {
            if !self.answers(*question) {
                faults.push(FieldFault::new(question.name(), format!("请先查明{}，再确认资格", question.zh())));
            }
            let day = match question {
                Question::Company => self.company.map(|c| c.on),
                Question::Bans => self.bans.map(|b| b.on),
                Question::Consent | Question::Homestead | Question::Related => None,
            };
            if day.is_some_and(|on| on < handed_in || on > today) {
                let words = format!("查询日期应在报名提交之日（{}）至今天之间", handed_in.zh());
                faults.push(FieldFault::new(format!("{}_on", question.name()), words));
            }
        }
        faults
    }
}

#[cfg(test)]
#[path = "lookup_tests.rs"]
mod tests;
