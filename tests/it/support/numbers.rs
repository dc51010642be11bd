//! Invented people's numbers with right check characters, under the unassigned area code 431199.

/// A resident identity number: eight digits of birth, three of sequence.
pub fn resident(birth: &str, sequence: &str) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("431199{birth}{sequence}");
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = b"10X98765432"[(sum % 11) as usize];
    format!("{body}{}", char::from(check))
}

/// A unified social credit code: `N2` for a collective, `91` for a company, and eight characters.
pub fn credit_code(kind: &str, body: &str) -> String {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |c: u8| LETTERS.iter().position(|l| *l == c).expect("a letter of the code") as u32;
    let plain = |c: u8| if c.is_ascii_digit() { u32::from(c - b'0') } else { u32::from(c - b'A') + 10 };
    let sum: u32 = body.bytes().zip([3, 7, 9, 10, 5, 8, 4, 2]).map(|(c, w)| plain(c) * w).sum();
    let check = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        n => char::from_digit(n, 10).expect("a digit"),
    };
    let code = format!("{kind}431199{body}{check}");
    let mut weight = 1;
    let mut total = 0;
    for c in code.bytes() {
        total += value(c) * weight;
        weight = weight * 3 % 31;
    }
    format!("{code}{}", char::from(LETTERS[((31 - total % 31) % 31) as usize]))
}
