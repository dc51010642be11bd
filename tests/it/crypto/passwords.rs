//! Passwords: how they are kept, and which are refused.

use nongquan::crypto::password_policy::{Profile, Weakness, weaknesses};
use nongquan::crypto::{Keys, Suite};

#[test]
fn s096_argon2id_with_the_promised_cost_and_a_pepper() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let stored = keys.passwords().hash("湘江北去 橘子洲头").unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
    assert!(keys.passwords().verify("湘江北去 橘子洲头", &stored));
    assert!(!keys.passwords().verify("湘江北去橘子洲头", &stored));
    assert!(!keys.passwords().verify("", &stored));
    assert!(!keys.passwords().needs_rehash(&stored));
    assert_ne!(stored, keys.passwords().hash("湘江北去 橘子洲头").unwrap(), "a salt of its own");
    // A stolen database is of no use without the pepper.
    assert!(!Keys::ephemeral(Suite::Intl).unwrap().passwords().verify("湘江北去 橘子洲头", &stored));
}

#[test]
fn s096_weaker_hashes_are_marked_for_renewal() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let weak = "$argon2id$v=19$m=4096,t=2,p=1$c2FsdHNhbHRzYWx0$3kNjRYZXvqzFYkVkYWzFSx3n6S9yHqRrmZ7zJ0wQvKk";
    assert!(keys.passwords().needs_rehash(weak));
    assert!(keys.passwords().needs_rehash("not a hash"));
    assert!(!keys.passwords().verify("x", "not a hash"));
}

#[test]
fn s061_an_unknown_account_costs_the_same_work() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let stored = keys.passwords().hash("湘江北去 橘子洲头").unwrap();
    let time = |f: &dyn Fn() -> bool| {
        let start = stopwatch();
        assert!(!f());
        start.elapsed().as_secs_f64()
    };
    // Other work on the machine only ever adds time, so the shortest of many is the true one.
    let (mut known, mut nobody) = (f64::MAX, f64::MAX);
    for round in 0..60 {
        known = known.min(time(&|| keys.passwords().verify("wrong one", &stored)));
        nobody = nobody.min(time(&|| keys.passwords().verify_nobody("wrong one")));
        if round >= 4 && (0.67..1.5).contains(&(nobody / known)) {
            break;
        }
    }
    assert!((0.67..1.5).contains(&(nobody / known)), "unknown {nobody} s, known {known} s");
    assert!(!keys.passwords().verify_nobody(&"x".repeat(1000)) && !keys.passwords().verify(&"x".repeat(1000), &stored));
}

#[expect(clippy::disallowed_methods, reason = "measures how long the work takes")]
fn stopwatch() -> std::time::Instant {
    std::time::Instant::now()
}

#[test]
fn s057_length_is_counted_in_characters_and_nothing_is_cut() {
    let check = |p: &str| weaknesses(Profile::Public, p, &[]);
    assert_eq!(check("七个汉字的密码"), [Weakness::TooShort(8)]);
    assert_eq!(check("正好八个汉字密码"), []);
    let long: String = "稻花香里说丰年听取蛙声一片七八个星天外".repeat(6);
    assert_eq!(check(&long.chars().take(128).collect::<String>()), []);
    assert_eq!(check(&"稻花香里说丰年听取蛙".repeat(13)), [Weakness::TooLong]);
    assert_eq!(check("three green\u{7} ponds"), [Weakness::Control]);

    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let sixty_five = "田".repeat(64) + "甲";
    let stored = keys.passwords().hash(&sixty_five).unwrap();
    assert!(!keys.passwords().verify(&("田".repeat(64) + "乙"), &stored), "the 65th character counts");
    assert!(keys.passwords().verify(&sixty_five, &stored));
}

#[test]
fn s059_what_everybody_tries_first_is_refused() {
    for common in [
        "password",
        "Password1",
        "passw0rd",
        "P@ssw0rd123",
        "password123!",
        "qwerty123",
        "iloveyou1",
        "admin888",
        "admin1234",
        "woaini1314",
        "woaini520",
        "zhangwei123",
        "wangwei888",
        "1qaz2wsx",
        "qazwsxedc",
        "1q2w3e4r",
        "12345678",
        "87654321",
        "88888888",
        "abcd1234",
        "a1234567",
        "aa123456",
        "asdfghjkl",
        "5201314520",
        "11223344",
        "abc12345",
        "woaiwojia",
        "nihao123456",
        "huawei888",
        "zhang123456",
        "adminadmin",
        "letmein!!",
        "dragon2024",
        "１２３４５６７８",
        "19900101",
        "13812345678",
        "qwertyui",
        "zxcvbnm,./",
        "abababab",
        "test1234",
        "hunan2026",
        "yongzhou888",
        "monkey12",
        "pansanmei88",
        "liuyang1986",
        "wangjian520",
        "woaimama",
        "zhendeaini",
        "a1b2c3d4e5f6",
        "qq5201314",
        "meiyoumima",
    ] {
        assert!(!weaknesses(Profile::Public, common, &[]).is_empty(), "{common} was taken");
    }
    for fine in [
        "三月种稻九月收",
        "塘里有二十条鱼",
        "correct horse battery",
        "Tr4ctor-in-the-rain",
        "gk7vpm2xq",
        "春风又绿江南岸2",
        "liuyunxian-tang-8mu",
        "483920175562",
    ] {
        let fine = format!("{fine}好");
        assert_eq!(weaknesses(Profile::Public, &fine, &[]), [], "{fine} was refused");
    }
}

#[test]
fn s055_own_data_and_the_exchange_s_name_are_no_password() {
    let personal = ["pansanmei", "盘三妹", "13974612345", "431199199001011236"];
    let check = |p: &str| weaknesses(Profile::Public, p, &personal);
    for own in [
        "pansanmei#2026",
        "盘三妹盘三妹12",
        "x13974612345",
        "xk612345wv",
        "z011236zz",
        "lanshan2026",
        "蓝山农村产权交易",
        "NongQuan#1",
    ] {
        assert_eq!(check(own), [Weakness::Personal], "{own}");
    }
    assert_eq!(check("我家在蓝山种了三十亩水稻"), []);
}

#[test]
fn s060_kinds_are_asked_of_staff_only() {
    assert_eq!(weaknesses(Profile::Public, "evening rice fields", &[]), []);
    assert_eq!(weaknesses(Profile::Staff, "evening rice fields", &[]), [Weakness::Kinds]);
    assert_eq!(weaknesses(Profile::Staff, "Evening rice fields", &[]), []);
    assert_eq!(weaknesses(Profile::Staff, "Rice field 7", &[]), []);
    assert_eq!(weaknesses(Profile::Staff, "Rice-fiel7", &[]), [Weakness::TooShort(12)]);
    for weakness in weaknesses(Profile::Staff, "123", &[]) {
        assert!(weakness.zh().ends_with('。'), "{}", weakness.zh());
    }
}
