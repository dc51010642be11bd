//! The demonstration county, made and served in this process: who lives there, and the things that its seed
//! leaves to its visitors.

use std::net::TcpListener;
use std::sync::Arc;

use nongquan::acts::demonstration::DemoAccount;
use nongquan::acts::{checkpoint, clock, login};
use nongquan::clock::{Clock, HandClock};
use nongquan::config::{Config, DemoSettings};
use nongquan::demo;
use nongquan::domain::actor::{Actor, Role};
use nongquan::domain::base::ids::PartyId;
use nongquan::domain::base::numbering::CertificateNo;
use nongquan::domain::lot::{Lot, Stage};
use nongquan::store::{accounts, bids, lots, refunds};

use super::market::sent_code;
use super::{Client, Place, World, numbers, papers};

/// Login and password of who comes to the counter and is checked by nobody.
pub const NEWCOMER: (&str, &str) = ("newcomer", "Yantian-Caiji-73-Shuiche");

/// The settings of a demonstration in this place.
pub fn settings(place: &Place) -> DemoSettings {
    DemoSettings {
        data: place.data(),
        database_url: place.postgres().map(str::to_owned),
        keys: None,
        listen: "127.0.0.1:8080".to_owned(),
        speed: 1,
        public: false,
        catalog: None,
        fonts: None,
    }
}

/// A county that is served until the value is dropped.
pub struct County {
    /// The exchange.
    pub world: World,
    /// Everybody of the start page and of the seed.
    pub accounts: Vec<DemoAccount>,
}

impl County {
    /// Makes everything the seed makes.
    pub fn open() -> County {
        County::made(true)
    }

    /// As it is served while the seed has only begun.
    pub fn begun() -> County {
        County::made(false)
    }

    fn made(whole: bool) -> County {
        let place = Place::new();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let mut settings = settings(&place);
        settings.listen = listener.local_addr().expect("its address").to_string();
        let config = Config::demo(settings).unwrap_or_else(|faults| panic!("settings: {faults:?}"));
        let clock = Arc::new(HandClock::new(demo::first_morning().expect("a morning")));
        let app = nongquan::boot::open(config, clock.clone()).unwrap_or_else(|fault| panic!("start: {fault}"));
        demo::open(&app).expect("the first accounts and the first lot");
        if whole {
            let failures = demo::fill(&app, || true).expect("the seed");
            assert!(failures.is_empty(), "{failures:?}");
        }
        let accounts = nongquan::acts::demonstration::accounts(&app).expect("everybody");
        checkpoint::sign_head(&app).expect("a signed head");
        County { world: World::serving(app, clock, listener, place), accounts }
    }

    /// Somebody's browser.
    pub fn browser(&self, login: &str) -> Client {
        Client::new(&self.world).login(login, &self.account(login).password)
    }

    /// A visitor or somebody without a post of his own.
    pub fn is_outside(&self, login: &str) -> bool {
        let holds_none = |a: &DemoAccount| self.actor(&a.account).posts.iter().all(|p| p.role == Role::Holder);
        self.accounts.iter().find(|a| a.account == login).is_none_or(holds_none)
    }

    /// An account by its login.
    pub fn account(&self, login: &str) -> &DemoAccount {
        self.accounts.iter().find(|a| a.account == login).unwrap_or_else(|| panic!("nobody is called {login}"))
    }

    /// Who a login is.
    pub fn actor(&self, login: &str) -> Actor {
        let app = &self.world.app;
        let account = app.store.read(|db| accounts::by_login(db, login)).expect("read").expect("an account");
        login::actor_of(app, account.id).expect("an actor")
    }

    /// One account of every role and of every department, those whose work one alone may not do, and the parties
    /// of the start page.
    pub fn cast(&self) -> Vec<&DemoAccount> {
        let mut posts: Vec<Role> = Vec::new();
        let mut cast = Vec::new();
        for account in &self.accounts {
            let actor = self.actor(&account.account);
            let role = actor.posts.iter().map(|p| p.role).find(|r| *r != Role::Holder);
            let again = match role {
                Some(Role::Department) => false,
                Some(role) => posts.contains(&role),
                None => !["zongshi", "member", "outsider", "company"].contains(&account.account.as_str()),
            };
            if !again || account.account.ends_with("-2") {
                cast.push(account);
            }
            posts.extend(role);
        }
        cast
    }

