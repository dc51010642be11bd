//! What somebody without an account sees, on a telephone and on a desk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use nongquan_e2e::{Browser, World};

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

/// What belongs to one answer is asked with that answer alone; nothing chosen, nothing asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_about_one_answer_waits_for_it() {
    let world = World::open();
    let browser = Browser::open(&world.origin).await;
    browser.goto("/register").await;
    let mut seen = Vec::new();
    for choose in ["", "organisation", "person"] {
        let look = "const [kind] = arguments; const box = document.querySelector(`[name=kind][value='${kind}']`); \
                    if (box) box.click(); \
                    return ['representative', 'member'].filter(n => document.querySelector(`[name=${n}]`).checkVisibility())";
        // The script that hides them is loaded after the page.
        for _ in 0..100 {
            let asked = browser.script(look, vec![choose.into()]).await;
            let asked: Vec<String> = serde_json::from_value(asked).unwrap();
            if asked.len() < 2 {
                seen.push((choose, asked.join(" ")));
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
    browser.close().await;
    let wanted = [("", ""), ("organisation", "representative"), ("person", "member")];
    assert_eq!(seen, wanted.map(|(choice, asked)| (choice, asked.to_owned())));
}
