//! Tokens, codes to type, one-time codes, bidder numbers.

use std::collections::HashSet;

use nongquan::crypto::otp::Bound;
use nongquan::crypto::token::{SpokenCode, Token, TokenHash, below, bidder_no};
use nongquan::crypto::{Keys, Suite, sm3};

#[test]
fn s073_tokens_are_long_random_and_stored_hashed() {
    let tokens: Vec<Token> = (0..10_000).map(|_| Token::random().unwrap()).collect();
    let distinct: HashSet<&str> = tokens.iter().map(Token::expose).collect();
    assert_eq!(distinct.len(), 10_000);
    let token = &tokens[0];
    assert_eq!(token.expose().len(), 43);
    assert_ne!(token.hash().to_string(), token.expose());
    let back = Token::parse(token.expose()).unwrap();
    assert_eq!(back.hash(), token.hash());
    assert_eq!(token.hash().to_string().parse::<TokenHash>().unwrap(), token.hash());
    assert_eq!(format!("{token:?}"), "Token(…)");
    for bad in ["", "short", &token.expose()[1..], &format!("{}=", token.expose()), &"!".repeat(43)] {
        assert!(Token::parse(bad).is_none(), "{bad}");
    }
}

#[test]
fn every_bit_of_a_token_varies() {
    let tokens: Vec<Token> = (0..2_000).map(|_| Token::random().unwrap()).collect();
    for place in 0..42 {
        let letters: HashSet<u8> = tokens.iter().map(|t| t.expose().as_bytes()[place]).collect();
        assert_eq!(letters.len(), 64, "character {place} takes only {} values", letters.len());
    }
}

#[test]
fn s066_a_spoken_code_survives_how_people_type() {
    let code = SpokenCode::random().unwrap();
    let shown = code.expose();
    assert_eq!(shown.len(), 19);
    let full_width: String = shown.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect();
    for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('-', ""), full_width] {
        assert_eq!(SpokenCode::parse(&typed).unwrap().hash(), code.hash(), "{typed}");
    }
    assert!(SpokenCode::parse(&shown[1..]).is_none());
    assert!(SpokenCode::parse("IIII-OOOO-0000-1111").is_none());
    assert_ne!(SpokenCode::random().unwrap().hash(), code.hash());
}

#[test]
fn s068_a_one_time_code_serves_one_person_one_act_one_document() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let (contract, other) = (sm3(&[b"contract"]), sm3(&[b"contract with a lower price"]));
    let bound = Bound { purpose: "sign-contract", account: "7", subject: &contract };
    let issued = keys.codes().issue(&bound).unwrap();
    assert!(issued.code.len() == 6 && issued.code.bytes().all(|b| b.is_ascii_digit()));
    assert!(!issued.stored.contains(&issued.code));
    let check = |bound: &Bound<'_>, typed: &str| keys.codes().check(&issued.stored, bound, typed);
    assert!(check(&bound, &issued.code));
    let spaced = format!(" {} {} ", &issued.code[..3], &issued.code[3..]);
    assert!(check(&bound, &spaced));
    assert!(!check(&Bound { purpose: "login", ..bound }, &issued.code));
    assert!(!check(&Bound { account: "8", ..bound }, &issued.code));
    assert!(!check(&Bound { subject: &other, ..bound }, &issued.code), "the text changed after the code was sent");
    assert!(!check(&bound, "") && !check(&bound, &issued.code[1..]));
    let elsewhere = Keys::ephemeral(Suite::Intl).unwrap();
    assert!(!elsewhere.codes().check(&issued.stored, &bound, &issued.code), "a stolen hash cannot be tried out");
    assert!(!keys.codes().check("", &bound, &issued.code) && !keys.codes().check("zz", &bound, &issued.code));
}

#[test]
fn t09_bidder_numbers_tell_neither_order_nor_count() {
    let mut taken = HashSet::new();
    let mut drawn = Vec::new();
    for _ in 0..600 {
        let no = bidder_no(&taken).unwrap().unwrap();
        assert!((1000..=9999).contains(&no) && taken.insert(no));
        drawn.push(no);
    }
    let rising = drawn.windows(2).filter(|w| w[1] > w[0]).count();
    assert!((200..400).contains(&rising), "{rising} of 599 rise");
    let low = drawn.iter().filter(|n| **n < 5500).count();
    assert!((200..400).contains(&low), "{low} of 600 in the lower half");
    let all_but: HashSet<u16> = (1000..=9999).filter(|n| *n != 4817).collect();
    assert_eq!(bidder_no(&all_but).unwrap(), Some(4817));
    assert_eq!(bidder_no(&(1000..=9999).collect()).unwrap(), None);
}

#[test]
fn small_random_numbers_are_even() {
    let mut counts = [0u32; 3];
    for _ in 0..9_000 {
        counts[below(3).unwrap() as usize] += 1;
    }
    assert!(counts.iter().all(|c| (2_700..3_300).contains(c)), "{counts:?}");
    assert_eq!(below(1).unwrap(), 0);
    assert_eq!(below(0).unwrap(), 0);
}
