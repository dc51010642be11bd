//! The real program as a process of its own.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use nongquan::domain::base::Instant;

use crate::support::Place;

/// The real program, serving a place from this moment of business time on.
pub struct Serving {
    child: Child,
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
}

impl Serving {
    /// Starts it and waits until it answers.
    pub fn start(place: &Place, at: Instant) -> Serving {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = place.config("127.0.0.1:1").place;
        let mut command = Command::new(env!("CARGO_BIN_EXE_nongquan"));
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--clock-at", &at.micros().to_string()]);
        command.arg("--data").arg(&config.data).arg("--keys").arg(&config.keys).env_clear();
        if let Some(url) = place.postgres() {
            command.args(["--database-url", url]);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut said = String::new();
        BufReader::new(child.stdout.as_mut().expect("its words")).read_line(&mut said).expect("a line");
        assert!(said.contains("已启动"), "{said}");
        let serving = Serving { child, origin: format!("http://127.0.0.1:{port}") };
        let agent = ureq::agent();
        for _ in 0..200 {
            if agent.get(format!("{}/healthz", serving.origin)).call().is_ok() {
                return serving;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the program does not answer");
    }

    /// SIGKILL: nothing is tidied up.
    pub fn kill(self) {
        drop(self);
    }
}

impl Drop for Serving {
    /// A test that falls leaves no process behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
