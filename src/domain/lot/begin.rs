//! How a lot begins: the draft that its events are applied to.

use super::{CertificateFile, Lot, Signatures, Stage};
use crate::base::Instant;
use crate::base::ids::{AccountId, LotId, PartyId, ProjectId};
use crate::category::VarietyCode;
use crate::gazette::Place;

impl Lot {
    /// A new draft.
    pub fn draft(
        id: LotId,
        project: ProjectId,
        transferor: PartyId,
        place: Place,
        variety: VarietyCode,
        at: Instant,
    ) -> Lot {
        Lot {
            id,
            project,
            transferor,
            helper: None,
            place,
            variety,
            stage: Stage::Draft,
            entered_at: at,
            public: false,
            seq: 0,
            project_no: None,
            lot_no: None,
            acceptance_no: None,
            terms: None,
            correction: Vec::new(),
            correction_until: None,
            corrections: (0, 0),
            opinions: Vec::new(),
            notice_confirmed: None,
            listing: None,
            session: None,
            outcome: None,
            publicity_ends: None,
            publicity_left: None,
            publicity_days_left: None,
            objections: Vec::new(),
            confirmation_no: None,
            confirmation: Signatures::default(),
            approvals: Vec::new(),
            intention: None,
            scan: None,
            contract: None,
            payment: None,
            certificate: CertificateFile::default(),
            delivery: Signatures::default(),
            delivery_note: String::new(),
            handover: None,
            file_no: None,
            ending: None,
            hands: Vec::new(),
            last: String::new(),
        }
    }

    /// Entered by this officer on behalf of the right holder.
    #[must_use]
    pub fn entered_by(mut self, helper: Option<AccountId>) -> Lot {
        self.helper = helper;
        self
    }

    /// The lot as it was before its first event; what a replay starts from.
    pub fn before_events(&self, started: Instant) -> Lot {
        Lot::draft(self.id, self.project, self.transferor, self.place.clone(), self.variety, started)
            .entered_by(self.helper)
    }
}
