//! How a trade runs, by which rules, and where to complain.

use actix_web::HttpResponse;

use super::parts;
use crate::domain::lot::{Act, Phase, Stage, due};
use crate::domain::rulebook::Rules;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Facts, Flow, FlowStep, Heading, Link, Section};

fn step(stage: Stage, rules: &Rules) -> FlowStep {
    let mut step = FlowStep::new(stage.zh());
    if stage.owner_zh() != "无" {
        step = step.who(stage.owner_zh());
    }
    let course = due::course(stage, rules);
    if let Some(span) = course.span() {
        step = step.limit(span.zh());
    }
    let open = Act::ALL.iter().filter(|a| a.stages().contains(&stage) && !matches!(a, Act::EditDraft));
    for act in open {
        step = step.branch(act.zh());
    }
    if course.sometimes { step.sometimes() } else { step }
}

/// `GET /process`: the chart is made from the tables the program runs on.
pub async fn page(cx: Cx) -> WebResult<HttpResponse> {
    let rules = &cx.app.market.rules;
    let of = |phase: Phase| Stage::ALL.iter().copied().filter(move |s| s.phase() == phase);
    let flow = Phase::SPINE
        .iter()
        .fold(Flow::new(), |flow, phase| flow.lane(phase.zh(), of(*phase).map(|s| step(s, rules)).collect::<Vec<_>>()));
    let ended: Vec<&str> = of(Phase::Ended).map(Stage::zh).collect();
    let may_start = cx.actor().is_none_or(parts::may_start);
    let page = cx
        .page("交易流程")
        .with(
            Heading::new("交易流程")
                .lead("从申请到归档的每一步、由谁办、多久办完。"),
        )
        .with(Section::new("您要做的事").with(parts::guide()))
        .with(
            Section::new("全部环节")
                .intro("实线框是每个项目都要经过的环节，虚线框只在需要时经过；最下面的黄褐色字是这个环节里可以办的事。本图由系统的状态表直接生成。")
                .with(flow),
        )
        .with(Section::card("不成交或中途结束的情形").say(ended.join("、")))
        .with(
            may_start
                .then(|| Link::new("我要转出：申请流转交易", "/projects/new"))
                .into_iter()
                .fold(Section::card("从这里开始"), Section::say)
                .say(Link::new("我要受让：看正在报名的项目", "/lots?stage=open")),
        );
    cx.ok(&page)
}

/// `GET /complaints`
pub async fn complaints(cx: Cx) -> WebResult<HttpResponse> {
    let county = &cx.app.config.county;
    let unknown = "待公布";
    let contacts = Facts::new()
        .row("单位", county.centre.as_str())
        .row("电话", county.phone.clone().unwrap_or_else(|| unknown.into()))
        .row("地址", county.address.clone().unwrap_or_else(|| unknown.into()));
    let page = cx
        .page("投诉与建议")
        .with(Heading::new("投诉与建议").lead("对办理过程、工作人员或者交易结果有意见，可以这样反映。"))
        .with(
            Section::card("对成交结果有异议")
                .say("在结果公示期内打开该项目的公开页面，点“对结果提出异议”，不用登录。异议提出后公示期停止计算，县中心书面答复后继续。")
                .say(Link::new("看正在公示的结果", "/lots?stage=publicity")),
        )
        .with(
            Section::card("对办理过程有意见")
                .say("可以向县中心当面或者电话反映，请说明项目编号、时间和经过。纪检监察和审计人员可以在系统中查看全部办理记录。")
                .with(contacts),
        )
        .with(
            Section::card("发现公告内容不实")
                .say("请在公告期内向县中心反映，县中心核实后答复。"),
        );
    cx.ok(&page)
}
