//! What the parts of a variety file owe each other.

use std::collections::BTreeSet;

use super::documents::{DocCode, Side, When};
use super::fields::{FieldDef, FieldKind};
use super::file::Read;
use super::land::{LandKind, LandSource};
use super::method::Direction;
use super::mode::ModeKind;
use super::variety::{DecisionWhen, ReceiverRule, Variety};
use crate::base::datafile::CatalogFault;
use crate::eligibility::PlannedUse;

/// The longest lease the law allows, in years (Civil Code art. 705; rule E21).
const LEASE_CAP_YEARS: u32 = 20;

/// Papers without which no application on each side makes sense.
const CORE_PAPERS: [DocCode; 6] = [DocCode::T01, DocCode::T02, DocCode::T10, DocCode::R01, DocCode::R02, DocCode::R03];

/// Every contradiction in one file, with its line.
pub(super) fn check(file: &str, text: &str, read: &Read) -> Vec<CatalogFault> {
    let mut found = Found { file, text, faults: Vec::new() };
    found.trade(read);
    found.rights(read);
    found.fields(read);
    found.papers(read);
    found.faults
}

struct Found<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<CatalogFault>,
}

impl Found<'_> {
    fn unless(&mut self, ok: bool, at: usize, fault: impl FnOnce() -> String) {
        if !ok {
            self.faults.push(CatalogFault::at(self.file, self.text, at, fault()));
        }
    }

    fn list<T: Ord + Copy>(&mut self, list: &[T], at: usize, name: &str) {
        self.unless(!list.is_empty(), at, || format!("{name} 不能为空"));
        let distinct: BTreeSet<T> = list.iter().copied().collect();
        self.unless(distinct.len() == list.len(), at, || format!("{name} 中有重复的值"));
    }

    fn trade(&mut self, read: &Read) {
        let (v, at) = (&read.variety, &read.at);
        self.list(&v.modes, at.modes, "modes");
        self.list(&v.price_units, at.price_units, "price_units");
        self.list(&v.quantity_units, at.quantity_units, "quantity_units");
        self.list(&v.methods, at.methods, "methods");
        self.unless(v.listing_modes().next().is_some(), at.modes, || "至少要有一种可以挂牌的流转方式".into());
        for unit in &v.price_units {
            let fits = unit.per_quantity().is_none_or(|q| v.quantity_units.contains(&q));
            self.unless(fits, at.price_units, || format!("计价单位“{unit}”需要的计量单位不在 quantity_units 中"));
        }
        self.unless(v.methods.contains(&v.default_method), at.default_method, || {
            format!("默认交易方式 {} 不在 methods 中", v.default_method.name())
        });
        self.unless((1..=100).contains(&v.min_bidders), at.min_bidders, || "min_bidders 应在 1 至 100 之间".into());
        let least = v.default_method.least_bidders();
        self.unless(v.min_bidders >= least, at.min_bidders, || {
            format!("{} 至少要有 {least} 人，min_bidders 不能更少", v.default_method)
        });
        // Category 8 also promotes projects to investors: there the village offers and the highest price wins.
        let down = matches!(v.direction, Direction::Down);
        let buys = v.listing_modes().all(|m| m.kind() == ModeKind::Purchase);
        self.unless(down == (buys && v.category().is_purchase()), at.code, || {
            "只有第 8 类（采购）价低者得，其余各类价高者得".into()
        });
        self.unless(v.fee_exempt || !v.category().is_purchase(), at.code, || {
            "第 8 类在收费批准前不收交易服务费，fee_exempt 应为 true".into()
        });
    }

    fn rights(&mut self, read: &Read) {
        let (v, at) = (&read.variety, &read.at);
        let cap = v.term.lease_cap_years;
        self.unless(cap.is_none_or(|y| (1..=LEASE_CAP_YEARS).contains(&y)), at.term, || {
            format!("lease_cap_years 不能超过 {LEASE_CAP_YEARS} 年（《民法典》第七百零五条）")
        });
        self.unless(cap.is_some() || !v.listing_modes().any(|m| m.is_lease()), at.term, || {
            "有出租类流转方式的品种必须写明 lease_cap_years".into()
        });
        let narrowed = matches!(v.receivers.rule, ReceiverRule::MembersForMode);
        self.unless(narrowed != v.receivers.modes.is_empty(), at.receivers, || {
            "只有 rule = \"members_for_mode\" 时才写 modes，而且必须写".into()
        });
        let known = v.receivers.modes.iter().all(|m| v.modes.contains(m));
        self.unless(known, at.receivers, || "receivers 的 modes 必须是本品种的流转方式".into());
        let licence = !v.outsider_licence || (v.land.is_some() && matches!(v.category().number(), 1 | 3 | 5));
        self.unless(licence, at.code, || "outsider_licence 只适用于第 1、3、5 类的土地（规则 E40）".into());
        if let Some(LandSource::Field(key)) = &v.land {
            let fits = v.field(key).is_some_and(is_land_choice);
            self.unless(fits, at.land, || {
                format!("land 指向的字段“{key}”必须是必填的选择字段，且每个选项都是地类名称")
            });
        }
        self.unless(v.code.category().number() != 6 || v.land.is_none(), at.land, || "股权不涉及地类".into());
    }

    fn fields(&mut self, read: &Read) {
        let v = &read.variety;
        let mut keys = BTreeSet::new();
        for (field, &at) in v.fields.iter().zip(&read.at.fields) {
            let plain = field.key.starts_with(|c: char| c.is_ascii_lowercase())
                && field.key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            self.unless(plain, at, || format!("字段名“{}”只能用小写字母、数字和下划线，并以字母开头", field.key));
            self.unless(keys.insert(&field.key), at, || format!("字段名“{}”重复", field.key));
            let is_choice = matches!(field.kind, FieldKind::Choice);
            self.unless(is_choice == (field.choices.len() >= 2), at, || {
                format!("字段“{}”：选择字段至少要有两个选项，其他字段不能有选项", field.key)
            });
            let values: BTreeSet<&str> = field.choices.iter().map(|c| c.value.as_str()).collect();
            self.unless(values.len() == field.choices.len(), at, || format!("字段“{}”的选项有重复", field.key));
        }
        self.planned_use(v, &read.at.fields, read.at.land);
        let required = v.fields.iter().any(|f| f.required);
        self.unless(required, read.at.code, || "至少要有一个必填字段".into());
    }

    /// The rules on use control (rulebook 6.2) read this field.
    fn planned_use(&mut self, v: &Variety, fields: &[usize], land: usize) {
        let found = v.fields.iter().position(|f| f.key == "planned_use");
        if let Some(i) = found {
            let at = fields.get(i).copied().unwrap_or_default();
            for choice in &v.fields[i].choices {
                let means = v.fields[i].meaning(&choice.value);
                self.unless(means.parse::<PlannedUse>().is_ok(), at, || {
                    format!("planned_use 的选项“{}”要用 means 写明属于哪一种用途", choice.value)
                });
            }
        }
        let asks = found.is_some_and(|i| v.fields[i].required && matches!(v.fields[i].kind, FieldKind::Choice));
        let needs = v.land.as_ref().is_some_and(|l| !matches!(l, LandSource::Fixed(LandKind::Homestead)));
        self.unless(asks || !needs, land, || "流转土地的品种必须有必填的选择字段 planned_use（流转后用途）".into());
    }

    fn papers(&mut self, read: &Read) {
        let v = &read.variety;
        let mut keys = BTreeSet::new();
        for (doc, &at) in v.documents.iter().zip(&read.at.documents) {
            self.unless(keys.insert(&doc.key), at, || format!("材料“{}”重复；同一代码的第二份材料要另起 key", doc.key));
        }
        for (i, (doc, &at)) in v.documents.iter().zip(&read.at.documents).enumerate() {
            let side = if i < read.at.transferor_count { Side::Transferor } else { Side::Transferee };
            self.unless(doc.code.side() == side, at, || {
                format!("{} 属于{}材料，写错了一侧", doc.code.name(), doc.code.side())
            });
        }
        for code in CORE_PAPERS {
            let there = v.documents.iter().any(|d| d.code == code && d.required && d.when == When::Always);
            self.unless(there, read.at.code, || format!("缺少一律必交的材料 {}（{code}）", code.name()));
        }
        self.decision_paper(v, read.at.decision);
    }

    fn decision_paper(&mut self, v: &Variety, at: usize) {
        let has = v.documents.iter().any(|d| d.code == DocCode::T04);
        let needs = !matches!(v.decision.when, DecisionWhen::Never);
        self.unless(has || !needs, at, || "需要集体决策的品种必须要求 T04（民主决策材料）".into());
    }
}

fn is_land_choice(field: &FieldDef) -> bool {
    field.required
        && matches!(field.kind, FieldKind::Choice)
        && field.choices.iter().all(|c| c.value.parse::<LandKind>().is_ok())
}
