//! Chromium through chromedriver: going, typing, reading, and judging the page.

use std::net::TcpListener;
use std::process::Stdio;
use std::time::Duration;

use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, TimeoutConfiguration, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::process::{Child, Command};

const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
];

/// A browser of its own, with its driver.
pub struct Browser {
    client: Client,
    origin: String,
    driver: Child,
}

impl Drop for Browser {
    /// Chromium outlives a driver that is killed, and a test that fell would leave its browsers to
    /// eat the memory of the next one: the whole group goes.
    fn drop(&mut self) {
        if let Some(group) = self.driver.id() {
            let _ = std::process::Command::new("kill").args(["-KILL", "--", &format!("-{group}")]).status();
        }
    }
}

impl Browser {
    /// Starts a browser that visits the service at `origin`.
    pub async fn open(origin: &str) -> Browser {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver starts");
        let client = connect(&format!("http://127.0.0.1:{port}")).await;
        let patience = Some(Duration::from_secs(60));
        client
            .update_timeouts(TimeoutConfiguration::new(patience, patience, Some(Duration::ZERO)))
            .await
            .expect("timeouts");
        Browser { client, origin: origin.to_owned(), driver }
    }

    /// Ends the browser; without it Chromium would outlive the test.
    pub async fn close(self) {
        let _ = self.client.clone().close().await;
    }

    /// Forgets who sat here before: cookies, and the page shown; the next one visits `origin`.
    pub async fn forget(&mut self, origin: &str) {
        origin.clone_into(&mut self.origin);
        self.order("goog/cdp/execute", json!({ "cmd": "Network.clearBrowserCookies", "params": {} })).await;
        self.client.goto("about:blank").await.expect("an empty page");
        self.console().await;
    }

