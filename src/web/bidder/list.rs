//! The caller's own applications.

use actix_web::HttpResponse;

use crate::acts::desk;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Heading, Link, Rich, Row, Table};

/// All of them, newest first.
pub async fn page(cx: Cx) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let rows = cx.run(move |app| desk::mine(app, &actor)).await?;
    let rows = rows.into_iter().map(|(a, no, title)| {
        let link = Link::new(title, format!("/lots/{no}/application"));
        Row::new().cell(Rich::from(link)).cell(no).cell(a.status.zh())
    });
    let table = Table::new("我的报名")
        .columns(["标的", "编号", "状态"])
        .rows(rows)
        .empty(Rich::new().text("您还没有报过名。").link("去看正在报名的项目", "/lots"));
    cx.ok(&cx.page("我的报名").with(Heading::new("我的报名")).with(table))
}
