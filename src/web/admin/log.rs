//! The security log, for the auditor and the security administrator.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::acts::posts;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Cell, Heading, Pager, Panel, Rich, Row, Table};

#[derive(Deserialize)]
pub(super) struct Query {
    before: Option<String>,
}

fn kind_zh(kind: &str) -> &str {
    match kind {
        "login" => "登录成功",
        "post_refused" => "越权或越序办理被拒",
        "login_failed" => "登录失败",
        "step_up_failed" => "签署验证失败",
        "second_person" => "第二人确认",
        "second_person_failed" => "第二人确认失败",
        "sessions_ended" => "强制退出登录",
        "password_failed" => "修改密码时原密码错误",
        "password_reset_ordered" => "发送密码重置码",
        "password_reset_failed" => "重置密码失败",
        "glass_broken" => "监督查阅报名情况",
        _ => "其他",
    }
}

/// `GET /admin/security-log`
pub(super) async fn page(cx: Cx, query: web::Query<Query>) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let before = query.before.clone().filter(|b| uuid::Uuid::parse_str(b).is_ok());
    let lost = before.is_none() && query.before.as_deref().is_some_and(|b| !b.trim().is_empty());
    let later = before.is_some();
    let mut lines = cx.run(move |app| posts::security_log(app, &actor, before.as_deref())).await?;
    let page = usize::try_from(posts::LOG_PAGE).unwrap_or(usize::MAX);
    let more = lines.len() > page;
    lines.truncate(page);
    let next = lines.last().filter(|_| more).map(|l| format!("/admin/security-log?before={}", l.id));
    let rows = lines.iter().map(|l| {
        Row::new()
            .cell(Rich::new().time(l.at))
            .cell(Rich::new().code(l.login.clone().unwrap_or_else(|| "—".into())))
            .cell(kind_zh(&l.kind))
            .cell(Cell::new(l.detail.clone()))
    });
    let table = Table::new("安全日志")
        .note("最新的在前。日志只增不改，不记录密码、验证码和证件号码。")
        .columns(["时间", "账号", "事项", "说明"])
        .rows(rows)
        .empty("还没有记录。")
        .pager(
            Pager::new(format!("本页 {} 条", lines.len())).previous(later.then_some("/admin/security-log")).next(next),
        );
    let page = cx.page("安全日志").with(Heading::new("安全日志"));
    let said = Panel::attention("没有这一页").say("地址中的翻页位置不对，现在显示的是第一页。");
    cx.ok(&page.maybe(lost.then_some(said)).with(table))
}
