#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Debug;
use std::str::FromStr;

use proptest::prelude::*;

use super::*;

fn day() -> Day {
    Day::ymd(2026, 11, 22).unwrap()
}

fn project() -> ProjectNo {
    ProjectNo::new(unit("431127102").unwrap(), 1, day(), 7).unwrap()
}

fn round_trip<T: FromStr<Err = NumberError> + ToString + PartialEq + Debug>(number: T, text: &str) {
    assert_eq!(number.to_string(), text);
    assert_eq!(text.parse::<T>(), Ok(number));
}

#[test]
fn printed_forms() {
    let lot = project().lot(1).unwrap();
    round_trip(project(), "LSNC431127102-01-202611-0007");
    round_trip(lot, "LSNC431127102-01-202611-0007-01");
    round_trip(lot.round(2).unwrap(), "LSNC431127102-01-202611-0007-01/R2");
    round_trip(lot.round(12).unwrap(), "LSNC431127102-01-202611-0007-01/R12");
    round_trip(lot.contract(1).unwrap(), "LSNC431127102-01-202611-0007-01H01");
    round_trip(lot.notice(NoticeKind::Result, 3).unwrap(), "LSNC431127102-01-202611-0007-01S03");
    for (paper, text) in [
        (LotPaper::Confirmation, "Q01"),
        (LotPaper::BidRecord, "P01"),
        (LotPaper::ObjectionAnswer, "YD01"),
        (LotPaper::Intention, "YX01"),
        (LotPaper::Approval, "SP01"),
        (LotPaper::Delivery, "D01"),
        (LotPaper::Handover, "YJ01"),
    ] {
        round_trip(lot.paper(paper, 1).unwrap(), &format!("LSNC431127102-01-202611-0007-01{text}"));
    }
    round_trip(CertificateNo::new(2026, 12).unwrap(), "湘蓝农鉴〔2026〕00012号");
    round_trip(RefundNo::new(day(), 1).unwrap(), "TK20261122000001");
    let unit = unit("431127102").unwrap();
    round_trip(AcceptanceNo::new(unit, day(), 1).unwrap(), "SL431127102202611220001");
    round_trip(FilingNo::new(unit, day(), 1).unwrap(), "BA431127102202611220001");
    round_trip(ArchiveNo::new(unit, 2026, 1).unwrap(), "DA431127102-2026-0001");
    round_trip(PaymentFileNo::new(day(), 3).unwrap(), "FK202611220003");
    round_trip(PaymentFileNo::new(day(), 12_345).unwrap(), "FK2026112212345");
}

#[test]
fn no_two_papers_of_a_lot_share_a_number() {
    let lot = project().lot(1).unwrap();
    let mut all = vec![lot.contract(1).unwrap().to_string(), lot.round(1).unwrap().to_string()];
    all.extend(NoticeKind::ALL.map(|kind| lot.notice(kind, 1).unwrap().to_string()));
    all.extend(LotPaper::ALL.map(|paper| lot.paper(paper, 1).unwrap().to_string()));
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count);
}

