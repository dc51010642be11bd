//! Which expected payment a bank line is (rulebook 5.2): amount equal, payer's own name, in time.
//! Everything else goes to the exception queue with a reason. Reasons never name a lot or tell how
//! many bidders there are, because the finance post sees them before the session closes.

use super::payee::BankParty;
use super::payout::PayoutOrder;
use super::statement::StatementLine;
use crate::base::ids::{ApplicationId, LotId, RefundId};
use crate::base::money::half_width;
use crate::base::{Fen, Instant};

/// What an expected payment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The deposit of an application.
    Deposit(ApplicationId),
    /// Price and fee of a deal; either may be zero.
    Payment {
        /// The lot.
        lot: LotId,
        /// Part that is price.
        price: Fen,
        /// Part that is service fee.
        fee: Fen,
    },
}

/// A payment that somebody was told to make.
#[derive(Clone, PartialEq, Eq)]
pub struct Expected {
    /// For what.
    pub target: Target,
    /// The exact amount.
    pub amount: Fen,
    /// The registered name of who must pay, from an account in that name.
    pub payer_name: String,
    /// The opaque code the payer was asked to write into the remark; empty when none.
    pub reference: String,
    /// The sub-account given to this payer alone, if the bank has them.
    pub sub_account: Option<String>,
    /// The money must be booked before this instant; `None` when a late payment still counts.
    pub deadline: Option<Instant>,
}

/// What an incoming line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// This expected payment.
    Matched(Target),
    /// None: into suspense, for this reason.
    Unmatched(Mismatch),
}

/// Why an incoming line matches nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// Nobody of this name has a payment open, and no reference or sub-account fits.
    NoExpectation,
    /// The reference or sub-account belongs to somebody else: paid by a third party.
    NameDiffers,
    /// Another amount than asked.
    AmountDiffers {
        /// The amount asked.
        expected: Fen,
    },
    /// Booked at or after the deadline.
    Late {
        /// The deadline.
        deadline: Instant,
    },
    /// It fits several open payments equally well.
    Ambiguous,
    /// The statement names no payer.
    NoPayer,
}

impl Mismatch {
    /// For the exception queue: what is wrong and what to do.
    pub fn zh(self) -> String {
        match self {
            Mismatch::NoExpectation => {
                "没有与该付款人对应的待收款项，请核对户名和摘要，无法核实的原路退回。".to_owned()
            }
            Mismatch::NameDiffers => {
                "付款户名与应付款人不一致，不接受他人代付，请核实后原路退回并通知应付款人以本人账户付款。".to_owned()
            }
            Mismatch::AmountDiffers { expected } => {
                format!("到账金额与应付金额 {expected} 不一致，请核实后原路退回并通知付款人按应付金额一次付清。")
            }
            Mismatch::Late { deadline } => {
                format!("记账时间不早于缴纳截止时间（{}），请按逾期处理并原路退回。", deadline.zh_secs())
            }
            Mismatch::Ambiguous => "该款项同时符合多笔待收款项，请向付款人核实用途后人工认领。".to_owned(),
            Mismatch::NoPayer => "流水没有付款人户名，请核对银行回单后人工处理。".to_owned(),
        }
    }

    /// Stable name for storage and lists.
    pub fn name(self) -> &'static str {
        match self {
            Mismatch::NoExpectation => "no_expectation",
            Mismatch::NameDiffers => "name_differs",
            Mismatch::AmountDiffers { .. } => "amount_differs",
            Mismatch::Late { .. } => "late",
            Mismatch::Ambiguous => "ambiguous",
            Mismatch::NoPayer => "no_payer",
        }
    }
}

/// Matches an incoming line. `open` are the payments not yet received.
pub fn incoming(line: &StatementLine, open: &[Expected]) -> Incoming {
    if line.party.name.is_empty() {
        return Incoming::Unmatched(Mismatch::NoPayer);
    }
    let pointed: Vec<&Expected> = open.iter().filter(|e| points_at(line, e)).collect();
    let by_name = || open.iter().filter(|e| line.party.same_name(&e.payer_name)).collect();
    let candidates = if pointed.is_empty() { by_name() } else { pointed };
    let fits: Vec<&&Expected> = candidates.iter().filter(|e| fault(line, e).is_none()).collect();
    match (fits.as_slice(), candidates.as_slice()) {
        ([one], _) => Incoming::Matched(one.target),
        ([_, ..], _) => Incoming::Unmatched(Mismatch::Ambiguous),
        ([], []) => Incoming::Unmatched(Mismatch::NoExpectation),
        ([], some) => Incoming::Unmatched(nearest_fault(line, some)),
    }
}

