//! The shell of every page: navigation by role, the person, the demo banner.

use super::cx::Cx;
use super::ui::{Chrome, Contact, NavItem};
use crate::domain::actor::{Actor, Role};

/// The chrome for a page of this request.
pub fn chrome(cx: &Cx, title: &str) -> Chrome {
    let mut chrome = Chrome::new(title, cx.now())
        .path(cx.path.clone())
        .nav(nav(cx.actor()))
        .csrf(cx.csrf())
        .large(cx.large)
        .contact(contact(cx));
    if let Some(signed) = &cx.signed {
        chrome = chrome.user(signed.actor.name.clone(), role_name(&signed.actor));
    }
    if let Some((mood, text)) = cx.flash() {
        chrome = chrome.flash(mood, text);
    }
    if cx.app.config.mode.is_demo() {
        chrome = chrome.demo("演示环境：内容均为虚构，不产生法律效力。", cx.app.clock.speed());
    }
    chrome
}

fn contact(cx: &Cx) -> Contact {
    let county = &cx.app.config.county;
    let mut contact = Contact { name: county.centre.clone(), ..Contact::default() };
    if let Some(phone) = &county.phone {
        contact.phone.clone_from(phone);
    }
    if let Some(address) = &county.address {
        contact.address.clone_from(address);
    }
    contact
}

fn nav(actor: Option<&Actor>) -> Vec<NavItem> {
    let mut items = vec![
        NavItem::new("首页", "/"),
        NavItem::new("项目公告", "/lots"),
        NavItem::new("成交公示", "/results"),
        NavItem::new("鉴证书查验", "/verify"),
    ];
    match actor {
        Some(actor) => {
            items.push(NavItem::new("我的工作台", "/desk"));
            if actor.posts.iter().any(|p| p.role.is_admin()) {
                items.push(NavItem::new("系统管理", "/admin"));
            }
        }
        None => items.push(NavItem::new("交易流程", "/process")),
    }
    items
}

/// The role shown beside the name: the first post that is more than a holder's.
pub fn role_name(actor: &Actor) -> String {
    let posts: Vec<&str> = actor.posts.iter().filter(|p| p.role != Role::Holder).map(|p| p.role.zh()).collect();
    if posts.is_empty() { Role::Holder.zh().to_owned() } else { posts.join("、") }
}