    /// What is open to everybody and has no link: the open interface, and the fragment a room's page fetches.
    pub fn unlinked(&self) -> Vec<String> {
        let mut all: Vec<String> = ["/keys.json", "/api/v1/openapi.json", "/api/v1/journal/checkpoint"]
            .into_iter()
            .chain(["/api/v1/lots?limit=20", "/api/v1/journal/leaves?limit=1000"])
            .map(str::to_owned)
            .collect();
        let app = &self.world.app;
        let ids = app.store.read(|db| lots::all_ids(db)).expect("read");
        for (id, _) in ids {
            let lot = app.store.read(|db| lots::find(db, id)).expect("read").expect("the lot").lot;
            let Some(no) = lot.lot_no.filter(|_| lot.public) else { continue };
            all.push(format!("/api/v1/lots/{no}"));
            if lot.session.is_some() {
                all.extend([format!("/lots/{no}/room/fragment"), format!("/api/v1/lots/{no}/bids?limit=3")]);
            }
            if let Some(certificate) = lot.certificate.number.filter(|_| lot.certificate.issued_at.is_some()) {
                let no: CertificateNo = certificate.parse().expect("a number");
                all.extend([format!("/api/v1/certificates/{}", no.url()), format!("/verify/{}", no.url())]);
            }
        }
        all
    }

    /// The lots of a stage.
    pub fn in_stage(&self, stage: Stage) -> Vec<Lot> {
        self.world.app.store.read(|db| lots::in_stage(db, stage)).expect("read")
    }

    /// What the seed leaves to visitors: two rooms open, one of them paused; a notice confirmed; a contract signed,
    /// another on paper and waiting for its check; somebody at the counter whom nobody has checked; an application
    /// taken for review; a bank line that fits nothing; orders at every step; a certificate that waits for the
    /// director; a fee table that waits. Gives where somebody sees it.
    pub fn enliven(&self) -> Vec<(&'static str, String)> {
        let mut places = self.rooms();
        places.extend(self.notice());
        places.extend(self.contracts());
        places.extend(self.counter());
        places.extend(self.money());
        places
    }

    /// What waits for the parties themselves: the rules of a room to agree to, a contract to sign, a certificate to
    /// apply for, a delivery to sign. Gives each with the login of a party.
    pub fn waiting_for_parties(&self) -> Vec<(&str, String)> {
        let login = |party: PartyId| {
            let of = |a: &&DemoAccount| self.actor(&a.account).party == Some(party);
            self.accounts.iter().find(of).map(|a| a.account.as_str())
        };
        let mut places = Vec::new();
        for (stage, act) in
            [(Stage::ToSign, "signature"), (Stage::Paid, "certificate-application"), (Stage::Certified, "delivery")]
        {
            for lot in self.in_stage(stage).iter().filter(|l| stage != Stage::ToSign || l.contract.is_some()) {
                let party = lot.outcome().expect("a winner").party;
                places.extend(login(party).map(|who| (who, format!("/cases/{}/{act}", lot.id))));
            }
        }
        // To the demonstration's bank leads its start page alone, from which everybody goes his own way.
        places.push(("company", "/demo/bank".to_owned()));
        for lot in self.in_stage(Stage::Qualified) {
            let bidders = self.world.app.store.read(|db| bids::bidders(db, lot.id)).expect("read");
            let asked = bidders.iter().find(|b| b.qualified && !b.agreed).and_then(|b| login(b.party));
            let no = lot.lot_no.as_deref().expect("a number");
            places.extend(asked.map(|who| (who, format!("/lots/{no}/agreement"))));
        }
        places
    }

    /// The stage of the lot whose case or public page this is.
    pub fn stage_of(&self, path: &str) -> Option<Stage> {
        let mut parts = path.split(['/', '?']).skip(1);
        let (kind, name) = (parts.next()?, parts.next()?);
        self.world
            .app
            .store
            .read(|db| match kind {
                "cases" => name.parse().map_or(Ok(None), |id| lots::find(db, id)),
                "lots" => lots::find_by_no(db, name),
                _ => Ok(None),
            })
            .expect("read")
            .map(|stored| stored.lot.stage)
    }

