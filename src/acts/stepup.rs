//! Step-up: the password again and a one-time code through the outbox, bound to the hash of what
//! is signed. Real time counts.

use super::login;
use super::messages::{self, Secret};
use crate::context::{App, new_id};
use crate::crypto::otp::Bound;
use crate::crypto::suite::Hash;
use crate::domain::actor::Actor;
use crate::domain::refusal::Refusal;
use crate::store::{Fault, Stop, accounts};

const ATTEMPTS: i64 = 5;

/// Codes one account may ask for within a quarter of an hour.
const ASKED: i64 = 10;

/// What a code is for, in the words of the message: the person reads there what he is about to sign, so the words
/// are the server's own and never what a form sends.
pub fn what(purpose: &str) -> Option<&'static str> {
    match purpose {
        "notice-confirmation" => Some("确认公告文本"),
        "confirmation" => Some("签署成交确认书"),
        "contract" => Some("签订合同"),
        "certificate" => Some("批准交易鉴证书"),
        "delivery" => Some("签署交割单"),
        _ => None,
    }
}

/// Somebody asks for a code on a page; asked for too often, he waits.
pub fn ask(app: &App, actor: &Actor, purpose: &str, subject: &Hash) -> Result<(), Stop> {
    let what = what(purpose).ok_or(Refusal::NotFound)?;
    let key = format!("step-up:{}", actor.account);
    login::wait(app, &key)?;
    login::count(app, &key, ASKED)?;
    send_code(app, actor, purpose, what, subject)
}

/// Sends a code for this purpose and subject to the caller's own telephone or mail.
pub fn send_code(app: &App, actor: &Actor, purpose: &str, what_zh: &str, subject: &Hash) -> Result<(), Stop> {
    let account = actor.account.to_string();
    let bound = Bound { purpose, account: &account, subject };
    let issued = app.keys.codes().issue(&bound).map_err(|e| Fault::Setup(e.to_string()))?;
    let now = app.clock.real();
    app.store.write(|tx| {
        tx.insert_code(
            new_id(),
            actor.account,
            purpose,
            &subject.hex(),
            &issued.stored,
            now,
            now.plus_secs(Secret::OneTimeCode.life_secs()),
        )?;
        let body =
            format!("【蓝山农权】验证码 {}，用于“{what_zh}”，10 分钟内有效。工作人员不会向您索要验证码。", issued.code);
        if messages::secret(app, tx, actor.account, Secret::OneTimeCode, "验证码", body)? {
            Ok(())
        } else {
            Err(Refusal::StepUp {
                message: "账号没有登记手机号或邮箱，收不到验证码。请先联系管理员登记。".into()
            }
            .into())
        }
    })
}

/// Checks password and code and uses the code up. Every wrong attempt counts.
pub fn confirm(
    app: &App,
    actor: &Actor,
    purpose: &str,
    subject: &Hash,
    password: &str,
    code: &str,
) -> Result<(), Stop> {
    let account = app.store.read(|db| accounts::find(db, actor.account))?.ok_or(Refusal::NotFound)?;
    let password_right = app.keys.passwords().verify(password, &account.password_hash);
    let now = app.clock.real();
    let name = actor.account.to_string();
    let bound = Bound { purpose, account: &name, subject };
    app.store.write(|tx| {
        let waiting = tx.try_code(actor.account, purpose, &subject.hex())?;
        let Some(waiting) = waiting else {
            return Err(refuse("请先获取验证码。如果签署内容刚刚有变化，需要重新获取。"));
        };
        if waiting.expires_at <= now || waiting.attempts > ATTEMPTS {
            tx.use_code(waiting.id, now)?;
            return Err(refuse("验证码已过期或错误次数过多，请重新获取。"));
        }
        if !password_right || !app.keys.codes().check(&waiting.stored, &bound, code) {
            tx.note_security(new_id(), now, Some(actor.account), "step_up_failed", purpose)?;
            return Err(refuse("登录密码或验证码不正确，请核对后再试。"));
        }
        tx.use_code(waiting.id, now)?;
        Ok(())
    })
}

fn refuse(message: &str) -> Stop {
    Stop::Refused(Refusal::StepUp { message: message.to_owned() })
}
