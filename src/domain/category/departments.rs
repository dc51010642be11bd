//! Who is consulted before a listing, and who registers or files after the deal (rulebook 7.3).

use serde::{Deserialize, Serialize};

use super::documents::When;
use crate::base::words::words;

words! {
    /// A department or body. The county's departments are those of the plan's leading group.
    Department {
        Agriculture = "agriculture", "县农业农村局";
        Forestry = "forestry", "县林业局";
        Water = "water", "县水利局";
        NaturalResources = "natural_resources", "县自然资源局";
        Housing = "housing", "县住房和城乡建设局";
        DevelopmentReform = "development_reform", "县发展和改革局";
        Finance = "finance", "县财政局";
        MarketSupervision = "market_supervision", "县市场监督管理局";
        ScienceIndustry = "science_industry", "县科技和工业信息化局";
        Justice = "justice", "县司法局";
        FinancialOffice = "financial_office", "县政府办（金融办）";
        PeoplesBank = "peoples_bank", "人民银行蓝山支行";
        SupplyCooperative = "supply_cooperative", "县供销合作社联合社";
        RuralStation = "rural_station", "县农村经营服务站";
        Registry = "registry", "县不动产登记中心";
        Township = "township", "乡镇人民政府";
        Collective = "collective", "发包方（农村集体经济组织）";
        NationalIp = "national_ip", "国家知识产权局";
        PlantVariety = "plant_variety", "植物新品种权审批机关";
    }
}

impl Department {
    /// A department of this county, which has a desk on the platform.
    pub const fn has_desk(self) -> bool {
        !matches!(
            self,
            Department::Township | Department::Collective | Department::NationalIp | Department::PlantVariety
        )
    }
}

/// A department asked before the listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// Who is asked.
    pub department: Department,
    /// In which case.
    pub when: When,
    /// What about.
    pub about: String,
}

/// Where the deal is registered or filed afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Who registers or files.
    pub department: Department,
    /// In which case.
    pub when: When,
    /// What is registered or filed.
    pub what: String,
    /// Only if the parties ask for it.
    pub optional: bool,
    /// Only for terms of at least this many months (land management rights: 60).
    pub min_months: Option<u32>,
}
