//! The caller's own applications.

use actix_web::HttpResponse;

use crate::acts::desk;
use crate::domain::application::Application;
use crate::domain::lot::{Lot, Stage};
use crate::web::case::facts::tag_of;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Cell, Heading, Link, Rich, Row, Table};

/// The next moment that matters to an applicant.
fn next(lot: &Lot) -> Rich {
    match (lot.stage, &lot.listing, &lot.session) {
        (Stage::Listed | Stage::Extended, Some(listing), _) => Rich::new().text("报名截止 ").time(listing.closes),
        (Stage::Scheduled, _, Some(session)) => Rich::new().text("竞价开始 ").time(session.starts),
        (stage, ..) if stage.in_session() => {
            let no = lot.lot_no.as_deref().unwrap_or_default();
            Rich::new().link("进入竞价大厅", format!("/lots/{no}/room"))
        }
        (stage, ..) if stage.owner_zh() == "无" => "已办结".into(),
        (stage, ..) => stage.owner_zh().into(),
    }
}

fn row(application: &Application, lot: &Lot) -> Row {
    let no = lot.lot_no.clone().unwrap_or_default();
    let title = lot.terms.as_ref().map(|t| t.title.clone()).unwrap_or_default();
    Row::new()
        .cell(Cell::new(Link::new(title, format!("/lots/{no}/application"))).and(no))
        .cell(application.status.zh())
        .cell(tag_of(lot.stage))
        .cell(next(lot))
}

/// All of them, newest first.
pub async fn page(cx: Cx) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let rows = cx.run(move |app| desk::mine(app, &actor)).await?;
    let table = Table::new(format!("共 {} 个", rows.len()))
        .columns(["标的", "我的报名", "项目进展", "下一步"])
        .rows(rows.iter().map(|(application, lot)| row(application, lot)))
        .empty(Rich::new().text("您还没有报过名。").link("去看正在报名的项目", "/lots?stage=open"));
    let lead = "点标的名称查看报名、保证金和资格审查的办理情况。";
    cx.ok(&cx.page("我的报名").with(Heading::new("我的报名").lead(lead)).with(table))
}
