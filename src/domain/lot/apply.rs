//! Folding events into the lot. No decision is made here: what happened, happened.

use super::{
    Approval, ApprovalDecision, Contract, Handover, Lot, LotEvent, Objection, Opinion, Party, Payment, Recorded,
    Signatures, Signing, Stage, Terms,
};
use crate::base::{Fen, Instant};
use crate::category::Department;

/// The lot after these events, starting from its draft.
pub fn replay<'a>(draft: Lot, events: impl IntoIterator<Item = &'a Recorded>) -> Lot {
    events.into_iter().fold(draft, |lot, record| lot.apply(record))
}

impl Lot {
    /// The lot after one more event.
    #[must_use]
    pub fn apply(mut self, record: &Recorded) -> Lot {
        let before = self.stage;
        self.seq = record.seq;
        if let (Some(act), Some(by)) = (record.act, record.by) {
            if !self.hands.contains(&(act, by)) {
                self.hands.push((act, by));
            }
            self.last = format!("{}，{}，{}", record.at.zh(), record.post, act.zh());
        }
        self.fold(&record.event, record.at);
        if self.stage != before {
            self.entered_at = record.at;
            // Whatever waited for its check was about the stage that is over.
            self.scan = None;
        }
        self
    }

    /// One arm for each event: what is more than a word or two has a function of its own below.
    fn fold(&mut self, event: &LotEvent, at: Instant) {
        match event {
            LotEvent::Submitted { terms, project_no, lot_no } => self.submitted(terms, project_no, lot_no),
            LotEvent::FirstPassed { township, .. } => self.first_passed(township),
            LotEvent::CorrectionAsked { items, by_centre, until } => self.correct(items, *by_centre, *until),
            LotEvent::FirstRejected { reason } => self.ends(Stage::FirstReturned, reason),
            LotEvent::Accepted { acceptance_no } => {
                self.stage = Stage::Review;
                self.acceptance_no = Some(acceptance_no.clone());
            }
            LotEvent::NotAccepted { reason } => self.ends(Stage::NotAccepted, reason),
            LotEvent::Consulted { departments } => {
                self.stage = Stage::Consultation;
                self.opinions.extend(departments.iter().map(|d| Opinion { department: *d, answer: None }));
            }
            LotEvent::Opined { department, agrees, opinion } => self.opined(*department, *agrees, opinion),
            LotEvent::ReviewPassed { .. } => self.stage = Stage::ToPublish,
            LotEvent::ReviewRejected { reason } => self.ends(Stage::ReviewRejected, reason),
            LotEvent::Withdrawn { reason } => self.ends(Stage::Withdrawn, reason),
            LotEvent::NoticeConfirmed { notice_hash } => self.notice_confirmed = Some(notice_hash.clone()),
            LotEvent::NoticeChanged { .. } => self.notice_confirmed = None,
            LotEvent::Published { listing } => {
                self.stage = Stage::Listed;
                self.public = true;
                self.listing = Some(listing.clone());
            }
            LotEvent::ListingClosed => self.stage = Stage::Qualifying,
            LotEvent::ListFrozen => self.stage = Stage::Qualified,
            LotEvent::Scheduled { session } => {
                self.stage = Stage::Scheduled;
                self.session = Some(session.clone());
            }
            LotEvent::SessionOpened => self.stage = Stage::FreeBidding,
            LotEvent::LimitedOpened => self.stage = Stage::LimitedBidding,
            LotEvent::SessionPaused { .. } => self.stage = Stage::BiddingPaused,
            LotEvent::SessionResumed { stage } => self.stage = *stage,
            LotEvent::NegotiationOpened => self.stage = Stage::Negotiation,
            LotEvent::ResultPosted { outcome, publicity_ends } => {
                self.stage = Stage::Publicity;
                self.outcome = Some(outcome.clone());
                self.publicity_ends = Some(*publicity_ends);
            }
            LotEvent::Ended { ending } => self.ends(ending.stage, &ending.reason),
            LotEvent::Objected { objection, answer_due, days_left } => {
                self.stop_publicity(*days_left, at);
                self.objections.push(Objection { id: *objection, due: *answer_due, sustained: None, closed: false });
            }
            LotEvent::ObjectionAnswered { objection, sustained, publicity_ends } => {
                for o in self.objections.iter_mut().filter(|o| o.id == *objection) {
                    o.sustained = Some(*sustained);
                }
                self.go_on_until(*publicity_ends);
            }
            LotEvent::ObjectionClosed { objection } => {
                for o in self.objections.iter_mut().filter(|o| o.id == *objection) {
                    o.closed = true;
                }
            }
            LotEvent::PublicityEnded { confirmation_no } => {
                self.stage = Stage::Confirmation;
                self.confirmation_no = Some(confirmation_no.clone());
            }
            LotEvent::ConfirmationSigned { party, signing } => sign(&mut self.confirmation, *party, signing, at),
            LotEvent::ApprovalAsked { kinds } => {
                self.stage = Stage::Approval;
                self.approvals = kinds.iter().map(|k| Approval { kind: *k, decision: None }).collect();
            }
            LotEvent::ApprovalDecided { kind, granted, number, day, note } => {
                let decided =
                    ApprovalDecision { granted: *granted, number: number.clone(), day: *day, note: note.clone() };
                for a in self.approvals.iter_mut().filter(|a| a.kind == *kind) {
                    a.decision = Some(decided.clone());
                }
            }
            LotEvent::ReadyToSign => self.stage = Stage::ToSign,
            LotEvent::ContractMade { contract_no, document, hash } => {
                self.contract = Some(Contract {
                    number: contract_no.clone(),
                    document: *document,
                    hash: hash.clone(),
                    made_at: at,
                    signatures: Signatures::default(),
                    scan: None,
                    filing_no: None,
                });
            }
            LotEvent::ContractSigned { party, signing } => {
                if let Some(c) = self.contract.as_mut() {
                    sign(&mut c.signatures, *party, signing, at);
                }
            }
            LotEvent::ScanUploaded { document } => match (self.stage, self.contract.as_mut()) {
                (Stage::ToSign, Some(c)) => c.scan = Some((*document, false)),
                (Stage::Approval, _) => self.intention = Some(*document),
                _ => self.scan = Some(*document),
            },
            LotEvent::ScanChecked { accepted, .. } => match (self.stage, self.contract.as_mut()) {
                (Stage::ToSign, Some(c)) => c.scan = c.scan.filter(|_| *accepted).map(|(d, _)| (d, true)),
                _ => self.scan = None,
            },
            LotEvent::Authenticated { filing_no, price_due, deposit_converted, fee_due, due } => {
                self.stage = Stage::AwaitingPayment;
                if let Some(c) = self.contract.as_mut() {
                    c.filing_no = Some(filing_no.clone());
                }
                self.payment = Some(Payment {
                    price_due: *price_due,
                    converted: *deposit_converted,
                    fee_due: *fee_due,
                    due: *due,
                    price_paid: Fen::ZERO,
                    fee_paid: Fen::ZERO,
                });
            }
            LotEvent::PaymentReceived { price, fee } => {
                if let Some(p) = self.payment.as_mut() {
                    p.price_paid = p.price_paid + *price;
                    p.fee_paid = p.fee_paid + *fee;
                }
            }
            LotEvent::PaidInFull => self.stage = Stage::Paid,
            LotEvent::CertificateApplied => self.stage = Stage::Certifying,
            LotEvent::CertificateDrafted { number } => self.certificate.number = Some(number.clone()),
            LotEvent::CertificateReturned { .. } => self.certificate.number = None,
            LotEvent::CertificateIssued { number } => {
                self.stage = Stage::Certified;
                self.certificate.number = Some(number.clone());
                self.certificate.issued_at = Some(at);
            }
            LotEvent::DeliverySigned { party, signing, note } => {
                sign(&mut self.delivery, *party, signing, at);
                if !note.is_empty() {
                    self.delivery_note = note.clone();
                }
            }
            LotEvent::Delivered => self.stage = Stage::Delivered,
            LotEvent::HandedOver { department, package, package_hash } => {
                self.stage = Stage::HandedOver;
                self.handover = Some(Handover {
                    department: *department,
                    package: *package,
                    package_hash: package_hash.clone(),
                    answer: None,
                });
            }
            LotEvent::Registered { registrable, number, note } => {
                self.stage = Stage::Registered;
                if let Some(h) = self.handover.as_mut() {
                    h.answer = Some((*registrable, number.clone(), note.clone()));
                }
            }
            LotEvent::Archived { file_no, .. } => {
                self.stage = Stage::Archived;
                self.file_no = Some(file_no.clone());
            }
        }
    }

