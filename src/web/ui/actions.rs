//! What the reader may do with a case now.

use askama::Template;
use askama::filters::HtmlSafe;

use super::link::{Button, Link, Weight};
use super::rich::Rich;

/// Something that can be done now, or could but for a stated reason.
#[derive(Clone, Debug)]
pub struct Action {
    control: Control,
    say: Rich,
    no: Rich,
}

#[derive(Clone, Debug)]
enum Control {
    Link(Link),
    Button(Button),
    Blocked(String),
}

impl Action {
    /// Leads to a form or confirm page.
    pub fn link(label: impl Into<String>, to: impl Into<String>, weight: Weight) -> Action {
        let link = Link::new(label, to).button(weight);
        Action { control: Control::Link(link), say: Rich::new(), no: Rich::new() }
    }

    /// Posts at once.
    pub fn post(button: Button) -> Action {
        Action { control: Control::Button(button), say: Rich::new(), no: Rich::new() }
    }

    /// Not possible now, and why.
    pub fn blocked(label: impl Into<String>, why: impl Into<Rich>) -> Action {
        Action { control: Control::Blocked(label.into()), say: Rich::new(), no: why.into() }
    }

    /// What it does and what follows.
    #[must_use]
    pub fn say(mut self, say: impl Into<Rich>) -> Action {
        self.say = say.into();
        self
    }
}

/// The panel of actions.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/actions.html")]
pub struct Actions {
    title: String,
    actions: Vec<Action>,
    empty: Rich,
}

impl Actions {
    /// Actions in order, the main one first.
    pub fn new(actions: impl IntoIterator<Item = Action>) -> Actions {
        Actions {
            title: "您现在可以".to_owned(),
            actions: actions.into_iter().collect(),
            empty: "现在没有需要您办理的事项。".into(),
        }
    }

    /// Another heading.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Actions {
        self.title = title.into();
        self
    }

    /// What to say when nothing can be done: who moves next.
    #[must_use]
    pub fn empty(mut self, say: impl Into<Rich>) -> Actions {
        self.empty = say.into();
        self
    }
}

impl HtmlSafe for Actions {}
