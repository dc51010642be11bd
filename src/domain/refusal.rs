//! Why an act was refused. A refusal is an answer, not a fault: it is shown to
//! the person, with what to do next, and it changes nothing.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::base::Instant;

/// How the browser and the API answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpClass {
    /// 404: the caller may not know that the object exists.
    NotFound,
    /// 403: known, but not his to do.
    Forbidden,
    /// 409: somebody else was faster, or the stage has moved on.
    Conflict,
    /// 422: what was entered is not acceptable.
    Unprocessable,
    /// 429: too often.
    TooMany,
}

/// One message beside one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// The field's name in the form.
    pub field: String,
    /// A full Chinese sentence.
    pub message: String,
}

impl FieldFault {
    /// A message beside a field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> FieldFault {
        FieldFault { field: field.into(), message: message.into() }
    }
}

/// Why an act was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// The caller may not know that it exists.
    NotFound,
    /// The caller holds no post for this act here.
    NotYours {
        /// Who may do it, in words.
        who: String,
    },
    /// Separation of duties: the caller did the other half (rulebook 1.3).
    SameHand {
        /// What the caller did before.
        did: String,
    },
    /// The party's identity has not been checked yet.
    NotVerified,
    /// The act does not fit the present stage: skipped, repeated, or somebody was faster.
    WrongStage {
        /// Where the lot stands.
        stage: String,
        /// The last decision: who, when, what; empty when nothing is to be told.
        last: String,
    },
    /// Somebody else decided the same thing before: an order, a bank line, a fee table, an identity.
    DecidedAlready {
        /// Who.
        who: String,
        /// When.
        at: Instant,
    },
    /// What was entered: all faults at once.
    Fields {
        /// One message a field.
        faults: Vec<FieldFault>,
    },
    /// A rule of the market says no.
    Rule {
        /// The rule's id, such as `E20`, or a stable code.
        code: String,
        /// What happened, what it means, what to do next.
        message: String,
        /// Where the rule stands.
        citation: String,
    },
    /// The working-day calendar is not confirmed for a year that the act needs.
    CalendarUnconfirmed {
        /// The year.
        year: i32,
    },
    /// Password or one-time code wrong, used up, or for something else.
    StepUp {
        /// What to do.
        message: String,
    },
    /// Too many attempts.
    TooMany {
        /// Seconds to wait.
        wait_secs: i64,
    },
}

impl Refusal {
    /// A rule's refusal.
    pub fn rule(code: impl Into<String>, message: impl Into<String>, citation: impl Into<String>) -> Refusal {
        Refusal::Rule { code: code.into(), message: message.into(), citation: citation.into() }
    }

    /// A single field's refusal.
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Refusal {
        Refusal::Fields { faults: vec![FieldFault::new(field, message)] }
    }

    /// The stable code for logs and the API.
    pub fn code(&self) -> &str {
        match self {
            Refusal::NotFound => "NOT_FOUND",
            Refusal::NotYours { .. } => "NOT_YOURS",
            Refusal::SameHand { .. } => "SAME_HAND",
            Refusal::NotVerified => "NOT_VERIFIED",
            Refusal::WrongStage { .. } => "WRONG_STAGE",
            Refusal::DecidedAlready { .. } => "DECIDED_ALREADY",
            Refusal::Fields { .. } => "FIELDS",
            Refusal::Rule { code, .. } => code,
            Refusal::CalendarUnconfirmed { .. } => "CALENDAR_UNCONFIRMED",
            Refusal::StepUp { .. } => "STEP_UP",
            Refusal::TooMany { .. } => "TOO_MANY",
        }
    }

    /// The class of the HTTP answer.
    pub fn http(&self) -> HttpClass {
        match self {
            Refusal::NotFound => HttpClass::NotFound,
            Refusal::NotYours { .. } | Refusal::SameHand { .. } | Refusal::NotVerified => HttpClass::Forbidden,
            Refusal::WrongStage { .. } | Refusal::DecidedAlready { .. } => HttpClass::Conflict,
            Refusal::Fields { .. }
            | Refusal::Rule { .. }
            | Refusal::CalendarUnconfirmed { .. }
            | Refusal::StepUp { .. } => HttpClass::Unprocessable,
            Refusal::TooMany { .. } => HttpClass::TooMany,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotFound => f.write_str("没有找到这个页面或项目。请检查网址，或返回首页查找。"),
            Refusal::NotYours { who } => write!(f, "这一步由{who}办理，您的账号没有这个岗位。"),
            Refusal::SameHand { did } => {
                write!(f, "岗位分离：您已经办理过“{did}”，这一步须由另一人办理。")
            }
            Refusal::NotVerified => {
                f.write_str("您的身份尚未核验，目前只能保存草稿。请带证件原件到乡镇服务站或县中心核验后再办理。")
            }
            Refusal::WrongStage { stage, last } if last.is_empty() => {
                write!(f, "项目现在处于“{stage}”，不能办理这一步。")
            }
            Refusal::WrongStage { stage, last } => {
                write!(f, "项目现在处于“{stage}”，不能办理这一步。最近一次办理：{last}。")
            }
            Refusal::DecidedAlready { who, at } => {
                write!(f, "{who}已于{}办理，您的这次办理没有生效，请刷新页面查看结果。", at.zh())
            }
            Refusal::Fields { faults } => {
                let all: Vec<&str> = faults.iter().map(|x| x.message.as_str()).collect();
                f.write_str(&all.join("；"))
            }
            Refusal::Rule { message, citation, .. } if citation.is_empty() => f.write_str(message),
            Refusal::Rule { message, citation, .. } => write!(f, "{message}（依据：{citation}）"),
            Refusal::CalendarUnconfirmed { year } => {
                write!(
                    f,
                    "{year}年的工作日安排尚未确认（待确认），不能把期限排到这一年。请管理员导入国务院办公厅的放假通知。"
                )
            }
            Refusal::StepUp { message } => f.write_str(message),
            Refusal::TooMany { wait_secs } => write!(f, "操作过于频繁，请在{wait_secs}秒后再试。"),
        }
    }
}

impl std::error::Error for Refusal {}
