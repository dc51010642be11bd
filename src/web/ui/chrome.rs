//! The page shell: everything around the content.

use super::icon::Icon;
use super::link::{Link, href};
use super::panel::Mood;
use super::rich::Rich;
use crate::domain::base::Instant;
use crate::web::assets;

/// An entry of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// What it is called.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether this page belongs to it.
    pub current: bool,
    /// How much waits there; 0 shows nothing.
    pub count: u32,
}

impl NavItem {
    /// An entry that leads to `to`.
    pub fn new(label: impl Into<String>, to: impl Into<String>) -> NavItem {
        NavItem { label: label.into(), href: href(to), current: false, count: 0 }
    }

    /// With the number of things waiting.
    #[must_use]
    pub fn count(mut self, count: u32) -> NavItem {
        self.count = count;
        self
    }
}

/// A message carried over from the page before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// Its mood.
    pub mood: Mood,
    /// Its words.
    pub text: Rich,
}

/// How to reach the centre; stands at the foot of every page, always in the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Name of the centre.
    pub name: String,
    /// A telephone with a person at the other end; empty shows none.
    pub phone: String,
    /// Street address.
    pub address: String,
    /// When somebody is there.
    pub hours: String,
}

impl Default for Contact {
    fn default() -> Contact {
        Contact {
            name: "蓝山县农村产权交易中心".to_owned(),
            phone: String::new(),
            address: "湖南省永州市蓝山县".to_owned(),
            hours: "工作日 8:30—12:00，14:30—17:30".to_owned(),
        }
    }
}

/// The page shell. Fields are open so that a page with a template of its own (`{% extends "layout.html" %}` and a field
/// `chrome`) can use them.
#[derive(Clone, Debug)]
pub struct Chrome {
    /// Title of the page, for the browser's tab.
    pub title: String,
    /// Main navigation of the role.
    pub nav: Vec<NavItem>,
    /// Name and role of the person signed in.
    pub user: Option<(String, String)>,
    /// The session's anti-forgery token.
    pub csrf: String,
    /// A message from the page before.
    pub flash: Option<Flash>,
    /// The demo banner's words, in a demo.
    pub demo: Option<String>,
    /// Business time of the server.
    pub now: Instant,
    /// Speed of the business clock as this page is made; a demo's pages ask again, for it changes.
    pub speed: u32,
    /// 关怀版.
    pub large: bool,
    /// Path of this page with its query, to come back to.
    pub path: String,
    /// Where this page stands: label and address, outermost first.
    pub crumbs: Vec<(String, String)>,
    /// Seconds after which the page loads itself again where scripts do not run.
    pub refresh: Option<u32>,
    /// The centre.
    pub contact: Contact,
    /// Lists of links at the foot: a heading and its links.
    pub footer: Vec<(String, Vec<Link>)>,
}

fn footer() -> Vec<(String, Vec<Link>)> {
    let group = |title: &str, links: &[(&str, &str)]| {
        (title.to_owned(), links.iter().map(|(text, to)| Link::new(*text, *to)).collect())
    };
    vec![
        group(
            "交易服务",
            &[("项目公告", "/lots"), ("成交公示", "/results"), ("交易流程", "/process"), ("交易规则", "/rules")],
        ),
        group("核验与监督", &[("交易鉴证书查验", "/verify"), ("公开日志", "/journal"), ("投诉与建议", "/complaints")]),
    ]
}

impl Chrome {
    /// The shell of a public page.
    pub fn new(title: impl Into<String>, now: Instant) -> Chrome {
        Chrome {
            title: title.into(),
            nav: Vec::new(),
            user: None,
            csrf: String::new(),
            flash: None,
            demo: None,
            now,
            speed: 1,
            large: false,
            path: "/".to_owned(),
            crumbs: Vec::new(),
            refresh: None,
            contact: Contact::default(),
            footer: footer(),
        }
    }

    /// The page's own path and query.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Chrome {
        self.path = href(path);
        self
    }

    /// The navigation; the entry whose address is the longest beginning of the path is the current one.
    #[must_use]
    pub fn nav(mut self, items: impl IntoIterator<Item = NavItem>) -> Chrome {
        self.nav = items.into_iter().collect();
        let path = self.path.split(['?', '#']).next().unwrap_or_default().to_owned();
        let within =
            |to: &str| path == to || (to != "/" && path.starts_with(&format!("{}/", to.trim_end_matches('/'))));
        let best = self.nav.iter().filter(|item| within(&item.href)).map(|item| item.href.len()).max();
        for item in &mut self.nav {
            item.current = within(&item.href) && Some(item.href.len()) == best;
        }
        self
    }

    /// The person signed in and in which role.
    #[must_use]
    pub fn user(mut self, name: impl Into<String>, role: impl Into<String>) -> Chrome {
        self.user = Some((name.into(), role.into()));
        self
    }

    /// The session's anti-forgery token.
    #[must_use]
    pub fn csrf(mut self, token: impl Into<String>) -> Chrome {
        self.csrf = token.into();
        self
    }

    /// A message from the page before.
    #[must_use]
    pub fn flash(mut self, mood: Mood, text: impl Into<Rich>) -> Chrome {
        self.flash = Some(Flash { mood, text: text.into() });
        self
    }

    /// The demo banner and the clock's speed.
    #[must_use]
    pub fn demo(mut self, words: impl Into<String>, speed: u32) -> Chrome {
        self.demo = Some(words.into());
        self.speed = speed;
        self
    }

    /// The large version.
    #[must_use]
    pub fn large(mut self, large: bool) -> Chrome {
        self.large = large;
        self
    }

    /// A step of the path that leads here.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, to: impl Into<String>) -> Chrome {
        self.crumbs.push((label.into(), href(to)));
        self
    }

    /// Loads the page again after so many seconds where scripts do not run.
    #[must_use]
    pub fn refresh(mut self, seconds: u32) -> Chrome {
        self.refresh = Some(seconds);
        self
    }

    /// The centre's contact.
    #[must_use]
    pub fn contact(mut self, contact: Contact) -> Chrome {
        self.contact = contact;
        self
    }

    /// Other links at the foot.
    #[must_use]
    pub fn footer(mut self, groups: Vec<(String, Vec<Link>)>) -> Chrome {
        self.footer = groups;
        self
    }

    pub(crate) fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    pub(crate) fn large_icon(&self) -> Icon {
        Icon::Text
    }

    /// A page made without its request knows no time and shows none.
    pub(crate) fn has_clock(&self) -> bool {
        self.now != Instant::default()
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.now.micros() / 1_000
    }

    pub(crate) fn face(&self) -> String {
        self.user.as_ref().and_then(|(name, _)| name.chars().next()).map(String::from).unwrap_or_default()
    }

    pub(crate) fn dial(&self) -> String {
        href(format!("tel:{}", self.contact.phone.chars().filter(char::is_ascii_digit).collect::<String>()))
    }
}