#[test]
fn certificate_numbers_as_people_type_them() {
    let number = CertificateNo::new(2026, 12).unwrap();
    assert_eq!(number.url(), "XLNJ-2026-00012");
    for typed in ["XLNJ-2026-00012", " 湘蓝农鉴[２０２６] 00012 号", "湘蓝农鉴（2026）00012号", "xlnj-2026-00012"]
    {
        assert_eq!(CertificateNo::parse_typed(typed), Ok(number), "{typed}");
    }
    for wrong in
        ["湘蓝农鉴〔2026〕12号", "湘蓝农鉴〔26〕00012号", "00012", "XLNJ-2026-00000", "XLNJ-2026-000121", "", "号"]
    {
        assert!(CertificateNo::parse_typed(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn strict_about_everything_else() {
    for wrong in [
        "LSNC431127102-1-202611-0007",
        "LSNC431127102-01-202613-0007",
        "LSNC431127102-01-202611-0000",
        "LSNC431127102-00-202611-0007",
        "LSNC43112710-01-202611-0007",
        "LSNC431127102-01-202611-0007-01",
        "lsnc431127102-01-202611-0007",
        " LSNC431127102-01-202611-0007",
        "LSNC431127102-01-202611-+007",
        "LSNC431127102-01-202611-０007",
        "",
    ] {
        assert!(wrong.parse::<ProjectNo>().is_err(), "{wrong}");
    }
    for wrong in ["SL43112710220261122001", "SL431127102202602300001", "SL43112710220261122000甲", "SL甲乙丙丁戊己庚"]
    {
        assert!(wrong.parse::<AcceptanceNo>().is_err(), "{wrong}");
    }
    for wrong in ["甲", "乙01", "LSNC431127102-01-202611-0007-01Q01", "LSNC431127102-01-202611-0007-01G00"] {
        assert!(wrong.parse::<NoticeNo>().is_err(), "{wrong}");
    }
    for wrong in ["LSNC431127102-01-202611-0007-01/R0", "LSNC431127102-01-202611-0007-01/R02", "/R", "x/R甲"] {
        assert!(wrong.parse::<RoundNo>().is_err(), "{wrong}");
    }
    assert!("TK2026112200001".parse::<RefundNo>().is_err());
    for wrong in ["甲", "Q01", "LSNC431127102-01-202611-0007-01", "LSNC431127102-01-202611-0007-01S01", "01YD甲"] {
        assert!(wrong.parse::<LotPaperNo>().is_err(), "{wrong}");
    }
    assert!("DA431127102-2026-001".parse::<ArchiveNo>().is_err());
    assert!("BA4311271022026112200001".parse::<FilingNo>().is_err());
    for wrong in ["FK20261122001", "FK2026112200001", "FK2026112212345678", "FK甲乙丙丁"] {
        assert!(wrong.parse::<PaymentFileNo>().is_err(), "{wrong}");
    }
}

#[test]
fn a_used_up_serial_is_refused_not_widened() {
    let unit = unit("431127102").unwrap();
    assert_eq!(ProjectNo::new(unit, 1, day(), 10_000), Err(NumberError::Serial));
    assert_eq!(ProjectNo::new(unit, 1, day(), 0), Err(NumberError::Serial));
    assert_eq!(AcceptanceNo::new(unit, day(), 10_000), Err(NumberError::Serial));
    assert_eq!(CertificateNo::new(2026, 100_000), Err(NumberError::Serial));
    assert_eq!(project().lot(0), Err(NumberError::Serial));
    assert_eq!(project().lot(100), Err(NumberError::Serial));
    assert_eq!(super::unit("012345678"), Err(NumberError::Form));
}

#[test]
fn serde_uses_the_printed_form() {
    let lot = project().lot(3).unwrap();
    let json = serde_json::to_string(&lot).unwrap();
    assert_eq!(json, "\"LSNC431127102-01-202611-0007-03\"");
    assert_eq!(serde_json::from_str::<LotNo>(&json).unwrap(), lot);
    assert!(serde_json::from_str::<LotNo>("\"LSNC\"").is_err());
}

proptest! {
    #[test]
    fn every_lot_number_reads_back(digits in 100_000_000u32..=999_999_999, category in 1u8..=99, serial in 1u32..=9999, lot in 1u8..=99) {
        let unit = unit(&digits.to_string()).unwrap();
        let number = ProjectNo::new(unit, category, day(), serial).unwrap().lot(lot).unwrap();
        prop_assert_eq!(number.to_string().parse::<LotNo>(), Ok(number));
    }

    #[test]
    fn no_text_makes_a_parser_panic(text in "\\PC{0,40}") {
        let _ = text.parse::<NoticeNo>();
        let _ = text.parse::<RoundNo>();
        let _ = text.parse::<AcceptanceNo>();
        let _ = text.parse::<RefundNo>();
        let _ = text.parse::<LotPaperNo>();
        let _ = text.parse::<FilingNo>();
        let _ = text.parse::<ArchiveNo>();
        let _ = text.parse::<PaymentFileNo>();
        let _ = CertificateNo::parse_typed(&text);
        if let Ok(number) = text.parse::<LotNo>() {
            prop_assert_eq!(number.to_string(), text);
        }
    }
}