    fn rooms(&self) -> Vec<(&'static str, String)> {
        let (outsider, member) = (self.actor("outsider"), self.actor("member"));
        let both = |lot: &Lot| {
            let bidders = self.world.app.store.read(|db| bids::bidders(db, lot.id)).expect("read");
            let fits = |who: &Actor| bidders.iter().any(|b| Some(b.party) == who.party && b.agreed && b.qualified);
            fits(&outsider) && fits(&member)
        };
        let rooms: Vec<Lot> = self.in_stage(Stage::Qualified).into_iter().filter(both).take(2).collect();
        let [live, paused] = &rooms[..] else { panic!("two lots wait for their rooms: {}", rooms.len()) };
        let organiser = self.browser("bidding");
        let starts = self.world.clock.now().plus_mins(2);
        let typed = starts.china().format("%Y-%m-%dT%H:%M").to_string();
        for lot in [live, paused] {
            let page = format!("/cases/{}/session", lot.id);
            let _ = organiser.does(&page, &page, &[("starts", typed.as_str())]).says("竞价场次已安排");
        }
        self.world.clock.set(starts);
        clock::settle_due(&self.world.app).expect("the rooms open");
        for who in ["outsider", "member"] {
            self.world.clock.set(self.world.clock.now().plus_secs(5));
            self.bid(live, who);
        }
        let page = format!("/cases/{}/pause", paused.id);
        let password = self.account("director").password.as_str();
        let typed = [
            ("ground", "power"),
            ("reason", "机房停电，备用电源未能启动"),
            ("second_account", "director"),
            ("second_password", password),
        ];
        let _ = organiser.does(&page, &page, &typed).says("竞价已暂停");
        let room = format!("/lots/{}/room", live.lot_no.as_deref().expect("a number"));
        vec![
            ("bidding", format!("/cases/{}", live.id)),
            ("director", format!("/cases/{}", paused.id)),
            ("outsider", room.clone()),
            // For browsers without scripts; the room's page has the same form.
            ("member", format!("{room}/offer")),
            ("visitor", room),
        ]
    }

    /// The transferor of a notice that waits confirms its text.
    fn notice(&self) -> Vec<(&'static str, String)> {
        let waiting = self.in_stage(Stage::ToPublish);
        let lot = waiting.first().expect("a notice waits");
        let of = |a: &&DemoAccount| self.actor(&a.account).party == Some(lot.transferor);
        let owner = self.accounts.iter().find(of).expect("the transferor");
        let (browser, page) = (self.browser(&owner.account), format!("/cases/{}/notice-confirmation", lot.id));
        let _ = browser.does(&page, "/step-up/code", &[]).says("验证码已发送");
        let code = sent_code(&self.world.app, &self.actor(&owner.account));
        let typed = [("password", owner.password.as_str()), ("code", code.as_str())];
        let _ = browser.does(&page, &page, &typed).says("公告文本已确认");
        vec![("publication", "/desk".to_owned())]
    }

    /// The least that counts now, typed and confirmed.
    fn bid(&self, lot: &Lot, who: &str) {
        let no = lot.lot_no.as_deref().expect("a number");
        let id = self.in_stage(Stage::FreeBidding).into_iter().find(|l| l.id == lot.id).expect("an open room");
        let room = id.session.expect("a session").room;
        let stored = self.world.app.store.read(|db| nongquan::store::rooms::find(db, room)).expect("read");
        let next = nongquan::domain::auction::next_amounts(&stored.expect("the room").room);
        let yuan = next.choices.first().expect("a price").decimal();
        let (browser, bids) = (self.browser(who), format!("/lots/{no}/bids"));
        let confirm = browser.submit(&format!("/lots/{no}/room"), &bids, &[("amount", yuan.as_str())]);
        assert_eq!(confirm.status, 200, "{}", confirm.text());
        let receipt = browser.send(&confirm.fill(&bids, &[], &[]));
        let _ = browser.opened(receipt.leads()).says("报价已被接受");
    }

    fn contracts(&self) -> Vec<(&'static str, String)> {
        let (certify, second) = (self.browser("certification"), self.browser("certification-2"));
        let waiting: Vec<Lot> = self.in_stage(Stage::ToSign).into_iter().filter(|l| l.contract.is_none()).collect();
        let [signed, sent] = &waiting[..] else { panic!("two contracts can be made: {}", waiting.len()) };
        for lot in [signed, sent] {
            let page = format!("/cases/{}/contract", lot.id);
            let _ = certify.does(&page, &page, &[]).says("合同已经生成");
            let page = format!("/cases/{}/signed-scan", lot.id);
            let scan = [("scan", papers::pdf("合同扫描件.pdf", "Signed contract"))];
            let _ = certify.opened(certify.upload(&page, &page, &[], &scan).leads()).says("等待另一人复核");
        }
        let page = format!("/cases/{}/signed-check", signed.id);
        let _ = second.does(&page, &page, &[("accepted", "yes")]).says("复核结果已经登记");
        for lot in self.in_stage(Stage::Certifying).iter().filter(|l| l.certificate.number.is_none()).take(1) {
            let page = format!("/cases/{}/certificate", lot.id);
            let _ = certify.does(&page, &page, &[]).says("等待中心主任批准");
        }
        // The station keeps a signed intention agreement, and the approval can be recorded.
        let station = self.browser("township-clerk");
        let mut decided = 0;
        for lot in self.in_stage(Stage::Approval) {
            let page = format!("/cases/{}/signed-scan", lot.id);
            if station.status(&page) == 200 {
                let scan = [("scan", papers::jpeg("意向协议.jpg"))];
                let _ = station.opened(station.upload(&page, &page, &[], &scan).leads()).says("扫描件已经上传");
                decided += 1;
            }
        }
        assert!(decided > 0, "an approval waits at the station");
        ["certification", "certification-2", "director", "township-clerk"].map(|who| (who, "/desk".to_owned())).to_vec()
    }

