//! The table: one row for what is asked and when, with who gets which answer. Points that follow each other and
//! answer alike are one row; the answer that most get is told as `others`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::people::WHO;

/// The answers that have a column.
const STATUSES: [u16; 8] = [200, 303, 400, 403, 404, 409, 422, 429];

/// Not asked.
const NOT_ASKED: &str = "not asked";

/// Who gets which answer: by what is asked, when, and who.
#[derive(Default)]
pub struct Table(BTreeMap<(String, String), BTreeMap<&'static str, Option<u16>>>);

impl Table {
    /// One answer, of no point yet; `None` for who is not asked.
    pub fn put(&mut self, row: &str, who: &'static str, status: Option<u16>) {
        self.0.entry((row.to_owned(), String::new())).or_default().insert(who, status);
    }

    /// One answer of no point yet.
    pub fn status(&self, row: &str, who: &str) -> Option<u16> {
        self.0.get(&(row.to_owned(), String::new())).and_then(|answers| answers.get(who).copied().flatten())
    }

    /// Takes the answers of a point.
    pub fn add(&mut self, when: &str, point: Table) {
        self.0.extend(point.0.into_iter().map(|((row, _), answers)| ((row, when.to_owned()), answers)));
    }

    /// All answers: what was asked, when, who, and the status.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str, &'static str, u16)> {
        self.0.iter().flat_map(|((row, when), answers)| {
            answers.iter().filter_map(|(who, status)| Some((row.as_str(), when.as_str(), *who, (*status)?)))
        })
    }

    /// The table as it is reviewed.
    pub fn text(&self, points: &[&str]) -> String {
        let statuses = STATUSES.map(|status| status.to_string()).join(",");
        let mut text = format!("asked,when,{statuses},{NOT_ASKED}\n");
        let mut rows: Vec<&str> = self.0.keys().map(|(row, _)| row.as_str()).collect();
        rows.dedup();
        for row in rows {
            let at = |n: usize| points.get(n).and_then(|when| self.0.get(&(row.to_owned(), (*when).to_owned())));
            let mut from = 0;
            while from < points.len() {
                let Some(answers) = at(from) else {
                    from += 1;
                    continue;
                };
                let mut to = from;
                while at(to + 1) == Some(answers) {
                    to += 1;
                }
                let when =
                    if from == to { points[from].to_owned() } else { format!("{}–{}", points[from], points[to]) };
                writeln!(text, "{row},{when},{}", cells(row, answers)).unwrap();
                from = to + 1;
            }
        }
        text
    }

    /// Reads what [`Table::text`] wrote.
    pub fn read(text: &str, points: &[&str]) -> Table {
        let place = |when: &str| points.iter().position(|point| *point == when).unwrap();
        let mut table = Table::default();
        for line in text.lines().skip(1) {
            let mut cells = line.split(',');
            let (row, when) = (cells.next().unwrap(), cells.next().unwrap());
            let (from, to) = when.split_once('–').unwrap_or((when, when));
            let columns = STATUSES.map(Some).into_iter().chain([None]);
            let named: Vec<(&str, Option<u16>)> = cells
                .zip(columns)
                .flat_map(|(names, status)| names.split(' ').map(move |name| (name, status)))
                .collect();
            let of = |who: &str| named.iter().find(|(name, _)| *name == who).map(|(_, status)| *status);
            let answers: BTreeMap<_, _> =
                WHO.iter().map(|who| (*who, of(who).or_else(|| of("others")).unwrap())).collect();
            for point in &points[place(from)..=place(to)] {
                table.0.insert((row.to_owned(), (*point).to_owned()), answers.clone());
            }
        }
        table
    }
}

fn cells(row: &str, answers: &BTreeMap<&'static str, Option<u16>>) -> String {
    let columns: Vec<Option<u16>> = STATUSES.map(Some).into_iter().chain([None]).collect();
    let unknown: Vec<_> = answers.iter().filter(|(_, status)| !columns.contains(status)).collect();
    assert!(unknown.is_empty(), "{row}: {unknown:?}");
    let names = |status: &Option<u16>| -> Vec<&str> {
        WHO.iter().copied().filter(|who| answers.get(who) == Some(status)).collect()
    };
    let most = columns.iter().map(|status| names(status).len()).max().unwrap();
    let mut others = false;
    let cells = columns.iter().map(|status| {
        let names = names(status);
        // The first of the largest groups, and only one.
        if names.len() == most && !others {
            others = true;
            return "others".to_owned();
        }
        names.join(" ")
    });
    cells.collect::<Vec<_>>().join(",")
}
