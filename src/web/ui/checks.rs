//! Checklists (what the rules found) and task lists (what a form still needs).

use askama::Template;
use askama::filters::HtmlSafe;

use super::icon::Icon;
use super::link::{Link, href};
use super::rich::Rich;
use super::tag::{Tag, Tone};

/// What a check found (rulebook 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// In order.
    Pass,
    /// Stands in the way.
    Fail,
    /// Take a look.
    Warn,
    /// A person has to decide.
    Manual,
}

impl Verdict {
    fn name(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::Warn => "warn",
            Verdict::Manual => "manual",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Verdict::Pass => "符合",
            Verdict::Fail => "不符合",
            Verdict::Warn => "请注意",
            Verdict::Manual => "需人工核对",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Verdict::Pass => Icon::CheckCircle,
            Verdict::Fail => Icon::CrossCircle,
            Verdict::Warn => Icon::Alert,
            Verdict::Manual => Icon::Eye,
        }
    }
}

/// One check: what, verdict, why and by which rule.
#[derive(Clone, Debug)]
pub struct Check {
    what: Rich,
    verdict: Verdict,
    why: Rich,
    cite: Rich,
}

impl Check {
    /// A check and its verdict.
    pub fn new(what: impl Into<Rich>, verdict: Verdict) -> Check {
        Check { what: what.into(), verdict, why: Rich::new(), cite: Rich::new() }
    }

    /// Why, and what to do.
    #[must_use]
    pub fn why(mut self, why: impl Into<Rich>) -> Check {
        self.why = why.into();
        self
    }

    /// The rule that decided.
    #[must_use]
    pub fn cite(mut self, cite: impl Into<Rich>) -> Check {
        self.cite = cite.into();
        self
    }
}

/// Checks in order, with their sum.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/checklist.html")]
pub struct Checklist {
    checks: Vec<Check>,
}

impl Checklist {
    /// Checks in order.
    pub fn new(checks: impl IntoIterator<Item = Check>) -> Checklist {
        Checklist { checks: checks.into_iter().collect() }
    }

    fn sum(&self) -> String {
        let count = |v| self.checks.iter().filter(|c| c.verdict == v).count();
        let parts = [Verdict::Fail, Verdict::Manual, Verdict::Warn, Verdict::Pass];
        let said = parts.iter().filter(|v| count(**v) > 0).map(|v| format!("{}项{}", count(*v), v.word()));
        format!("共{}项：{}。", self.checks.len(), said.collect::<Vec<_>>().join("，"))
    }
}

impl HtmlSafe for Checklist {}

#[derive(Clone, Debug)]
struct Task {
    title: String,
    to: Option<String>,
    hint: Rich,
    tag: Tag,
}

/// The parts of a long form: what is done, what is not, what cannot be started.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "kit/tasks.html")]
pub struct TaskList {
    tasks: Vec<Task>,
}

impl TaskList {
    /// An empty list.
    pub fn new() -> TaskList {
        TaskList::default()
    }

    fn add(mut self, title: impl Into<String>, to: Option<String>, hint: Rich, tag: Tag) -> TaskList {
        self.tasks.push(Task { title: title.into(), to, hint, tag });
        self
    }

    /// A part that is done.
    #[must_use]
    pub fn done(self, title: impl Into<String>, to: impl Into<String>, hint: impl Into<Rich>) -> TaskList {
        self.add(title, Some(href(to)), hint.into(), Tag::new("已完成", Tone::Green))
    }

    /// A part that still needs something.
    #[must_use]
    pub fn open(self, title: impl Into<String>, to: impl Into<String>, hint: impl Into<Rich>) -> TaskList {
        self.add(title, Some(href(to)), hint.into(), Tag::new("待填写", Tone::Ochre))
    }

    /// A part with a fault in it.
    #[must_use]
    pub fn faulty(self, title: impl Into<String>, to: impl Into<String>, hint: impl Into<Rich>) -> TaskList {
        self.add(title, Some(href(to)), hint.into(), Tag::new("需要修改", Tone::Red))
    }

    /// A part that cannot be started yet.
    #[must_use]
    pub fn later(self, title: impl Into<String>, hint: impl Into<Rich>) -> TaskList {
        self.add(title, None, hint.into(), Tag::new("暂不能填写", Tone::Neutral))
    }

    fn sum(&self) -> String {
        let done = self.tasks.iter().filter(|t| t.tag == Tag::new("已完成", Tone::Green)).count();
        format!("已完成{done}项，共{}项。", self.tasks.len())
    }

    fn link(&self, task: &Task) -> Option<Link> {
        task.to.as_ref().map(|to| Link::new(&task.title, to))
    }
}

impl HtmlSafe for TaskList {}
