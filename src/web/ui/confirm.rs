//! Pages before a binding act: the facts again, what cannot be undone, and for signatures the password and a code.

use askama::Template;
use askama::filters::HtmlSafe;

use super::case::Facts;
use super::field::Field;
use super::form::Form;
use super::icon::Icon;
use super::link::{Button, Link, Weight};
use super::rich::Rich;

/// A confirm page: facts repeated, the warning, one button.
#[derive(Debug, Template)]
#[template(path = "kit/confirm.html")]
pub struct Confirm {
    title: String,
    intro: Rich,
    facts: Facts,
    warning: Rich,
    binding: bool,
    below: bool,
    form: Form,
}

impl Confirm {
    /// What is about to happen, and the form whose hidden fields say it.
    pub fn new(title: impl Into<String>, form: Form) -> Confirm {
        Confirm {
            title: title.into(),
            intro: Rich::new(),
            facts: Facts::new(),
            warning: Rich::new(),
            binding: false,
            below: false,
            form,
        }
    }

    /// Stands below a page's own heading: its title is a second one.
    #[must_use]
    pub fn below(mut self) -> Confirm {
        self.below = true;
        self
    }

    /// A sentence below the title.
    #[must_use]
    pub fn intro(mut self, intro: impl Into<Rich>) -> Confirm {
        self.intro = intro.into();
        self
    }

    /// The facts, amounts with capitals.
    #[must_use]
    pub fn facts(mut self, facts: Facts) -> Confirm {
        self.facts = facts;
        self
    }

    /// What to know before.
    #[must_use]
    pub fn warning(mut self, warning: impl Into<Rich>) -> Confirm {
        self.warning = warning.into();
        self
    }

    /// It cannot be undone; says so in seal red.
    #[must_use]
    pub fn binding(mut self, warning: impl Into<Rich>) -> Confirm {
        self.warning = warning.into();
        self.binding = true;
        self.form = self.form.weight(Weight::Seal);
        self
    }

    pub(super) fn form(&self) -> &Form {
        &self.form
    }
}

impl HtmlSafe for Confirm {}

/// Password and one-time code before a signature, bound to the hash of what is signed.
#[derive(Debug, Template)]
#[template(path = "kit/stepup.html")]
pub struct StepUp {
    title: String,
    statement: Rich,
    facts: Facts,
    hash: String,
    paper: Option<Link>,
    resend: Option<Button>,
    form: Form,
}

impl StepUp {
    /// `sent_to` is the masked address the code went to.
    pub fn new(title: impl Into<String>, form: Form, sent_to: impl AsRef<str>) -> StepUp {
        let hint = format!("验证码已发送到 {}，10分钟内有效，只能用一次。", sent_to.as_ref());
        let form = form
            .field(Field::password("password", "登录密码"))
            .field(Field::code("code", "验证码").hint(hint))
            .weight(Weight::Seal);
        StepUp {
            title: title.into(),
            statement: Rich::new(),
            facts: Facts::new(),
            hash: String::new(),
            paper: None,
            resend: None,
            form,
        }
    }

    /// What signing means.
    #[must_use]
    pub fn statement(mut self, statement: impl Into<Rich>) -> StepUp {
        self.statement = statement.into();
        self
    }

    /// What is signed, in short.
    #[must_use]
    pub fn facts(mut self, facts: Facts) -> StepUp {
        self.facts = facts;
        self
    }

    /// The hash the code is bound to.
    #[must_use]
    pub fn hash(mut self, hash: impl Into<String>) -> StepUp {
        self.hash = hash.into();
        self
    }

    /// The paper itself, to read before.
    #[must_use]
    pub fn paper(mut self, link: Link) -> StepUp {
        self.paper = Some(link.new_tab());
        self
    }

    /// Sends another code.
    #[must_use]
    pub fn resend(mut self, button: Button) -> StepUp {
        self.resend = Some(button.weight(Weight::Plain));
        self
    }

    /// Messages and what was typed go through the form.
    #[must_use]
    pub fn errors<N: AsRef<str>, M: Into<String>>(mut self, errors: impl IntoIterator<Item = (N, M)>) -> StepUp {
        self.form = self.form.errors(errors);
        self
    }

    pub(super) fn form(&self) -> &Form {
        &self.form
    }
}

impl HtmlSafe for StepUp {}
