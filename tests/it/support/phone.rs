//! People's telephones: what the exchange really sent, read as a person reads it.

use nongquan::acts::outbox::{self, Senders, Way};
use nongquan::mail::sms::Sms;
use nongquan::store;

use super::World;

fn pending(world: &World) -> i64 {
    world.app.store.read(|db| store::outbox::pending_count(db)).expect("the outbox can be counted")
}

/// All telephones of a test. Messages leave by the service's own rounds into the folder from which the
/// county's modem takes them.
pub struct Phones {
    senders: Senders,
}

impl Phones {
    /// The senders that the settings name.
    pub fn new(world: &World) -> Phones {
        Phones { senders: outbox::senders(&world.app).expect("ways out of the house") }
    }

    /// Rounds of the jobs until every message has left; gives how many could not.
    pub fn deliver(&self, world: &World) -> i64 {
        for _ in 0..20 {
            nongquan::jobs::slow_round(&world.app);
            for way in Way::ALL {
                nongquan::jobs::message_round(&world.app, &self.senders, way);
            }
            if pending(world) == 0 {
                break;
            }
        }
        pending(world)
    }

    /// Everything that arrived at a number, oldest first.
    pub fn messages(&self, world: &World, phone: &str) -> Vec<String> {
        self.deliver(world);
        let mut all: Vec<Sms> = std::fs::read_dir(world.app.data.join("sms"))
            .expect("the folder of messages")
            .map(|entry| std::fs::read(entry.expect("an entry").path()).expect("a message"))
            .map(|bytes| serde_json::from_slice(&bytes).expect("a message"))
            .collect();
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all.into_iter().filter(|sms| sms.phone == phone).map(|sms| sms.text).collect()
    }

    /// The newest activation code on a telephone.
    pub fn activation(&self, world: &World, phone: &str) -> String {
        let texts = self.messages(world, phone);
        let text = texts.iter().rev().find(|t| t.contains("激活码 ")).expect("a code was sent");
        text.split("激活码 ").nth(1).expect("the code stands in the message").chars().take(19).collect()
    }

    /// The newest one-time code on a telephone.
    pub fn code(&self, world: &World, phone: &str) -> String {
        let texts = self.messages(world, phone);
        let text = texts.iter().rev().find(|t| t.contains("验证码")).expect("a code was sent");
        let after = text.split("验证码 ").nth(1).expect("the code stands in the message");
        after.chars().take_while(char::is_ascii_digit).collect()
    }
}