    /// Somebody registers, and the reviewer takes what waits.
    fn counter(&self) -> Vec<(&'static str, String)> {
        let number = numbers::resident("19790815", "777");
        let (township, password) = ("431127100", NEWCOMER.1);
        let typed = [
            ("kind", "person"),
            ("name", "欧阳新来"),
            ("number", number.as_str()),
            ("township", township),
            ("village", "总市村"),
            ("address", "6组"),
            ("phone", "13900009999"),
            ("bank", "蓝山农村商业银行"),
            ("bank_account", "6230900000009999"),
            ("account", NEWCOMER.0),
            ("password", password),
            ("again", password),
        ];
        let _ = Client::new(&self.world).does("/register", "/register", &typed).says("注册成功");
        let reviewer = self.browser("qualification");
        let taken = reviewer.submit("/desk/qualification", "/desk/qualification", &[]);
        assert!(taken.leads().starts_with("/applications/"), "an application waits");
        vec![("acceptance", "/desk".to_owned()), ("qualification", taken.leads().to_owned())]
    }

    /// A line that fits nothing; then of the orders one is left to be checked, one checked, the others sent.
    fn money(&self) -> Vec<(&'static str, String)> {
        let at = self.world.clock.now().china().format("%Y-%m-%d %H:%M:%S").to_string();
        let head = "流水号,记账时间,收支方向,付款人户名,付款人账号,付款人开户行,对方户名,对方账号,对方开户行,金额,收款账号,摘要";
        let row = format!(
            "NQ999001,{at},收入,过路人,6230900000008888,蓝山农村商业银行,,,,123.45,0000431127000001,没有写附言"
        );
        let file = super::Attachment::new("流水.csv", format!("{head}\r\n{row}\r\n").into_bytes());
        let finance = self.browser("finance");
        let sent = finance.upload("/desk/finance", "/desk/finance/statements", &[], &[("statement", file)]);
        let _ = finance.opened(sent.leads()).says("导入1笔");
        let checker = self.browser("finance-2");
        for round in 0..2 {
            self.step(&finance, "make");
            self.step(&checker, "check");
            if round == 0 {
                let _ = finance.does("/desk/refunds", "/desk/refunds/files", &[]).says("付款文件已生成");
            }
        }
        self.step(&finance, "make");
        let table = [
            ("approval", "蓝山县发展和改革局〔2026〕8号"),
            ("effective_from", "2026-06-01"),
            ("base", "total"),
            ("slices", "100000,120\n以上,60"),
            ("minimum", "100"),
        ];
        let _ = self.browser("admin").does("/admin/fees", "/admin/fees", &table).says("等待另一人批准");
        let mut places = ["finance", "finance-2"].map(|who| (who, "/desk/refunds".to_owned())).to_vec();
        places.extend([("finance", "/desk/finance".to_owned()), ("director", "/admin/fees".to_owned())]);
        places.push(("director", self.inquiry()));
        places
    }

    /// A payment waits for an inquiry; gives the page where it is ended.
    fn inquiry(&self) -> String {
        let due = self.world.app.store.read(|db| refunds::with_status(db, "due", 1)).expect("read");
        let page = format!("/desk/refunds/{}/inquiry", due.first().expect("an order is left").id);
        let reason = [("reason", "收到关于退款账户的举报，须核实")];
        let _ = self.browser("director").does(&page, &page, &reason).says("付款已暂停");
        page
    }

    /// The first order that waits for this step takes it.
    fn step(&self, who: &Client, step: &str) {
        let page = who.opened("/desk/refunds");
        let action = page.action_of("step", step).unwrap_or_else(|| panic!("no order waits: {step}: {}", page.text()));
        let sent = who.send(&page.fill(&action, &[("step", step)], &[]));
        let _ = who.opened(sent.leads()).says("已办理");
    }
}
