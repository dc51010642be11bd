//! What waits for the reader; tabs; long work.

use askama::Template;
use askama::filters::HtmlSafe;

use super::link::{Link, href};
use super::rich::Rich;
use super::tag::Light;

/// Something that waits for the reader.
#[derive(Clone, Debug)]
pub struct Todo {
    title: String,
    to: String,
    say: Rich,
    due: Rich,
    light: Light,
}

impl Todo {
    /// What waits, where to do it, and its light.
    pub fn new(title: impl Into<String>, to: impl Into<String>, light: Light) -> Todo {
        Todo { title: title.into(), to: href(to), say: Rich::new(), due: Rich::new(), light }
    }

    /// Which case it is about.
    #[must_use]
    pub fn say(mut self, say: impl Into<Rich>) -> Todo {
        self.say = say.into();
        self
    }

    /// By when; name the working day.
    #[must_use]
    pub fn due(mut self, due: impl Into<Rich>) -> Todo {
        self.due = due.into();
        self
    }

    fn link(&self) -> Link {
        Link::new(&self.title, &self.to)
    }
}

/// 待办, most urgent first.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/todos.html")]
pub struct Todos {
    todos: Vec<Todo>,
    empty: Rich,
}

impl Todos {
    /// In the order given; sort by light and due time before.
    pub fn new(todos: impl IntoIterator<Item = Todo>) -> Todos {
        Todos { todos: todos.into_iter().collect(), empty: "都办完了，现在没有事项等您处理。".into() }
    }

    /// What to say when nothing waits.
    #[must_use]
    pub fn empty(mut self, say: impl Into<Rich>) -> Todos {
        self.empty = say.into();
        self
    }
}

impl HtmlSafe for Todos {}

/// Links between views of one thing.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/tabs.html")]
pub struct Tabs {
    name: String,
    tabs: Vec<(String, String, bool, Option<u32>)>,
}

impl Tabs {
    /// `name` says what they switch, for people who hear the page.
    pub fn new(name: impl Into<String>) -> Tabs {
        Tabs { name: name.into(), tabs: Vec::new() }
    }

    /// Adds a view; `current` marks the one shown.
    #[must_use]
    pub fn tab(mut self, label: impl Into<String>, to: impl Into<String>, current: bool) -> Tabs {
        self.tabs.push((label.into(), href(to), current, None));
        self
    }

    /// How many things the last view holds.
    #[must_use]
    pub fn count(mut self, count: u32) -> Tabs {
        if let Some(tab) = self.tabs.last_mut() {
            tab.3 = Some(count);
        }
        self
    }
}

impl HtmlSafe for Tabs {}

/// Long work that can be left and come back to.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/work.html")]
pub struct Work {
    label: String,
    done: u64,
    of: u64,
    say: Rich,
}

impl Work {
    /// `done` of `of` pieces.
    pub fn new(label: impl Into<String>, done: u64, of: u64) -> Work {
        Work { label: label.into(), done, of, say: Rich::new() }
    }

    /// What is happening, and that this page may be left.
    #[must_use]
    pub fn say(mut self, say: impl Into<Rich>) -> Work {
        self.say = say.into();
        self
    }
}

impl HtmlSafe for Work {}
