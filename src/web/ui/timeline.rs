//! The spine of a project: the whole procedure, where it stands, who moves next and by when.

use askama::Template;
use askama::filters::HtmlSafe;

use super::icon::Icon;
use super::rich::Rich;
use super::tag::Light;

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Behind us.
    Done,
    /// Here.
    Now,
    /// Ahead.
    Next,
    /// Not needed in this project.
    Skipped,
    /// Ended here without success.
    Failed,
}

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            State::Done => "done",
            State::Now => "now",
            State::Next => "next",
            State::Skipped => "skipped",
            State::Failed => "failed",
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            State::Done => "已完成",
            State::Now => "进行中",
            State::Next => "未开始",
            State::Skipped => "不需要",
            State::Failed => "已终止",
        }
    }
}

/// A step of the procedure.
#[derive(Clone, Debug)]
pub struct Step {
    label: String,
    state: State,
    when: Rich,
    who: Rich,
    due: Rich,
    note: Rich,
    light: Option<Light>,
}

impl Step {
    /// A step in a state.
    pub fn new(label: impl Into<String>, state: State) -> Step {
        Step {
            label: label.into(),
            state,
            when: Rich::new(),
            who: Rich::new(),
            due: Rich::new(),
            note: Rich::new(),
            light: None,
        }
    }

    /// When it was done.
    #[must_use]
    pub fn when(mut self, when: impl Into<Rich>) -> Step {
        self.when = when.into();
        self
    }

    /// Who did it or moves next.
    #[must_use]
    pub fn who(mut self, who: impl Into<Rich>) -> Step {
        self.who = who.into();
        self
    }

    /// By when; name the working day.
    #[must_use]
    pub fn due(mut self, due: impl Into<Rich>) -> Step {
        self.due = due.into();
        self
    }

    /// What came of it.
    #[must_use]
    pub fn note(mut self, note: impl Into<Rich>) -> Step {
        self.note = note.into();
        self
    }

    /// Its supervision light.
    #[must_use]
    pub fn light(mut self, light: Light) -> Step {
        self.light = Some(light);
        self
    }
}

/// The whole procedure, top to bottom.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "kit/timeline.html")]
pub struct Timeline {
    steps: Vec<Step>,
}

impl Timeline {
    /// Steps in order.
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Timeline {
        Timeline { steps: steps.into_iter().collect() }
    }

    /// Adds a step.
    #[must_use]
    pub fn step(mut self, step: Step) -> Timeline {
        self.steps.push(step);
        self
    }
}

impl HtmlSafe for Timeline {}

/// The procedure in one line, for the head of a page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "kit/phases.html")]
pub struct Phases {
    phases: Vec<(String, State)>,
}

impl Phases {
    /// Names and states in order.
    pub fn new<L: Into<String>>(phases: impl IntoIterator<Item = (L, State)>) -> Phases {
        Phases { phases: phases.into_iter().map(|(label, state)| (label.into(), state)).collect() }
    }

    /// The current one as a sentence for the large version.
    fn sentence(&self) -> String {
        let here = |s: &State| matches!(s, State::Now | State::Failed);
        match self.phases.iter().position(|(_, s)| here(s)) {
            Some(i) => format!("进度：第{}步，共{}步：{}", i + 1, self.phases.len(), self.phases[i].0),
            None => format!("进度：{}步全部完成", self.phases.len()),
        }
    }
}

impl HtmlSafe for Phases {}
