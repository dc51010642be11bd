//! The questions that only a look elsewhere answers: drawn unanswered, and nobody is qualified while one is open.

use crate::domain::base::Day;
use crate::domain::eligibility::receiver::Ban;
use crate::domain::eligibility::{BanLookup, CompanyLookup, CompanyStatus, LookedUp, Question, Tie};
use crate::web::typed::{Reading, Typed};
use crate::web::ui::{Choice, Field};

/// What is drawn and sent while nobody looked.
const OPEN: &str = "unchecked";

/// The fields of the questions asked, with what was found for an earlier decision.
pub fn fields(asked: &[Question], ties: &[Tie], found: &LookedUp) -> Vec<Field> {
    asked.iter().flat_map(|question| fields_of(*question, ties, found)).collect()
}

fn fields_of(question: Question, ties: &[Tie], found: &LookedUp) -> Vec<Field> {
    let day = |day: Option<Day>| day.map(Day::iso).unwrap_or_default();
    let said = |answer: Option<bool>| answer.map_or(OPEN, |yes| if yes { "yes" } else { "no" });
    let name = question.name();
    match question {
        Question::Company => {
            let statuses = CompanyStatus::ALL.iter().filter(|s| **s != CompanyStatus::Unknown);
            let choices = open("尚未查询").into_iter().chain(statuses.map(|s| Choice::new(s.name(), s.zh())));
            let now = found.company.map_or(OPEN, |c| c.status.name());
            vec![
                Field::radio(name, question.zh(), choices.collect::<Vec<_>>())
                    .value(now)
                    .hint("在国家企业信用信息公示系统或者登记机关查询。"),
                Field::date("company_on", "登记状态查询日期").value(day(found.company.map(|c| c.on))).optional(),
            ]
        }
        Question::Bans => {
            let [open] = open("尚未查询");
            let choices = [open, Choice::new("none", "没有禁入、失信记录"), Choice::new("banned", "有禁入记录")];
            let now = found.bans.map_or(OPEN, |b| if b.ban.is_some() { "banned" } else { "none" });
            let ban = found.bans.and_then(|b| b.ban);
            vec![
                Field::radio(name, question.zh(), choices).value(now).hint("查询县中心的禁入记录和失信被执行人名单。"),
                Field::date("bans_on", "名单查询日期").value(day(found.bans.map(|b| b.on))).optional(),
                Field::date("bans_to", "禁入截止日")
                    .value(day(ban.map(|b| b.to)))
                    .optional()
                    .hint("有禁入记录的填写。"),
            ]
        }
        Question::Consent => {
            let [open] = open("尚未核对");
            let choices = [open, Choice::new("yes", "已见发包方同意的文件"), Choice::new("no", "没有同意文件")];
            vec![Field::radio(name, question.zh(), choices).value(said(found.consent))]
        }
        Question::Homestead => {
            let [open] = open("尚未核对");
            let choices = [open, Choice::new("yes", "没有宅基地"), Choice::new("no", "已有宅基地")];
            vec![Field::radio(name, question.zh(), choices).value(said(found.without_homestead))]
        }
        Question::Related => {
            let shared: Vec<&str> = ties.iter().map(|t| t.zh()).collect();
            let [open] = open("尚未核实");
            let choices = [open, Choice::new("no", "没有控制、管理关系"), Choice::new("yes", "有控制、管理关系")];
            let hint = format!("与本标的其他申请人的{}相同。请核实后选择，不要向任何人透露。", shared.join("、"));
            vec![Field::radio(name, question.zh(), choices).value(said(found.related)).hint(hint)]
        }
    }
}

fn open(words: &str) -> [Choice; 1] {
    [Choice::new(OPEN, words)]
}

/// What was typed. A question left open stays open; one that is answered needs its day.
pub fn read(reading: &mut Reading, typed: &Typed, asked: &[Question]) -> LookedUp {
    let mut found = LookedUp::default();
    for question in asked {
        let answer = typed.text(question.name());
        let yes = match answer {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        match question {
            Question::Company => {
                if let Ok(status) = answer.parse::<CompanyStatus>() {
                    let on = reading.day(typed, "company_on", "登记状态查询日期");
                    found.company = on.map(|on| CompanyLookup { status, on });
                }
            }
            Question::Bans => found.bans = bans(reading, typed, answer),
            Question::Consent => found.consent = yes,
            Question::Homestead => found.without_homestead = yes,
            Question::Related => found.related = yes,
        }
    }
    found
}

fn bans(reading: &mut Reading, typed: &Typed, answer: &str) -> Option<BanLookup> {
    match answer {
        "none" => reading.day(typed, "bans_on", "名单查询日期").map(|on| BanLookup { on, ban: None }),
        "banned" => {
            let on = reading.day(typed, "bans_on", "名单查询日期");
            let to = reading.day(typed, "bans_to", "禁入截止日");
            // The list tells the last day; in force it is when it was looked up.
            on.zip(to).map(|(on, to)| BanLookup { on, ban: Some(Ban { from: on, to }) })
        }
        _ => None,
    }
}
