//! The living style page: every component in every state, with long names, with nothing in it and with an error in it;
//! and whole pages made of invented cases.

mod bidding;
mod catalogue;
mod forms;
mod home;
mod lot;
mod workspace;

use askama::Template;
use askama::filters::HtmlSafe;

use super::{Chrome, Hall, NavItem, Page};
use crate::domain::base::{Day, Instant};

/// Specimens of the colours.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "kit/swatches.html")]
pub struct Swatches;

impl HtmlSafe for Swatches {}

/// Name in the address and title of each page, in order; the first is `/style` itself.
pub const PAGES: [(&str, &str); 11] = [
    ("", "样式总览"),
    ("forms", "表单"),
    ("form-errors", "表单（有错误）"),
    ("home", "首页"),
    ("list", "项目列表"),
    ("lot", "项目详情"),
    ("workspace", "工作台"),
    ("empty", "空页面"),
    ("room", "竞价大厅"),
    ("confirm", "确认与签署"),
    ("paper", "证书与回单"),
];

/// A style page by its name; `None` for a name that is not in [`PAGES`]. Title and navigation are set here, the rest of
/// the shell (large version, token, clock) comes from the caller.
pub fn page(name: &str, chrome: Chrome) -> Option<Page> {
    let (_, title) = PAGES.iter().find(|(known, _)| *known == name)?;
    let here = if name.is_empty() { "/style".to_owned() } else { format!("/style/{name}") };
    let mut chrome = chrome.path(here);
    chrome.title = (*title).to_owned();
    Some(match name {
        "forms" => forms::blank(chrome),
        "form-errors" => forms::faulty(chrome),
        "home" => home::home(public(chrome)),
        "list" => home::list(public(chrome)),
        "lot" => lot::detail(public(chrome).crumb("首页", "/style/home").crumb("项目公告", "/style/list")),
        "workspace" => workspace::full(chrome),
        "empty" => workspace::empty(chrome),
        "room" => bidding::room(chrome),
        "confirm" => bidding::confirm(chrome),
        "paper" => bidding::paper(chrome),
        _ => catalogue::page(chrome),
    })
}

/// A turn of the hall screen: 1 a room, 2 a list, 3 a list with nothing in it, 4 words.
pub fn hall(turn: usize) -> Hall {
    let (title, slide) = bidding::slide(turn);
    let next = turn % 4 + 1;
    Hall::new(title, slide, sample_now(), format!("/style/hall?turn={next}")).place(turn.clamp(1, 4), 4).demo(60)
}

/// The moment at which the invented cases stand.
pub(crate) fn sample_now() -> Instant {
    Day::ymd(2026, 11, 23).map(|day| day.at(9, 30)).unwrap_or_default()
}

fn public(chrome: Chrome) -> Chrome {
    chrome.nav([
        NavItem::new("首页", "/style/home"),
        NavItem::new("项目公告", "/style/list"),
        NavItem::new("成交公示", "/style/lot"),
        NavItem::new("交易流程", "/style"),
        NavItem::new("证书查验", "/style/paper"),
        NavItem::new("办事指南", "/style/forms"),
    ])
}