    fn submitted(&mut self, terms: &Terms, project_no: &str, lot_no: &str) {
        // A correction asked for by the centre comes back to the centre.
        self.stage = if self.stage == Stage::AcceptanceCorrection { Stage::Acceptance } else { Stage::FirstReview };
        self.terms = Some(terms.clone());
        self.project_no = Some(project_no.to_owned());
        self.lot_no = Some(lot_no.to_owned());
        self.correction.clear();
        self.correction_until = None;
        self.ending = None;
    }

    fn first_passed(&mut self, township: &str) {
        self.stage = Stage::Acceptance;
        if !township.is_empty() {
            let answer = Some((true, township.to_owned()));
            self.opinions.push(Opinion { department: Department::Township, answer });
        }
    }

    fn correct(&mut self, items: &[String], by_centre: bool, until: Option<Instant>) {
        self.correction = items.to_vec();
        self.correction_until = until;
        if by_centre {
            self.stage = Stage::AcceptanceCorrection;
            self.corrections.1 += 1;
        } else {
            self.stage = Stage::FirstCorrection;
            self.corrections.0 += 1;
        }
    }

    fn opined(&mut self, department: Department, agrees: bool, opinion: &str) {
        for o in self.opinions.iter_mut().filter(|o| o.department == department) {
            o.answer = Some((agrees, opinion.to_owned()));
        }
        if self.opinions.iter().all(|o| o.answer.is_some()) {
            self.stage = Stage::Review;
        }
    }

    /// Over, for this reason.
    fn ends(&mut self, stage: Stage, reason: &str) {
        self.stage = stage;
        self.correction_until = None;
        self.ending = Some(reason.to_owned());
    }

    /// An objection stops the clock: by working days where the notice counts them, else by what is left of it.
    fn stop_publicity(&mut self, days_left: Option<u32>, at: Instant) {
        if self.stage == Stage::Publicity {
            let wall = || self.publicity_ends.map(|e| e.micros() - at.micros());
            self.publicity_left = if days_left.is_some() { None } else { wall() };
            self.publicity_days_left = days_left;
        }
        self.stage = Stage::ObjectionHandling;
    }

    /// With the last open objection answered, publicity goes on until then.
    fn go_on_until(&mut self, ends: Option<Instant>) {
        if let Some(ends) = ends {
            self.stage = Stage::Publicity;
            self.publicity_ends = Some(ends);
            self.publicity_left = None;
            self.publicity_days_left = None;
        }
    }
}

fn sign(signatures: &mut Signatures, party: Party, signing: &Signing, at: Instant) {
    let slot = match party {
        Party::Transferor => &mut signatures.transferor,
        Party::Transferee => &mut signatures.transferee,
    };
    *slot = Some((at, signing.clone()));
}
