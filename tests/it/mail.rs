//! Messages: out once, whole, and with nothing slipped into their headers.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use nongquan::mail::sms::{Sms, SmsFolder, SmsGateway};
use nongquan::mail::{FolderMailer, Mailer, MemoryMailer, Message, NotSent, SmtpMailer};
use tempfile::tempdir;

const FROM: &str = "exchange@lanshan.example";

fn message() -> Message {
    Message {
        id: "0192f3a0-0000-7000-8000-000000000001".into(),
        to: "pan@village.example".into(),
        subject: "竞价通知书".into(),
        body: "您的竞买号是 4817。\n".into(),
    }
}

#[test]
fn a_folder_receives_whole_mails() {
    let dir = tempdir().unwrap();
    let folder = dir.path().join("mail");
    FolderMailer::new(&folder, FROM).unwrap().send(&message()).unwrap();
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    let text = std::fs::read_to_string(&files[0]).unwrap();
    for header in [
        "From: exchange@lanshan.example",
        "To: pan@village.example",
        "Message-ID: <0192f3a0-0000-7000-8000-000000000001@lanshan.example>",
    ] {
        assert!(text.lines().any(|l| l == header), "{header} in {text}");
    }
    assert!(text.contains("charset=utf-8"), "{text}");
}

#[test]
fn s013_nobody_adds_headers_or_receivers() {
    let mailer = MemoryMailer::default();
    let with = |edit: &dyn Fn(&mut Message)| {
        let mut bad = message();
        edit(&mut bad);
        mailer.send(&bad)
    };
    for to in ["a@b.example\r\nBcc: x@y.example", "a@b.example, x@y.example", "A <a@b.example>", "", "a@b.example\n"] {
        assert!(matches!(with(&|m| m.to = to.into()), Err(NotSent::Refused(_))), "{to:?}");
    }
    for subject in ["a\r\nBcc: x@y.example", "a\nb", "\u{0}"] {
        assert!(matches!(with(&|m| m.subject = subject.into()), Err(NotSent::Refused(_))), "{subject:?}");
    }
    assert!(matches!(with(&|m| m.id = "a>\r\nX: y".into()), Err(NotSent::Refused(_))));
    assert_eq!(mailer.sent(), []);
    mailer.send(&message()).unwrap();
    assert_eq!(mailer.sent(), [message()]);
}

/// A mail server that greets and then answers each command with the next of these lines.
fn server(answers: &'static [(&'static str, &'static str)]) -> (String, thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let handle = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        talk(stream, answers)
    });
    (url, handle)
}

fn talk(mut stream: TcpStream, answers: &[(&str, &str)]) -> Vec<String> {
    let mut heard = Vec::new();
    stream.write_all(b"220 ready\r\n").unwrap();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut in_data = false;
    while let Some(Ok(line)) = lines.next() {
        let answer = if in_data {
            in_data = line != ".";
            if in_data { None } else { Some("250 kept") }
        } else {
            in_data = line == "DATA";
            answers.iter().find(|(verb, _)| line.starts_with(verb)).map(|(_, answer)| *answer).or(Some("250 ok"))
        };
        heard.push(line);
        if let Some(answer) = answer {
            stream.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
        }
    }
    heard
}

#[test]
fn a_server_receives_the_mail() {
    let (url, heard) = server(&[("DATA", "354 go on")]);
    SmtpMailer::new(&url, FROM).unwrap().send(&message()).unwrap();
    let heard = heard.join().unwrap();
    assert!(heard.contains(&"RCPT TO:<pan@village.example>".to_owned()), "{heard:?}");
}

#[test]
fn f09_refused_for_good_and_for_now_are_told_apart() {
    let (url, heard) = server(&[("RCPT", "550 no such person")]);
    assert!(matches!(SmtpMailer::new(&url, FROM).unwrap().send(&message()), Err(NotSent::Refused(_))));
    heard.join().unwrap();
    let (url, heard) = server(&[("RCPT", "451 busy")]);
    assert!(matches!(SmtpMailer::new(&url, FROM).unwrap().send(&message()), Err(NotSent::Later(_))));
    heard.join().unwrap();
    // Nobody listens there any more.
    assert!(matches!(SmtpMailer::new(&url, FROM).unwrap().send(&message()), Err(NotSent::Later(_))));
}

#[test]
fn s126_no_password_in_what_is_logged() {
    let mailer = SmtpMailer::new("smtps://user:top-secret@mail.example:465", FROM).unwrap();
    assert!(!format!("{mailer:?}").contains("top-secret"));
    let fault = SmtpMailer::new("http://user:top-secret@mail.example", FROM).unwrap_err();
    assert!(!fault.to_string().contains("top-secret"), "{fault}");
    assert!(SmtpMailer::new("smtp://mail.example", "nobody").is_err());
}

#[test]
fn text_messages_reach_the_folder_once() {
    let dir = tempdir().unwrap();
    let gateway = SmsFolder::new(dir.path()).unwrap();
    let sms =
        Sms { id: "m-1".into(), phone: "13974612345".into(), text: "【蓝山农权】验证码 123456。".into() };
    std::fs::write(dir.path().join("m-1.part"), b"left by a crash").unwrap();
    gateway.send(&sms).unwrap();
    gateway.send(&sms).unwrap();
    let files: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(files, ["m-1.json"]);
    let read: Sms = serde_json::from_slice(&std::fs::read(dir.path().join("m-1.json")).unwrap()).unwrap();
    assert_eq!(read, sms);
    for (id, phone, text) in
        [("../x", "13974612345", "t"), ("m", "1397461234", "t"), ("m", "+8613974612", "t"), ("m", "13974612345", "")]
    {
        let bad = Sms { id: id.into(), phone: phone.into(), text: text.into() };
        assert!(matches!(gateway.send(&bad), Err(NotSent::Refused(_))), "{bad:?}");
    }
}