    /// The screen: width and height in CSS pixels.
    pub async fn screen(&self, width: u32, height: u32) {
        let params = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.order("goog/cdp/execute", json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": params })).await;
    }

    /// Goes to a path of the service.
    pub async fn goto(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.origin)).await.unwrap_or_else(|e| panic!("{path}: {e}"));
    }

    /// The path of the page shown.
    pub async fn path(&self) -> String {
        self.client.current_url().await.expect("an address").path().to_owned()
    }

    /// The title of the page shown.
    pub async fn title(&self) -> String {
        self.client.title().await.expect("a title")
    }

    /// Types into the field with this name.
    pub async fn fill(&self, name: &str, text: &str) {
        let css = format!("[name='{name}']:not([type=hidden])");
        let field = self.client.find(Locator::Css(&css)).await.unwrap_or_else(|e| panic!("field {name}: {e}"));
        field.clear().await.expect("clears");
        field.send_keys(text).await.unwrap_or_else(|e| panic!("typing into {name}: {e}"));
    }

    /// Presses the button or follows the link with these words, and waits for the next page.
    pub async fn press(&self, words: &str) {
        let path = format!("//main//button[contains(., '{words}')] | //main//a[contains(., '{words}')]");
        let found = self.client.find(Locator::XPath(&path)).await.unwrap_or_else(|e| panic!("{words}: {e}"));
        self.script("window.leaving = true", vec![]).await;
        found.click().await.unwrap_or_else(|e| panic!("{words}: {e}"));
        self.arrives(words).await;
    }

    /// Waits until the page that was marked as left is gone and another one stands.
    async fn arrives(&self, after: &str) {
        for _ in 0..600 {
            let here =
                self.client.execute("return (!window.leaving || !!document.documentElement.dataset.answered) && document.readyState === 'complete'", vec![]).await;
            if here.is_ok_and(|v| v == json!(true)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nothing followed “{after}”");
    }

    /// Presses what this selector finds, says yes where the page asks, and waits for the next page.
    ///
    /// # Errors
    /// What was to be pressed is not there, or a live page took it away before it was touched.
    pub async fn press_at(&self, css: &str) -> Result<(), CmdError> {
        let found = self.client.find(Locator::Css(css)).await?;
        let here = serde_json::to_value(&found).expect("an element");
        let prepare = "window.leaving = true; delete document.documentElement.dataset.answered; \
                       arguments[0].scrollIntoView({ block: 'center' })";
        self.client.execute(prepare, vec![here]).await?;
        found.click().await?;
        self.script("const yes = document.querySelector('dialog[open] .btn-primary'); if (yes) yes.click()", vec![])
            .await;
        self.arrives(css).await;
        Ok(())
    }

    /// Types into what this selector finds, in place of what stands there.
    pub async fn type_into(&self, css: &str, text: &str) {
        let field = self.client.find(Locator::Css(css)).await.unwrap_or_else(|e| panic!("field {css}: {e}"));
        field.clear().await.unwrap_or_else(|e| panic!("clearing {css}: {e}"));
        if !text.is_empty() {
            field.send_keys(text).await.unwrap_or_else(|e| panic!("typing into {css}: {e}"));
        }
    }

    /// Chooses a file of this machine.
    pub async fn choose_file(&self, css: &str, path: &str) {
        let field = self.client.find(Locator::Css(css)).await.unwrap_or_else(|e| panic!("file {css}: {e}"));
        field.send_keys(path).await.unwrap_or_else(|e| panic!("choosing {path}: {e}"));
    }

    /// Runs a script that calls back with its answer.
    pub async fn ask(&self, script: &str, args: Vec<Value>) -> Value {
        self.client.execute_async(script, args).await.unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    /// What the console complains of since the last look; `answered` are statuses that were asked for.
    pub async fn console_faults(&self, answered: &[u16]) -> Vec<String> {
        let asked = |line: &String| answered.iter().any(|s| line.contains(&format!("responded with a status of {s}")));
        self.console().await.into_iter().filter(|line| !asked(line)).collect()
    }

    /// The text of the page as a reader sees it.
    pub async fn text(&self) -> String {
        self.script("return document.body.innerText", vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn script(&self, script: &str, args: Vec<Value>) -> Value {
        self.client.execute(script, args).await.unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    /// A picture of the page as PNG.
    pub async fn screenshot(&self) -> Vec<u8> {
        self.client.screenshot().await.expect("a picture")
    }

    /// What every page owes its readers: title, one heading, nothing to scroll sideways, no serious
    /// accessibility fault, no error on the console. Gives what is wrong; `answered` are statuses of
    /// 400 or more that were asked for on purpose.
    pub async fn faults(&self, answered: &[u16]) -> Vec<String> {
        let mut faults = Vec::new();
        if self.title().await.trim().is_empty() {
            faults.push("no title".to_owned());
        }
        let headings = self.script("return document.querySelectorAll('h1').length", vec![]).await;
        if headings != json!(1) {
            faults.push(format!("{headings} first headings"));
        }
        faults.extend(self.sideways().await);
        faults.extend(self.console_faults(answered).await);
        faults.extend(self.axe().await);
        // The checker tries styles of its own, which the page's policy rightly refuses.
        self.console().await;
        faults
    }

    async fn sideways(&self) -> Option<String> {
        let wide = self
            .script(
                "const page = document.documentElement; const over = page.scrollWidth - page.clientWidth; \
                 if (over <= 0) return null; \
                 const out = [...document.querySelectorAll('body *')] \
                   .find(e => e.getBoundingClientRect().right > page.clientWidth + 1); \
                 return over + ' px, first ' + (out ? out.outerHTML.slice(0, 120) : '?')",
                vec![],
            )
            .await;
        wide.as_str().map(|what| format!("scrolls sideways by {what}"))
    }

    /// Serious and critical findings of axe-core, whose script `NONGQUAN_AXE` names.
    #[expect(clippy::disallowed_methods, reason = "the script that runs the journeys says where axe is")]
    async fn axe(&self) -> Vec<String> {
        let path = std::env::var("NONGQUAN_AXE").expect("NONGQUAN_AXE names axe.min.js (scripts/e2e sets it)");
        let axe = std::fs::read_to_string(path).expect("axe-core");
        self.script(&axe, vec![]).await;
        let found = self
            .client
            .execute_async(
                "const done = arguments[arguments.length - 1]; \
                 axe.run(document, { resultTypes: ['violations'] }).then( \
                   r => done(r.violations.filter(v => ['serious', 'critical'].includes(v.impact)) \
                     .map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).slice(0, 3).join(' | '))), \
                   e => done(['axe failed: ' + e]))",
                vec![],
            )
            .await
            .expect("axe answers");
        let list = found.as_array().expect("a list of findings");
        list.iter().map(|v| format!("axe {}", v.as_str().unwrap_or_default())).collect()
    }

    /// Errors on the console since the last look.
    async fn console(&self) -> Vec<String> {
        let log = self.order("se/log", json!({ "type": "browser" })).await;
        let entries = log.as_array().expect("a log");
        entries
            .iter()
            .filter(|e| e["level"] == "SEVERE")
            .map(|e| format!("console: {}", e["message"].as_str().unwrap_or_default()))
            .collect()
    }

    async fn order(&self, path: &'static str, body: Value) -> Value {
        self.client.issue_cmd(Order { path, body }).await.unwrap_or_else(|e| panic!("{path}: {e}"))
    }
}

async fn connect(driver: &str) -> Client {
    let mut wanted = Capabilities::new();
    wanted.insert("browserName".to_owned(), json!("chrome"));
    wanted.insert("goog:chromeOptions".to_owned(), json!({ "args": FLAGS }));
    wanted.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    let mut last = String::new();
    for _ in 0..100 {
        match ClientBuilder::new(HttpConnector::new()).capabilities(wanted.clone()).connect(driver).await {
            Ok(client) => return client,
            Err(e) => last = e.to_string(),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no browser: {last}");
}

/// A command of chromedriver that the standard does not know.
#[derive(Debug)]
struct Order {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Order {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
