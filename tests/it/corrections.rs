//! 更正联系方式和账户: by the original, by two persons, told at the old telephone and at the new one.

use nongquan::acts::corrections::{self, Again, Answer, Seen};
use nongquan::acts::payouts::{self, Step};
use nongquan::acts::stepup;
use nongquan::crypto::sm3;
use nongquan::domain::actor::Role;
use nongquan::domain::base::ids::PartyId;
use nongquan::domain::refusal::Refusal;
use nongquan::store::{Stop, accounts, journal, parties as stored, refunds};

use super::stories::pond::{Point, Pond, Winner};
use super::support::market::paper;
use super::support::people::{PASSWORD, actor};
use super::support::{Attachment, Client, Phones, World, papers, people};

const OLD: &str = "13874612345";
const NEW: &str = "13974600055";
const ACCOUNT: &str = "6222021234569998";

fn party_of(world: &World, login: &str) -> PartyId {
    world.app.store.read(|db| accounts::by_login(db, login)).unwrap().expect("the account").party.expect("a party")
}

fn scan() -> [(&'static str, Attachment); 1] {
    [("scan", papers::png("身份证和银行卡.png", [9, 8, 7]))]
}

#[test]
fn a_mistyped_telephone_and_account_are_corrected_by_two_at_the_counter() {
    let world = World::open();
    let phones = Phones::new(&world);
    let admin = people::admin(&world);
    for role in [Role::TownshipClerk, Role::Acceptance, Role::Finance] {
        people::staff(&world, &admin, role);
    }
    people::hire(&world.app, &admin, "clerk-elsewhere", Role::TownshipClerk, "431127102");
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    let login = |who: &str| Client::new(&world).login(who, PASSWORD);
    let (clerk, acceptance, elsewhere) = (login("township-clerk"), login("acceptance"), login("clerk-elsewhere"));
    let desk = format!("/desk/verification/{}", party_of(&world, "holder"));
    let page = format!("{desk}/correction");

    // Who may, and what is wrong with it stands beside its field.
    clerk.finds(&["/desk/verification", &desk], &page);
    assert_eq!((elsewhere.get(&page).status, login("finance").get(&page).status), (404, 403));
    let propose = |typed: &[(&str, &str)]| clerk.upload(&page, &page, typed, &scan());
    let (note, seen) = (("note", "身份证和银行卡原件，本人到场"), ("seen", "yes"));
    let _ = propose(&[note, ("phone", NEW)]).refused(422, "请先核对原件");
    let _ = propose(&[note, seen]).refused(422, "请至少填写一项");
    let _ = propose(&[seen, ("phone", NEW)]).refused(422, "核对了什么");
    let _ = propose(&[note, seen, ("phone", "1397460005")]).refused(422, "应为 11 位");
    let _ = propose(&[note, seen, ("phone", "0746-2213456")]).refused(422, "能收短信");
    let _ = propose(&[note, seen, ("phone", OLD)]).refused(422, "和现在登记的相同");
    let _ = propose(&[note, seen, ("bank_account", ACCOUNT)]).refused(422, "请填写");
    let bare = clerk.submit(&page, &page, &[note, seen, ("phone", NEW)]);
    let _ = bare.refused(422, "请选择原件的扫描件");

    let typed = [note, seen, ("phone", NEW), ("bank", "蓝山农商银行"), ("bank_account", ACCOUNT), ("address", "3组")];
    let shown = clerk.opened(propose(&typed).leads()).says("更正已提出").says("等待另一人复核");
    assert!(shown.text().contains("138****2345 → 139****0055"), "{}", shown.text());
    assert!(!shown.body.contains(NEW) && !shown.body.contains(ACCOUNT), "numbers are masked");
    let told = phones.messages(&world, OLD).len();

    // The same hand does not confirm, and a second proposal waits.
    let listed = acceptance.opened("/desk/verification").says("等待复核的更正").says("待您复核");
    assert!(listed.links(&page).contains(&page));
    let _ = acceptance.opened("/desk").says("复核更正");
    let form = acceptance.opened(&page).says("照扫描件自己再录入一遍");
    let scan_of = form.links("/documents/").remove(0);
    assert_eq!((acceptance.get(&scan_of).status, elsewhere.get(&scan_of).status), (200, 404));
    let answer = action(&form.body, &page);
    let token = |who: &Client, typed: &[(&str, &str)]| {
        let mut fields = vec![("_csrf".to_owned(), who.token())];
        fields.extend(typed.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
        who.post(&answer, &fields)
    };
    let same = [("result", "confirm"), ("again_phone", NEW), ("again_account", ACCOUNT)];
    let _ = token(&clerk, &same).refused(403, "岗位分离");
    assert_eq!(token(&elsewhere, &same).status, 404);
    let decide = |typed: &[(&str, &str)]| acceptance.submit(&page, &answer, typed);
    let _ = decide(&[]).refused(422, "请选择复核结论");
    let _ = decide(&[("result", "confirm")]).refused(422, "请填写");
    let other = [("result", "confirm"), ("again_phone", "13974600056"), ("again_account", ACCOUNT)];
    let _ = decide(&other).refused(422, "与提出人录入的不一致");
    let _ = decide(&[("result", "back")]).refused(422, "退回原因");
    let done = acceptance.opened(decide(&same).leads()).says("更正已生效");
    assert!(done.text().contains("复核一致") && done.text().contains("139****0055"), "{}", done.text());
    let _ = token(&acceptance, &same).refused(409, "已");

    // Told at both, with no value in the words; the next code goes to the new one.
    let old = phones.messages(&world, OLD);
    assert_eq!(old.len(), told + 1);
    assert!(old.last().unwrap().contains("已在窗口凭原件更正") && !old.last().unwrap().contains(NEW));
    assert_eq!(phones.messages(&world, NEW).len(), 1);
    let holder = actor(&world.app, "holder");
    stepup::send_code(&world.app, &holder, "test", "测试", &sm3(&[b"x"])).unwrap();
    assert_eq!(phones.code(&world, NEW).len(), 6);
    assert_eq!(phones.messages(&world, OLD).len(), told + 1);
    let party = world.app.store.read(|db| stored::find(db, holder.party.unwrap())).unwrap().unwrap();
    let bank = nongquan::acts::parties::bank_account(&world.app, &party).unwrap();
    assert_eq!((bank.account.as_str(), bank.bank.as_str(), party.address.as_str()), (ACCOUNT, "蓝山农商银行", "3组"));

    // A leaf for the proposal and one for the correction; no value stands in any.
    let leaves = world.app.store.read(|db| journal::leaves_after(db, 0, 1000)).unwrap();
    for kind in ["correction.proposed", "party.corrected"] {
        assert_eq!(leaves.iter().filter(|l| l.kind == kind).count(), 1, "{kind}");
    }
    for leaf in &leaves {
        assert!([NEW, ACCOUNT, OLD].iter().all(|value| !leaf.body.contains(value)), "{}", leaf.body);
    }

    // What another cannot read from the scan goes back with its reason, and leaves all as it was.
    let _ = propose(&[note, seen, ("address", "4组")]).leads();
    let answer = action(&acceptance.opened(&page).body, &page);
    let back = [("result", "back"), ("note", "扫描件看不清")];
    let _ = acceptance.opened(acceptance.submit(&page, &answer, &back).leads()).says("更正已退回").says("扫描件看不清");
    let party = world.app.store.read(|db| stored::find(db, holder.party.unwrap())).unwrap().unwrap();
    assert_eq!(party.address, "3组");
}

/// The address of the second person's form.
fn action(body: &str, page: &str) -> String {
    let from = body.find(&format!("{page}/")).expect("a form for the second person");
    body[from..].chars().take_while(|c| *c != '"').collect()
}

#[test]
fn a_reset_code_on_its_way_to_a_strangers_telephone_dies_with_it() {
    let world = World::open();
    let phones = Phones::new(&world);
    let admin = people::admin(&world);
    for role in [Role::TownshipClerk, Role::Acceptance] {
        people::staff(&world, &admin, role);
    }
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    let (app, id) = (&world.app, party_of(&world, "holder"));
    let (clerk, acceptance) = (actor(app, "township-clerk"), actor(app, "acceptance"));
    nongquan::acts::passwords::order_for_party(app, &clerk, id).unwrap();
    let code: String = {
        let texts = phones.messages(&world, OLD);
        let text = texts.iter().rev().find(|t| t.contains("重置码 ")).expect("a code");
        text.split("重置码 ").nth(1).unwrap().chars().take(19).collect()
    };
    let seen = Seen { phone: NEW.into(), note: "身份证原件".into(), ..Seen::default() };
    corrections::propose(app, &clerk, id, &seen, &paper(app, "scan")).unwrap();
    let sheet = corrections::of_party(app, &acceptance, id).unwrap();
    let answer = Answer::Confirm(Again { phone: NEW.into(), account: String::new() });
    corrections::decide(app, &acceptance, id, sheet.open.unwrap().id, &answer).unwrap();
    let typed =
        nongquan::acts::passwords::Typed { password: "Yintang-Zhuwa-58".into(), again: "Yintang-Zhuwa-58".into() };
    let redeemed = nongquan::acts::passwords::redeem(app, "holder", &code, &typed, "192.0.2.3");
    assert!(matches!(redeemed, Err(Stop::Refused(Refusal::Fields { .. }))), "{redeemed:?}");
}

#[test]
fn a_price_follows_the_corrected_account_and_refunds_do_not() {
    let pond = Pond::reach(Point::Certified, Winner::Member);
    let app = &pond.world.app;
    let who = |login: &str| actor(app, login);
    let transferor = pond.lot().transferor;
    let orders = || app.store.read(|db| refunds::of_lot(db, pond.lot().id)).unwrap();
    let release = || orders().into_iter().find(|o| o.kind == "release").expect("the price is ordered out");
    let others = || orders().into_iter().filter(|o| o.kind != "release").collect::<Vec<_>>();
    payouts::step(app, &who("finance"), release().id, Step::Make).unwrap();
    payouts::step(app, &who("finance2"), release().id, Step::Check).unwrap();
    assert_eq!(release().status, "checked");
    let (before, refunded) = (release(), others());
    let correct = |party: PartyId, account: &str| {
        let seen = Seen {
            bank: "蓝山农商银行".into(),
            account: account.into(),
            note: "开户许可证原件".into(),
            ..Seen::default()
        };
        corrections::propose(app, &who("clerk"), party, &seen, &paper(app, "scan")).unwrap();
        let open = corrections::of_party(app, &who("clerk2"), party).unwrap().open.expect("it waits");
        let again = Again { phone: String::new(), account: account.into() };
        corrections::decide(app, &who("clerk2"), party, open.id, &Answer::Confirm(again)).unwrap();
    };
    correct(transferor, ACCOUNT);
    let after = release();
    assert_ne!(after.payee_account_lookup, before.payee_account_lookup);
    assert_eq!((after.status.as_str(), after.maker, after.checker), ("due", None, None), "prepared and checked anew");
    assert_eq!(nongquan::acts::refunds::order(app, &after).unwrap().payee.account, ACCOUNT);

    // A bidder's refund goes back to where his deposit came from.
    let paid_back = refunded.iter().filter_map(|o| o.application);
    let payer = |id| app.store.read(|db| nongquan::store::applications::find(db, id)).unwrap().unwrap().party;
    let here = |party: &PartyId| corrections::of_party(app, &who("clerk"), *party).is_ok();
    correct(paid_back.map(payer).find(here).expect("one of the township"), "6222021234560007");
    assert_eq!(others(), refunded);

    // At the bank it stays, and what the bank did not carry out goes to the account of that day.
    for (login, step) in [("finance", Step::Make), ("finance2", Step::Check)] {
        payouts::step(app, &who(login), release().id, step).unwrap();
    }
    payouts::make_file(app, &who("finance")).unwrap();
    correct(transferor, "6222021234560015");
    assert_eq!(release().payee_account_lookup, after.payee_account_lookup);
    let unpaid = |login: &str, said| payouts::unpaid(app, &who(login), release().id, &said).unwrap();
    unpaid("finance", payouts::Unpaid::Report("账号不存在".into()));
    unpaid("finance2", payouts::Unpaid::Confirm);
    assert_eq!(nongquan::acts::refunds::order(app, &release()).unwrap().payee.account, "6222021234560015");
    crate::proof::world::green(app);
}

#[test]
fn codes_of_staff_are_turned_by_both_administrators() {
    let world = World::open();
    let phones = Phones::new(&world);
    let admin = people::admin(&world);
    people::staff(&world, &admin, Role::Review);
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    let system = Client::new(&world).login("admin", PASSWORD);
    let security = Client::new(&world).login("security-admin", PASSWORD);
    let id_of = |login: &str| world.app.store.read(|db| accounts::by_login(db, login)).unwrap().unwrap().id;
    let page = format!("/admin/accounts/{}/address", id_of("review"));
    system.finds(&[&format!("/admin/accounts/{}", id_of("review"))], &page);
    let _ = security.opened(&page).says("更正由系统管理员提出");
    let propose = |typed: &[(&str, &str)]| system.submit(&page, &page, typed);
    let note = ("note", "本人当面申请");
    let _ = propose(&[note, ("address", "138")]).refused(422, "请填写能收验证码的手机号或邮箱");
    let _ = propose(&[note, ("address", "13874600001")]).refused(422, "和现在登记的相同");
    let _ = propose(&[("address", NEW)]).refused(422, "核对了什么");
    let shown = system.opened(propose(&[note, ("address", NEW)]).leads()).says("等待安全管理员复核");
    assert!(shown.text().contains("138****0001 → 139****0055") && !shown.body.contains(NEW), "{}", shown.text());
    let _ = security.opened("/desk").says("复核更正");
    let _ = security.opened("/admin/accounts").says("等待复核的联系方式更正");
    let answer = action(&security.opened(&page).body, &page);
    let forced = [("_csrf".to_owned(), system.token()), ("result".to_owned(), "confirm".to_owned())];
    assert_eq!(system.post(&answer, &forced).status, 403);
    let decide = |typed: &[(&str, &str)]| security.submit(&page, &answer, typed);
    let _ = decide(&[("result", "confirm"), ("again_phone", "13974600056")]).refused(422, "不一致");
    let _ = security.opened(decide(&[("result", "confirm"), ("again_phone", NEW)]).leads()).says("更正已生效");
    let review = actor(&world.app, "review");
    stepup::send_code(&world.app, &review, "test", "测试", &sm3(&[b"x"])).unwrap();
    assert_eq!(phones.code(&world, NEW).len(), 6);
    // A holder's telephone is the counter's.
    let holder = format!("/admin/accounts/{}/address", id_of("holder"));
    let _ = system.get(&holder).refused(422, "由窗口凭原件更正");
}