/// The reason that helps the clerk most: the fault of the candidate that is nearest to fitting.
fn nearest_fault(line: &StatementLine, candidates: &[&Expected]) -> Mismatch {
    let distance = |fault: &Mismatch| match fault {
        Mismatch::Late { .. } => 0,
        Mismatch::AmountDiffers { .. } => 1,
        Mismatch::NameDiffers => 2,
        Mismatch::Ambiguous | Mismatch::NoPayer | Mismatch::NoExpectation => 3,
    };
    candidates.iter().filter_map(|e| fault(line, e)).min_by_key(distance).unwrap_or(Mismatch::NoExpectation)
}

fn fault(line: &StatementLine, expected: &Expected) -> Option<Mismatch> {
    if !line.party.same_name(&expected.payer_name) {
        return Some(Mismatch::NameDiffers);
    }
    if line.amount != expected.amount {
        return Some(Mismatch::AmountDiffers { expected: expected.amount });
    }
    expected.deadline.filter(|d| line.booked >= *d).map(|deadline| Mismatch::Late { deadline })
}

/// By sub-account or by the code in the remark.
fn points_at(line: &StatementLine, expected: &Expected) -> bool {
    expected.sub_account.as_deref() == Some(line.own_account.as_str()) || mentions(&line.remark, &expected.reference)
}

/// Whether the remark carries this code as a word of its own: `K7M2` stands in `保证金K7M2` and not
/// in `K7M23`.
fn mentions(remark: &str, reference: &str) -> bool {
    let folded = |text: &str| text.chars().map(|c| half_width(c).to_ascii_uppercase()).collect::<String>();
    let (remark, reference) = (folded(remark), folded(reference.trim()));
    if reference.is_empty() {
        return false;
    }
    let alone = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric());
    remark
        .match_indices(&reference)
        .any(|(at, found)| alone(remark[..at].chars().next_back()) && alone(remark[at + found.len()..].chars().next()))
}

/// The order an outgoing line pays. With several equal orders to one account the one whose number stands in the
/// remark, else the lowest number: they are the same money to the same hands. Where the line names no holder and
/// several fit, only the remark tells. `None`: the payment is unexplained.
pub fn outgoing(line: &StatementLine, sent: &[PayoutOrder]) -> Option<RefundId> {
    let fits: Vec<&PayoutOrder> = sent.iter().filter(|order| order.is_paid_by(line)).collect();
    let named = fits.iter().filter(|order| mentions(&line.remark, &order.no.to_string())).min_by_key(|order| order.no);
    let lowest = || fits.iter().min_by_key(|order| order.no).filter(|_| fits.len() == 1 || line.party.is_named());
    named.or_else(lowest).map(|order| order.id)
}

