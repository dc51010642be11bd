//! Two bidders bid against each other in two browsers, a visitor watches in a third: everybody sees every
//! price without asking for the page again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::Duration;

use nongquan_e2e::Browser;
use nongquan_e2e::pond::{Point, Pond, Winner};
use nongquan_e2e::support::people::PASSWORD;
use serde_json::json;
use tokio::runtime::Runtime;

/// Bids of each phase, by turns.
const FREE: [(&str, u32); 6] =
    [("outsider", 600), ("company", 620), ("outsider", 640), ("company", 650), ("outsider", 660), ("company", 680)];

/// Somebody's browser.
struct Seat<'a> {
    runtime: &'a Runtime,
    browser: Browser,
    room: String,
}

impl<'a> Seat<'a> {
    fn take(runtime: &'a Runtime, pond: &Pond, who: Option<&str>) -> Seat<'a> {
        let browser = runtime.block_on(async {
            let browser = Browser::open(&pond.world.origin).await;
            browser.screen(360, 740).await;
            if let Some(who) = who {
                browser.goto("/login").await;
                browser.fill("account", who).await;
                browser.fill("password", PASSWORD).await;
                browser.press("登录").await;
            }
            browser
        });
        let seat = Seat { runtime, browser, room: pond.public("/room") };
        seat.watch();
        seat
    }

    /// Opens the room's page, which from now on changes by itself alone.
    fn watch(&self) {
        self.runtime.block_on(async {
            self.browser.goto(&self.room).await;
            self.browser.script("window.stayed = true", vec![]).await;
        });
        self.sees("实时更新中");
    }

    /// The words appear on the page that was not opened again.
    fn sees(&self, words: &str) {
        self.runtime.block_on(async {
            for _ in 0..200 {
                let here =
                    self.browser.script("return [window.stayed === true, document.body.innerText]", vec![]).await;
                assert_eq!(here[0], json!(true), "the page was left before “{words}” appeared");
                let text = here[1].as_str().unwrap_or_default();
                if text.chars().filter(|c| !c.is_whitespace()).collect::<String>().contains(words) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            panic!("“{words}” does not appear: {}", self.browser.text().await);
        });
    }

    /// The seconds run by themselves, in the fragment that came in later too.
    fn ticks(&self) {
        self.runtime.block_on(async {
            let left = "return [...document.querySelectorAll('[data-until]')].map(e => e.textContent).join()";
            let before = self.browser.script(left, vec![]).await;
            for _ in 0..100 {
                tokio::time::sleep(Duration::from_millis(50)).await;
                if self.browser.script(left, vec![]).await != before {
                    return;
                }
            }
            panic!("the countdown stands still at {before}");
        });
    }

    /// Types a price and confirms it on the page with the capitals.
    fn bids(&self, yuan: u32) {
        self.runtime.block_on(async {
            self.browser.fill("amount", &yuan.to_string()).await;
            self.browser.press("去确认").await;
            let confirm = self.browser.text().await;
            assert!(confirm.contains("元整") && confirm.contains("不可撤回"), "{confirm}");
            self.browser.press("确认报价").await;
            let receipt = self.browser.text().await;
            assert!(receipt.contains("报价已被接受") && receipt.contains("报价回单"), "{receipt}");
        });
        self.watch();
    }

    fn sound(&self) -> Vec<String> {
        self.runtime.block_on(self.browser.faults(&[]))
    }

    fn leave(self) {
        self.runtime.block_on(self.browser.close());
    }
}

#[test]
fn everybody_sees_every_bid_at_once() {
    let pond = Pond::reach(Point::RoomOpen, Winner::Outsider);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let visitor = Seat::take(&runtime, &pond, None);
    let outsider = Seat::take(&runtime, &pond, Some("outsider"));
    let company = Seat::take(&runtime, &pond, Some("company"));
    let seat = |who: &str| if who == "outsider" { &outsider } else { &company };
    for (who, yuan) in FREE {
        pond.wait_secs(20);
        seat(who).bids(yuan);
        let other = if who == "outsider" { &company } else { &outsider };
        other.sees(&format!("{yuan}元"));
        visitor.sees(&format!("{yuan}元"));
    }
    let mut faults = Vec::new();
    for seat in [&visitor, &outsider, &company] {
        faults.extend(seat.sound());
    }
    // The limited phase begins, and a bid in it begins its period anew, on every screen.
    pond.wait_until(nongquan_e2e::pond::room::deadline(&pond));
    for seat in [&visitor, &outsider, &company] {
        seat.sees("限时竞价");
    }
    pond.wait_secs(100);
    outsider.bids(690);
    company.sees("690元");
    visitor.sees("690元");
    visitor.ticks();
    nongquan_e2e::pond::room::close_alone(&pond);
    visitor.sees("成交");
    for seat in [visitor, outsider, company] {
        seat.leave();
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    pond.sound();
}
