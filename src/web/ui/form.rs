//! Forms: one topic a page, messages linked to the fields, what was typed stays.

use askama::Template;
use askama::filters::HtmlSafe;

use super::field::Field;
use super::kind::FieldKind;
use super::link::{Link, Weight, href};
use super::rich::Rich;

/// Name of the hidden field that carries the session's anti-forgery token.
pub const CSRF_FIELD: &str = "_csrf";
/// Name of the hidden field that carries the form's nonce: the same nonce twice has one effect.
pub const NONCE_FIELD: &str = "_form";

/// A form.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/form.html")]
pub struct Form {
    action: String,
    get: bool,
    csrf: String,
    nonce: String,
    title: String,
    page_title: bool,
    intro: Rich,
    step: Option<(u32, u32, String)>,
    fields: Vec<Field>,
    errors: Vec<(String, String)>,
    submit: String,
    submit_name: Option<(String, String)>,
    weight: Weight,
    more: Vec<(String, String, String)>,
    links: Vec<Link>,
    autosave: String,
}

impl Form {
    /// A form that posts to `action` with the session's token.
    pub fn post(action: impl Into<String>, csrf: impl Into<String>) -> Form {
        Form {
            action: href(action),
            get: false,
            csrf: csrf.into(),
            nonce: String::new(),
            title: String::new(),
            page_title: false,
            intro: Rich::new(),
            step: None,
            fields: Vec::new(),
            errors: Vec::new(),
            submit: "提交".to_owned(),
            submit_name: None,
            weight: Weight::Primary,
            more: Vec::new(),
            links: Vec::new(),
            autosave: String::new(),
        }
    }

    /// A form that only looks something up.
    pub fn get(action: impl Into<String>) -> Form {
        Form { get: true, submit: "查询".to_owned(), ..Form::post(action, "") }
    }

    /// The nonce that makes sending it twice harmless.
    #[must_use]
    pub fn nonce(mut self, nonce: impl Into<String>) -> Form {
        self.nonce = nonce.into();
        self
    }

    /// A heading within the page.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Form {
        self.title = title.into();
        self
    }

    /// The heading of the whole page (`h1`).
    #[must_use]
    pub fn page_title(mut self, title: impl Into<String>) -> Form {
        self.title = title.into();
        self.page_title = true;
        self
    }

    /// What this form is for, in a sentence or two.
    #[must_use]
    pub fn intro(mut self, intro: impl Into<Rich>) -> Form {
        self.intro = intro.into();
        self
    }

    /// Step `at` of `of`, named.
    #[must_use]
    pub fn step(mut self, at: u32, of: u32, name: impl Into<String>) -> Form {
        self.step = Some((at, of, name.into()));
        self
    }

    /// Adds a field.
    #[must_use]
    pub fn field(mut self, field: Field) -> Form {
        self.fields.push(field);
        self
    }

    /// Adds fields.
    #[must_use]
    pub fn fields(mut self, fields: impl IntoIterator<Item = Field>) -> Form {
        self.fields.extend(fields);
        self
    }

    /// What the main button says: the act itself, such as 提交初审.
    #[must_use]
    pub fn submit(mut self, label: impl Into<String>) -> Form {
        self.submit = label.into();
        self
    }

    /// Name and value that the main button sends.
    #[must_use]
    pub fn submit_as(mut self, name: impl Into<String>, value: impl Into<String>) -> Form {
        self.submit_name = Some((name.into(), value.into()));
        self
    }

    /// How the main button looks.
    #[must_use]
    pub fn weight(mut self, weight: Weight) -> Form {
        self.weight = weight;
        self
    }

    /// A second button that sends the same form with a name and value, such as 保存草稿.
    #[must_use]
    pub fn also(mut self, label: impl Into<String>, name: impl Into<String>, value: impl Into<String>) -> Form {
        self.more.push((label.into(), name.into(), value.into()));
        self
    }

    /// A link beside the buttons, such as 返回.
    #[must_use]
    pub fn link(mut self, text: impl Into<String>, to: impl Into<String>) -> Form {
        self.links.push(Link::new(text, to));
        self
    }

    /// Where a script may save the draft while somebody types.
    #[must_use]
    pub fn autosave(mut self, url: impl Into<String>) -> Form {
        self.autosave = href(url);
        self
    }

    /// A message on the field of this name; for an unknown or empty name it stands in the summary alone.
    #[must_use]
    pub fn error(mut self, name: &str, message: impl Into<String>) -> Form {
        let message: String = message.into();
        match self.fields.iter_mut().find(|f| f.name == name && !name.is_empty()) {
            Some(field) if field.error.is_none() => field.error = Some(message),
            _ => self.errors.push((String::new(), message)),
        }
        self
    }

    /// Messages by field name.
    #[must_use]
    pub fn errors<N: AsRef<str>, M: Into<String>>(self, errors: impl IntoIterator<Item = (N, M)>) -> Form {
        errors.into_iter().fold(self, |form, (name, message)| form.error(name.as_ref(), message))
    }

    /// Puts back what was typed, by field name; passwords, codes and files stay empty.
    #[must_use]
    pub fn fill<N: AsRef<str>, V: AsRef<str>>(mut self, typed: &[(N, V)]) -> Form {
        for field in &mut self.fields {
            let keep = !matches!(
                field.kind,
                FieldKind::Password(_)
                    | FieldKind::Code
                    | FieldKind::File { .. }
                    | FieldKind::Static
                    | FieldKind::Hidden
            );
            if keep {
                let mine = typed.iter().filter(|(name, _)| name.as_ref() == field.name);
                field.values = mine.map(|(_, value)| value.as_ref().to_owned()).collect();
            }
        }
        self
    }

    /// Whether any message stands on it.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty() || self.fields.iter().any(|f| f.error.is_some())
    }

    /// Address and text of every message, in the order of the fields. What is wrong with a file does not say
    /// by itself which paper it is.
    fn summary(&self) -> Vec<(String, String)> {
        let of_fields = self.fields.iter().filter_map(|f| {
            let error = f.error.as_deref()?;
            let text = match f.kind {
                FieldKind::File { .. } => format!("{}：{error}", f.label),
                _ => error.to_owned(),
            };
            Some((f.target(), text))
        });
        of_fields.chain(self.errors.iter().map(|(_, e)| (String::new(), e.clone()))).collect()
    }

    pub(super) fn leads_to(&self, path: &str) -> bool {
        !self.get && self.action == path
    }

    pub(super) fn every_field(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter()
    }

    fn multipart(&self) -> bool {
        self.fields.iter().any(|f| matches!(f.kind, FieldKind::File { .. }))
    }

    fn hidden(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|f| f.kind == FieldKind::Hidden)
    }

    fn shown(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|f| f.kind != FieldKind::Hidden)
    }
}

impl HtmlSafe for Form {}