/// Whether two incoming payments came from one account: a sign of collusion when the bidders differ
/// (rulebook 5.2, 9.5).
pub fn same_source(one: &BankParty, other: &BankParty) -> bool {
    !one.account.is_empty() && one.account == other.account
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::base::Day;
    use crate::base::ids::PaymentFileId;
    use crate::base::numbering::RefundNo;
    use crate::funds::payout::PayoutCause;
    use crate::funds::statement::Direction;
    use uuid::Uuid;

    fn deadline() -> Instant {
        Day::ymd(2026, 11, 20).unwrap().at(17, 0)
    }

    fn deposit(n: u128, name: &str, reference: &str) -> Expected {
        Expected {
            target: Target::Deposit(ApplicationId(Uuid::from_u128(n))),
            amount: Fen::yuan(8000),
            payer_name: name.to_owned(),
            reference: reference.to_owned(),
            sub_account: None,
            deadline: Some(deadline()),
        }
    }

    fn line(name: &str, yuan: i64, remark: &str) -> StatementLine {
        StatementLine {
            row: 2,
            serial: "B1".to_owned(),
            booked: deadline().plus_ms(-1),
            direction: Direction::In,
            amount: Fen::yuan(yuan),
            party: BankParty { name: name.to_owned(), account: "622202123456".to_owned(), bank: String::new() },
            own_account: "88001".to_owned(),
            remark: remark.to_owned(),
        }
    }

    fn open() -> Vec<Expected> {
        vec![deposit(1, "王小五", "K7M2"), deposit(2, "李四", "K7M23"), deposit(3, "李四", "Q9P4")]
    }

    fn matched(n: u128) -> Incoming {
        Incoming::Matched(Target::Deposit(ApplicationId(Uuid::from_u128(n))))
    }

    #[test]
    fn matches_by_name_and_by_reference() {
        assert_eq!(incoming(&line("王小五", 8000, ""), &open()), matched(1));
        assert_eq!(incoming(&line("王 小五", 8000, "保证金ｋ７ｍ２。"), &open()), matched(1));
        assert_eq!(incoming(&line("李四", 8000, "Q9P4"), &open()), matched(3));
        assert_eq!(incoming(&line("李四", 8000, "K7M23"), &open()), matched(2));
    }

    #[test]
    fn reasons_when_not() {
        let cases = [
            (line("赵六", 8000, ""), Mismatch::NoExpectation),
            (line("赵六", 8000, "K7M2"), Mismatch::NameDiffers),
            (line("王小五", 7999, ""), Mismatch::AmountDiffers { expected: Fen::yuan(8000) }),
            (line("李四", 8000, ""), Mismatch::Ambiguous),
            (line("李四", 8000, "K7M2"), Mismatch::NameDiffers),
            (line("", 8000, "K7M2"), Mismatch::NoPayer),
        ];
        for (line, reason) in cases {
            assert_eq!(incoming(&line, &open()), Incoming::Unmatched(reason), "{reason:?}");
        }
    }

    #[test]
    fn the_deadline_itself_is_late() {
        let mut at = line("王小五", 8000, "");
        at.booked = deadline();
        assert_eq!(incoming(&at, &open()), Incoming::Unmatched(Mismatch::Late { deadline: deadline() }));
        let price = Expected { deadline: None, ..deposit(1, "王小五", "") };
        assert_eq!(incoming(&at, &[price]), matched(1));
    }

    #[test]
    fn a_sub_account_points_at_its_payer() {
        let mut open = open();
        open[1].sub_account = Some("88001".to_owned());
        assert_eq!(incoming(&line("李四", 8000, ""), &open), matched(2));
        assert_eq!(incoming(&line("王小五", 8000, ""), &open), Incoming::Unmatched(Mismatch::NameDiffers));
    }

    #[test]
    fn reasons_tell_nothing_about_other_bidders() {
        for reason in [Mismatch::Ambiguous, Mismatch::NameDiffers, Mismatch::NoExpectation, Mismatch::NoPayer] {
            assert!(!reason.zh().contains("标的") && !reason.zh().chars().any(|c| c.is_ascii_digit()));
        }
    }

    fn sent(serial: u32) -> PayoutOrder {
        let day = Day::ymd(2026, 11, 22).unwrap();
        let (id, no) = (RefundId(Uuid::from_u128(u128::from(serial))), RefundNo::new(day, serial).unwrap());
        let order = PayoutOrder::refund(id, no, PayoutCause::NotWon, Fen::yuan(8000), line("王小五", 1, "").party, day);
        let person = |n| crate::base::ids::AccountId(Uuid::from_u128(n));
        let checked = order.unwrap().make(person(1)).unwrap().check(person(2)).unwrap();
        checked.send(PaymentFileId(Uuid::from_u128(3))).unwrap().0
    }

    #[test]
    fn outgoing_lines_find_their_order() {
        let orders = [sent(2), sent(1)];
        let paid = |remark: &str, yuan| {
            outgoing(&StatementLine { direction: Direction::Out, ..line("王小五", yuan, remark) }, &orders)
        };
        assert_eq!(paid("", 8000), Some(orders[1].id), "equal orders: the lowest number");
        assert_eq!(paid("未成交 TK20261122000002", 8000), Some(orders[0].id), "the number decides");
        assert_eq!(paid("TK20261122000002", 7999), None, "another amount");
        assert_eq!(outgoing(&line("王小五", 8000, ""), &orders), None, "an incoming line pays nothing out");
    }

    #[test]
    fn a_line_without_a_holder_pays_by_account_amount_and_number() {
        let orders = [sent(2), sent(1)];
        let nameless = |remark: &str, account: &str, orders: &[PayoutOrder]| {
            let mut paid = StatementLine { direction: Direction::Out, ..line("", 8000, remark) };
            paid.party.account = account.to_owned();
            outgoing(&paid, orders)
        };
        let account = orders[0].payee.account.as_str();
        assert_eq!(nameless("", account, &orders[..1]), Some(orders[0].id), "only one fits");
        assert_eq!(nameless("", account, &orders), None, "two fit and nothing tells which");
        assert_eq!(nameless("未成交 TK20261122000002", account, &orders), Some(orders[0].id));
        assert_eq!(nameless("TK20261122000001", "6222021234561235", &orders), None, "another account");
        assert_eq!(nameless("TK20261122000001", "", &orders), None, "no account");
    }

    #[test]
    fn one_account_paying_for_two_bidders_is_seen() {
        let one = line("王小五", 1, "").party;
        assert!(same_source(&one, &line("李四", 1, "").party));
        assert!(!same_source(&one, &BankParty { account: String::new(), ..one.clone() }));
    }
}
