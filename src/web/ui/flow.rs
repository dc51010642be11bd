//! The flow chart of the procedure, generated from the state table; online and on the wall.

use askama::Template;
use askama::filters::HtmlSafe;

/// A state of the procedure.
#[derive(Clone, Debug)]
pub struct FlowStep {
    name: String,
    who: String,
    limit: String,
    branches: Vec<String>,
    off: bool,
}

impl FlowStep {
    /// Its name.
    pub fn new(name: impl Into<String>) -> FlowStep {
        FlowStep { name: name.into(), who: String::new(), limit: String::new(), branches: Vec::new(), off: false }
    }

    /// Who moves.
    #[must_use]
    pub fn who(mut self, who: impl Into<String>) -> FlowStep {
        self.who = who.into();
        self
    }

    /// Within what time.
    #[must_use]
    pub fn limit(mut self, limit: impl Into<String>) -> FlowStep {
        self.limit = limit.into();
        self
    }

    /// Where else it can lead.
    #[must_use]
    pub fn branch(mut self, branch: impl Into<String>) -> FlowStep {
        self.branches.push(branch.into());
        self
    }

    /// Only in some projects.
    #[must_use]
    pub fn sometimes(mut self) -> FlowStep {
        self.off = true;
        self
    }
}

/// Lanes of steps.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "kit/flow.html")]
pub struct Flow {
    lanes: Vec<(String, Vec<FlowStep>)>,
}

impl Flow {
    /// An empty chart.
    pub fn new() -> Flow {
        Flow::default()
    }

    /// Adds a lane.
    #[must_use]
    pub fn lane(mut self, title: impl Into<String>, steps: impl IntoIterator<Item = FlowStep>) -> Flow {
        self.lanes.push((title.into(), steps.into_iter().collect()));
        self
    }
}

impl HtmlSafe for Flow {}
