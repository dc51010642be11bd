//! Who acts (rulebook 1.1, 1.3): roles, their reach, and the caller of an act.

use serde::{Deserialize, Serialize};

use crate::base::ids::{AccountId, PartyId};
use crate::category::Department;
use crate::gazette::{Place, TownshipCode};

macro_rules! roles {
    ($($name:ident, $code:literal, $zh:literal, $reach:ident;)+) => {
        /// A role somebody can hold. Holders of rights and bidders share one kind
        /// of account: whoever lists today may bid tomorrow.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Role {
            $(#[doc = $zh] #[serde(rename = $code)] $name,)+
        }

        impl Role {
            /// All roles.
            pub const ALL: &'static [Role] = &[$(Role::$name),+];

            /// The stable name in the database and in forms.
            pub fn code(self) -> &'static str {
                match self { $(Role::$name => $code),+ }
            }

            /// The Chinese name.
            pub fn zh(self) -> &'static str {
                match self { $(Role::$name => $zh),+ }
            }

            /// What a post of this role is limited to.
            pub fn reach(self) -> Reach {
                match self { $(Role::$name => Reach::$reach),+ }
            }
        }
    };
}

/// What a post's scope must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// What the account's own party has a part in.
    Own,
    /// One village or community.
    Village,
    /// One township.
    Township,
    /// One department's line.
    Department,
    /// The whole county.
    County,
}

roles! {
    Holder, "holder", "权利人/竞买人", Own;
    InfoOfficer, "info_officer", "村级信息员", Village;
    TownshipClerk, "township_clerk", "乡镇服务站", Township;
    Acceptance, "acceptance", "受理登记岗", County;
    Review, "review", "审核岗", County;
    Publication, "publication", "发布岗", County;
    Qualification, "qualification", "资格审查岗", County;
    Bidding, "bidding", "竞价组织岗", County;
    Certification, "certification", "鉴证岗", County;
    Finance, "finance", "资金结算岗", County;
    Archive, "archive", "档案岗", County;
    Director, "director", "中心主任", County;
    Department, "department", "监管部门", Department;
    Supervisor, "supervisor", "纪检监察/审计", County;
    Agency, "agency", "中介机构", Own;
    Bank, "bank", "金融机构", Own;
    Expert, "expert", "评标专家", Own;
    SystemAdmin, "system_admin", "系统管理员", County;
    SecurityAdmin, "security_admin", "安全管理员", County;
    Auditor, "auditor", "安全审计员", County;
}

impl Role {
    /// The role with this stable name.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|r| r.code() == code)
    }

    /// A post of the county centre that handles cases (rulebook 1.3).
    pub fn is_centre(self) -> bool {
        matches!(
            self,
            Role::Acceptance
                | Role::Review
                | Role::Publication
                | Role::Qualification
                | Role::Bidding
                | Role::Certification
                | Role::Finance
                | Role::Archive
                | Role::Director
        )
    }

    /// One of the three admin roles, which keep apart from each other and from business.
    pub fn is_admin(self) -> bool {
        matches!(self, Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor)
    }
}

/// What a post reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The account's own party.
    Own,
    /// One village.
    Village(Place),
    /// One township.
    Township(TownshipCode),
    /// One department.
    Department(Department),
    /// Everything.
    County,
}

/// A role with its scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The role.
    pub role: Role,
    /// Its reach.
    pub scope: Scope,
}

/// The caller of an act, as the session knows him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The login.
    pub account: AccountId,
    /// The name shown in logs that staff see.
    pub name: String,
    /// The party the account speaks for; staff have none.
    pub party: Option<PartyId>,
    /// Whether a clerk has checked the party's identity (a checksum is not identity).
    pub verified: bool,
    /// The posts held. Holders of a plain account have the one `Holder` post.
    pub posts: Vec<Post>,
}

impl Actor {
    /// Whether any post has this role.
    pub fn has(&self, role: Role) -> bool {
        self.posts.iter().any(|p| p.role == role)
    }

    /// Whether the account works for the exchange, a station, a department or a supervisor.
    pub fn is_staff(&self) -> bool {
        self.posts.iter().any(|p| !matches!(p.role, Role::Holder))
    }

    /// Whether a post of this role reaches a case at `place`, consulted with `departments`.
    pub fn reaches(&self, role: Role, place: &Place, departments: &[Department]) -> bool {
        self.posts.iter().filter(|p| p.role == role).any(|p| match &p.scope {
            Scope::Own => true,
            Scope::Village(v) => v == place,
            Scope::Township(t) => *t == place.township(),
            Scope::Department(d) => departments.contains(d),
            Scope::County => true,
        })
    }
}
