//! Numbers of persons in texts that everybody will read (rulebook 9.6).

use super::{Phone, ResidentId};
use crate::base::money::half_width;

/// What to say when a public text holds somebody's number.
pub const BETRAYED: &str =
    "这里的内容会公开，请不要填写身份证号、手机号或银行卡号；联系方式可以写乡镇服务站或县中心的固定电话";

/// Whether a text holds an ID number, a mobile number or a bank card. Full-width digits and blanks or
/// dashes between digits do not hide one. Codes of land and papers are left alone.
pub fn betrays(text: &str) -> bool {
    let mut run = String::new();
    let mut pending = false;
    for c in text.chars().map(half_width).chain(['。']) {
        let digit = c.is_ascii_digit() || (matches!(c, 'x' | 'X') && run.len() == 17);
        if digit {
            run.push(c);
            pending = false;
        } else if matches!(c, ' ' | '-') && !run.is_empty() && !pending {
            // One separator may stand inside a number; two end it.
            pending = true;
        } else {
            if is_personal(&run) {
                return true;
            }
            run.clear();
            pending = false;
        }
    }
    false
}

/// What to say when somebody chooses a number of his own as his login.
pub const LOGIN_BETRAYS: &str =
    "账号不能是手机号、身份证号、银行账号或者含有这样的号码：账号会出现在日志和名册里，请换一个，例如姓名的拼音";

/// Whether a login holds what may be an ID, telephone or bank number: eleven digits or more, with dots and dashes
/// between them or not. Logins stand in clear where those numbers are sealed, and nobody needs a longer figure in one.
pub fn login_betrays(login: &str) -> bool {
    let mut run = 0;
    for c in login.chars().map(half_width).filter(|c| !matches!(c, '.' | '-' | '_' | ' ')) {
        run = if c.is_ascii_digit() { run + 1 } else { 0 };
        if run >= 11 {
            return true;
        }
    }
    false
}

fn is_personal(run: &str) -> bool {
    match run.len() {
        11 => run.starts_with('1') && Phone::parse(run).is_ok(),
        18 if ResidentId::parse_stored(run).is_ok() => true,
        // Cards of the country begin so; codes of land begin with the province.
        16..=19 => run.starts_with("62"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_are_seen_however_they_are_written() {
        for text in [
            "联系人李长根13574600001",
            "电话：１３５ ７４６０ ０００１。",
            "135-7460-0001",
            "身份证43112719800101001X号",
            "43112719800101001x",
            "卡号6222021234561235",
        ] {
            assert!(betrays(text), "{text}");
        }
    }

    #[test]
    fn a_number_is_no_login() {
        let numbers = [
            "13574600001",
            "135-7460-0001",
            "li13574600001",
            "43112719800101001x",
            "431127800101001",
            "6222021234561235",
            "0746.2210.000",
            "１３５７４６００００１",
        ];
        for login in numbers {
            assert!(login_betrays(login), "{login}");
        }
        for login in ["admin", "li-chunsheng", "li19800101", "robot-1", "91ab", "zhang.2026-11-28"] {
            assert!(!login_betrays(login), "{login}");
        }
    }

    #[test]
    fn everything_else_may_stand() {
        for text in [
            "",
            "面积12.5亩，2026年11月22日",
            "固定电话0746-2210000，传真 0746 2210001",
            "湘（2012）蓝山县不动产权第0001234号",
            "地块编码4311271000010100001",
            "标的 LSNC431127100-05-202603-0001-01",
            "431127198001010011",
            "价格600元至1357460元",
        ] {
            assert!(!betrays(text), "{text}");
        }
    }
}
