//! The projects of the demonstration county. `until(goal, n)`: how far it goes, and that its last
//! act lies `n` working days back. Bidders: `*` a member, `**` one with priority, `!` the winner.

mod deals;
mod intake;
mod listed;

use super::project::{Goal, Project, lot};

/// The lot of the room that opens first, before anything else stands.
pub(super) fn first_room() -> Project {
    lot("0402", "zongshi", "村集体粮食烘干机组", "村部粮库")
        .of("1")
        .by_mode("hire")
        .at_per("18000", "yuan_per_year")
        .years(3)
        .bidders("outsider member* company robot-1 robot-2 robot-3")
        .until(Goal::Qualified, 1)
}

/// All others, in the order in which they are made: first what makes the portal look alive, then
/// what needs printing. Projects whose applications stay undecided come last, because reviewers are
/// given the oldest application first.
pub(super) fn all() -> Vec<Project> {
    let mut all = [
        listed::pool(),
        listed::open(),
        deals::results(),
        intake::intake(),
        listed::failed(),
        deals::closing(),
        deals::delivered(),
    ]
    .concat();
    all.sort_by_key(|p| (p.goal.prints(), p.goal == Goal::Qualifying));
    all
}

/// A further lot for the rooms, when the pool is used up.
pub(super) fn further_room(n: usize) -> Project {
    const OBJECTS: [(&str, &str); 6] = [
        ("村部旁空坪", "村部旁"),
        ("旧小学教室", "旧小学"),
        ("集体冷库", "机耕路口"),
        ("河边菜场摊位", "河边菜场"),
        ("旧茶厂厂房", "旧茶厂"),
        ("集体门面", "主街"),
    ];
    let (name, location) = OBJECTS[n % OBJECTS.len()];
    let by = ["zongshi", "jietou", "maojun", "zhujia", "qinghan"][n % 5];
    let mut lot = lot("0401", by, &format!("{name}（第{}期）", n / OBJECTS.len() + 1), location)
        .of("160")
        .at_per(["16", "12", "21", "14"][n % 4], "yuan_per_square_metre_month")
        .years(3)
        .bidders("outsider member company robot-1 robot-2 robot-3")
        .until(Goal::Qualified, 3);
    lot.key = format!("room-{n}");
    lot
}
