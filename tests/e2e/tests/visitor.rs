//! What somebody without an account sees, on a telephone and on a desk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use nongquan_e2e::{Browser, World};

/// Pages for everybody. One that is not found fails: the browser's console tells.
const PAGES: [&str; 7] =
    ["/login", "/style", "/style/home", "/style/list", "/style/lot", "/style/forms", "/style/workspace"];

const SCREENS: [(u32, u32); 2] = [(360, 740), (1280, 900)];

#[tokio::test(flavor = "multi_thread")]
async fn public_pages_fit_every_screen_and_reader() {
    let world = World::open();
    let browser = Browser::open(&world.origin).await;
    let mut faults = Vec::new();
    for page in PAGES {
        for (width, height) in SCREENS {
            browser.screen(width, height).await;
            browser.goto(page).await;
            let mut found = browser.faults(&[]).await;
            // The style page shows a page's heading as a specimen, below its own.
            found.retain(|fault| page != "/style" || fault != "2 first headings");
            faults.extend(found.into_iter().map(|fault| format!("{page} at {width} px: {fault}")));
        }
    }
    browser.close().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_answered_beside_the_form() {
    let world = World::open();
    let browser = Browser::open(&world.origin).await;
    browser.screen(360, 740).await;
    browser.goto("/login").await;
    browser.fill("account", "zhangsan").await;
    browser.fill("password", "不是这个密码").await;
    browser.press("登录").await;
    let text = browser.text().await;
    let path = browser.path().await;
    let faults = browser.faults(&[422]).await;
    browser.close().await;
    assert_eq!(path, "/login");
    assert!(text.contains("账号或密码不正确"), "{text}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
