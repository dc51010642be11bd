//! Links and buttons.

use askama::Template;
use askama::filters::HtmlSafe;

use super::icon::Icon;

/// An address that a page may point to: own path, fragment, query, `https`, `http`, `tel` or `mailto`. Anything else,
/// such as `javascript:` or `//host`, becomes `#`.
pub fn href(to: impl Into<String>) -> String {
    let to: String = to.into();
    let own = to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\");
    let known = ["#", "?", "https://", "http://", "tel:", "mailto:"].iter().any(|p| to.starts_with(p));
    let plain = !to.chars().any(char::is_control);
    if (own || known) && plain { to } else { "#".to_owned() }
}

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do on this page.
    Primary,
    /// Anything else.
    #[default]
    Secondary,
    /// Takes something away or refuses.
    Danger,
    /// Binding and final: seal red, filled.
    Seal,
    /// Looks like a link.
    Plain,
}

impl Weight {
    /// The classes of a button of this weight.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Weight::Primary => "btn btn-primary",
            Weight::Secondary => "btn",
            Weight::Danger => "btn btn-danger",
            Weight::Seal => "btn btn-seal",
            Weight::Plain => "btn btn-link",
        }
    }
}

/// A text that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "kit/link.html")]
pub struct Link {
    text: String,
    href: String,
    weight: Option<Weight>,
    small: bool,
    icon: Option<Icon>,
    about: Option<String>,
    new_tab: bool,
}

impl Link {
    /// A plain link.
    pub fn new(text: impl Into<String>, to: impl Into<String>) -> Link {
        Link { text: text.into(), href: href(to), weight: None, small: false, icon: None, about: None, new_tab: false }
    }

    /// Looks like a button of this weight.
    #[must_use]
    pub fn button(mut self, weight: Weight) -> Link {
        self.weight = Some(weight);
        self
    }

    /// Smaller, for rows of tables.
    #[must_use]
    pub fn small(mut self) -> Link {
        self.small = true;
        self
    }

    /// A picture before the text.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Link {
        self.icon = Some(icon);
        self
    }

    /// What the link is about, for people who hear the page: “查看” alone says nothing in a list of ten.
    #[must_use]
    pub fn about(mut self, about: impl Into<String>) -> Link {
        self.about = Some(about.into());
        self
    }

    /// Opens beside this page (previews of papers); says so.
    #[must_use]
    pub fn new_tab(mut self) -> Link {
        self.new_tab = true;
        self
    }

    /// The text shown.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The address.
    pub fn target(&self) -> &str {
        &self.href
    }
}

impl HtmlSafe for Link {}

/// A button that posts a small form of hidden fields.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "kit/button.html")]
pub struct Button {
    label: String,
    action: String,
    csrf: String,
    hidden: Vec<(String, String)>,
    weight: Weight,
    small: bool,
    icon: Option<Icon>,
    about: Option<String>,
    confirm: Option<String>,
    disabled: bool,
}

impl Button {
    /// A button that posts to `action` with the session's token.
    pub fn post(label: impl Into<String>, action: impl Into<String>, csrf: impl Into<String>) -> Button {
        Button {
            label: label.into(),
            action: href(action),
            csrf: csrf.into(),
            hidden: Vec::new(),
            weight: Weight::Secondary,
            small: false,
            icon: None,
            about: None,
            confirm: None,
            disabled: false,
        }
    }

    /// A hidden field sent along.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Button {
        self.hidden.push((name.into(), value.into()));
        self
    }

    /// How much it stands out.
    #[must_use]
    pub fn weight(mut self, weight: Weight) -> Button {
        self.weight = weight;
        self
    }

    /// Smaller, for rows of tables.
    #[must_use]
    pub fn small(mut self) -> Button {
        self.small = true;
        self
    }

    /// A picture before the label.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Button {
        self.icon = Some(icon);
        self
    }

    /// What it is about, for people who hear the page.
    #[must_use]
    pub fn about(mut self, about: impl Into<String>) -> Button {
        self.about = Some(about.into());
        self
    }

    /// Asks this first where the browser can; for small things only, binding acts have a confirm page.
    #[must_use]
    pub fn confirm(mut self, question: impl Into<String>) -> Button {
        self.confirm = Some(question.into());
        self
    }

    /// Cannot be pressed now; say why beside it.
    #[must_use]
    pub fn disabled(mut self) -> Button {
        self.disabled = true;
        self
    }
}

impl HtmlSafe for Button {}
