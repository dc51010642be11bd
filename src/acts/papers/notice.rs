//! The published notice (form F03).

use super::super::deal::Deal;
use super::head;
use crate::context::App;
use crate::papers::{Fact, NoticeChapter, NoticePaper, Paper};
use crate::store::Stop;

/// 挂牌公告 (F03): the text that the transferor confirmed, with what publication added.
pub fn notice(app: &App, deal: &Deal) -> Result<Paper, Stop> {
    let round = deal.notice.as_ref().ok_or_else(|| deal.lot.wrong_stage())?;
    let published = &round.notice;
    let text = &published.notice;
    let fact = |label: &str, value: String| Fact::new(label, value);
    Ok(NoticePaper {
        head: head(app, published.notice_no.clone(), published.opens.day()),
        name: text.title.clone(),
        intro: text.intro.clone(),
        publication: vec![
            fact("公告号", published.notice_no.clone()),
            fact("挂牌轮次", format!("第 {} 轮", published.round)),
            fact("公告期", format!("{}至{}（{}）", published.opens.zh(), published.closes.zh(), published.length)),
            fact("报名和保证金截止", published.closes.zh()),
        ],
        chapters: text
            .chapters
            .iter()
            .map(|c| NoticeChapter {
                title: c.title.clone(),
                facts: c.lines.iter().map(|l| Fact::new(l.label.clone(), l.value.clone())).collect(),
            })
            .collect(),
        digest: round.notice_hash.clone(),
    }
    .into())
}
