//! Every number of appendix A, typed. The values live in `catalog/rules.toml`; this file
//! says which keys exist, of what kind they are and where the rulebook speaks of them.

use serde_json::Value as Json;

use super::setting::{MonthDay, SettingValue, Values, take};
use super::words::{
    AfterDefault, AmountBase, BidMode, FeePayer, FormationEvent, MemberLevel, NameMode, PriorityTie, RentChannel,
    RoutingLevel,
};
use crate::base::CloseTime;
use crate::category::PriorityClass;

macro_rules! groups {
    ($($(#[$gmeta:meta])* $group:ident: $Group:ident { $($(#[$meta:meta])* $key:ident: $ty:ty,)+ })+) => {
        $(
            $(#[$gmeta])*
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $Group { $($(#[$meta])* pub $key: $ty,)+ }
        )+

        /// The values of all groups.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Settings { $($(#[$gmeta])* pub $group: $Group,)+ }

        impl Settings {
            /// Every key there is, `group.key`.
            pub const KEYS: &'static [&'static str] =
                &[$($(concat!(stringify!($group), ".", stringify!($key)),)+)+];

            /// Builds the typed settings; every fault is told with its key.
            pub(super) fn build(values: &Values) -> Result<Settings, Vec<(String, String)>> {
                let mut faults = Vec::new();
                $($(let $key = take::<$ty>(values, concat!(stringify!($group), ".", stringify!($key)), &mut faults);)+
                let $group = (|| Some($Group { $($key: $key?,)+ }))();)+
                let all = (|| Some(Settings { $($group: $group?,)+ }))();
                all.ok_or(faults)
            }

            /// Every key with its value in canonical form.
            pub(super) fn values(&self) -> Vec<(&'static str, Json)> {
                vec![$($((concat!(stringify!($group), ".", stringify!($key)), self.$group.$key.canonical()),)+)+]
            }
        }
    };
}

groups! {
    /// Calendar (rulebook 0.4).
    cal: Cal {
        /// The counters open; no session starts before.
        open_time: CloseTime,
        /// Close of business.
        close_time: CloseTime,
        /// Listings, deposit deadlines and sessions never end on a day off.
        end_on_workday: bool,
    }
    /// Who organises trading (rulebook 1.4).
    routing: Routing {
        /// County for all, by the plan.
        level: RoutingLevel,
        /// Whether private deals may be put on file (场外备案).
        off_market_filing: bool,
        /// Whether lots of state equity are sent on to a qualified exchange (rule E70).
        redirect_state_equity: bool,
    }
    /// Time limits of reviews (rulebook 2.3), in working days.
    review: Review {
        /// Township first review.
        town_wd: u32,
        /// Acceptance by the centre.
        accept_wd: u32,
        /// Substantive review by the centre.
        center_wd: u32,
        /// A department's opinion.
        dept_wd: u32,
        /// Publication after approval.
        publish_wd: u32,
        /// Qualification of bidders.
        qualify_wd: u32,
        /// The applicant's time to supplement.
        supplement_wd: u32,
        /// How often papers may be supplemented.
        supplement_rounds: u32,
        /// Hosted negotiation.
        negotiate_wd: u32,
    }
    /// Listing periods (rulebook 2.5).
    listing: Listing {
        /// Land and resources.
        land_wd: u32,
        /// Land and resources in the farming window.
        season_min_wd: u32,
        /// Whether the farming window shortens the period.
        season_enabled: bool,
        /// First day of the farming window.
        season_from: MonthDay,
        /// Last day of the farming window.
        season_to: MonthDay,
        /// Forest.
        forest_wd: u32,
        /// Posting inside the collective that goes with a forest listing, natural days.
        forest_posting_d: u32,
        /// Assets below 100,000 yuan.
        asset_lt_100k_wd: u32,
        /// Assets of 100,000 to 500,000 yuan.
        asset_100k_500k_wd: u32,
        /// Assets above 500,000 to 2,000,000 yuan.
        asset_500k_2m_wd: u32,
        /// Assets above 2,000,000 yuan.
        asset_gt_2m_wd: u32,
        /// Village works and purchases below the tender thresholds.
        small_works_wd: u32,
        /// Auctions: natural days of notice.
        auction_floor_d: u32,
        /// Tenders required by law: natural days from release to deadline.
        tender_floor_d: u32,
        /// State equity.
        state_equity_floor_wd: u32,
        /// State assets below 10,000,000 yuan.
        state_asset_wd: u32,
        /// State assets of 10,000,000 yuan or more.
        state_asset_gt_10m_wd: u32,
        /// Collective construction land: natural days.
        construction_land_d: u32,
        /// Longest time on the market, months.
        max_months: u32,
    }
    /// Extension of a listing (rulebook 2.4); only if printed in the notice.
    extend: Extend {
        /// Whether notices offer it.
        enabled: bool,
        /// Extends when at most this many have applied.
        trigger_le: u32,
        /// Length of one extension.
        cycle_wd: u32,
        /// How often.
        max_cycles: u32,
    }
    /// Amendments (rulebook 2.4).
    amend: Amend {
        /// How often in a round.
        max: u32,
        /// Working days that must be left after a minor one.
        minor_min_left_wd: u32,
        /// A material one restarts the period.
        material_restarts: bool,
    }
    /// Listing again at a lower price (rulebook 2.4).
    relist: Relist {
        /// Deepest cut of one round, percent.
        max_cut_pct: u32,
        /// Rounds on one resolution.
        max_rounds: u32,
        /// Lowest price without a new vote, percent of the appraisal.
        cum_floor_pct_no_vote: u32,
        /// Lowest price at all, percent of the appraisal.
        abs_floor_pct: u32,
    }
    /// Suspension (rulebook 2.4).
    suspend: Suspend {
        /// Longest suspension, months.
        max_months: u32,
        /// How often it may be prolonged.
        extensions: u32,
    }
    /// Live bidding (rulebook 3.2 to 3.5).
    bid: Bid {
        /// Length of the free phase, minutes.
        free_minutes: u32,
        /// Length of the limited phase, seconds.
        limited_seconds: u32,
        /// How the limited phase ends.
        mode: BidMode,
        /// The limited phase opens even when nobody has bid.
        enter_limited_without_bid: bool,
        /// Only who bid in the free phase may bid in the limited one.
        require_prior_bid: bool,
        /// The leader may outbid himself.
        allow_self_raise: bool,
        /// A raise must be a multiple of the step.
        must_multiple: bool,
        /// Default step, thousandths of the start price (1 % = 10).
        step_per_mille: u32,
        /// Most steps in one raise.
        max_multiple: u32,
        /// Above this many steps the bidder confirms again.
        confirm_above_multiple: u32,
        /// Hidden reserve prices are allowed.
        hidden_reserve: bool,
        /// Notice before the session.
        notice_wd: u32,
    }
    /// Technical freeze (rulebook 3.9).
    outage: Outage {
        /// A gap in the heartbeat above this freezes the room, seconds.
        gap_seconds: u32,
        /// Fixed within this many minutes, the session resumes directly.
        direct_minutes: u32,
        /// Otherwise it resumes no earlier than this many hours after notice.
        notice_hours: u32,
        /// Preparation before a limited phase resumes, minutes.
        prepare_minutes: u32,
    }
    /// Sealed bids (rulebook 3.6).
    sealed: Sealed {
        /// A bid may be replaced until the deadline.
        resubmit: bool,
        /// Time for tied bidders to quote again, minutes.
        tie_requote_minutes: u32,
    }
    /// Few bidders (rulebook 3.7); the policy itself stands in each variety.
    sole: Sole {
        /// Fewest bidders for works and purchases.
        min_bidders_cat_8: u32,
    }
    /// Priority (rulebook 4).
    priority: Priority {
        /// Order among holders for land.
        order_land: Vec<PriorityClass>,
        /// Order among holders when a house or share is sold.
        order_house_sale: Vec<PriorityClass>,
        /// Order among holders when a house is let.
        order_house_lease: Vec<PriorityClass>,
        /// How often one holder may match; open for no limit.
        limit: Option<u32>,
        /// Equal rank at the same price.
        tie: PriorityTie,
        /// Time to answer when holders are asked after the session, minutes.
        ask_minutes: u32,
        /// Who counts as a member.
        member_level: MemberLevel,
    }
    /// Deposits (rulebook 5.1 to 5.3).
    deposit: Deposit {
        /// Base for leases.
        base_lease: AmountBase,
        /// Base for sales.
        base_sale: AmountBase,
        /// Rate, percent.
        rate_pct: u32,
        /// Above this the director approves with a reason, percent.
        soft_cap_pct: u32,
        /// Never above this, percent.
        hard_cap_pct: u32,
        /// Never above this in category 8, percent.
        cat_8_cap_pct: u32,
        /// Smallest deposit, yuan.
        min_yuan: u32,
        /// Refund to losers.
        refund_wd: u32,
        /// From here on a refund is red.
        refund_red_wd: u32,
        /// Tenders return bank interest.
        tender_interest: bool,
    }
    /// Failed lots (rulebook 2.4).
    fail: Fail {
        /// Deposits are kept when nobody quotes at all.
        no_bid_forfeit: bool,
    }
    /// The winner's default (rulebook 2.4).
    default: WinnerDefault {
        /// What follows.
        next: AfterDefault,
        /// First ban, years.
        ban_first_years: u32,
        /// Further bans, years.
        ban_repeat_years: u32,
    }
    /// Result (rulebook 2.4, 2.5).
    result: ResultRules {
        /// Publicity.
        publicity_wd: u32,
        /// Publicity for state and coop property.
        publicity_state_coop_wd: u32,
        /// Answer to an objection, natural days.
        objection_reply_d: u32,
        /// Confirmation after publicity.
        confirm_wd: u32,
        /// How natural persons are named.
        name_mode: NameMode,
    }
    /// Statutory approval before the contract (rulebook 6.5).
    licence: Licence {
        /// The authority's time to decide.
        decide_wd: u32,
        /// Below this area the township decides, mu.
        township_below_mu: u32,
        /// Below this area the county decides, mu.
        county_below_mu: u32,
        /// Below this area the prefecture decides, mu.
        prefecture_below_mu: u32,
        /// Deals of one receiver within this many months are added up.
        aggregate_months: u32,
    }
    /// Village decisions (rulebook 6.6).
    decision: Decision {
        /// Posting of the decision before the application, natural days.
        posting_d: u32,
        /// A representatives' meeting is enough for land-contracting plans.
        representatives_for_land: bool,
    }
    /// Contract (rulebook 2.3, 2.6).
    contract: Contract {
        /// Signing after confirmation.
        sign_wd: u32,
        /// Filing with the collective and the township, natural days.
        filing_d: u32,
        /// Application to the authority after the intention agreement, natural days.
        intention_d: u32,
        /// Notice before the end of a lease, natural days.
        notice_d: u32,
        /// Return after the end of a lease, natural days.
        return_d: u32,
        /// A day's late delivery, ten-thousandths of the price.
        late_delivery_permyriad: u32,
        /// A day's late payment, ten-thousandths of what is due.
        late_payment_permyriad: u32,
        /// A day's late return, thousandths of the yearly rent.
        late_return_permille: u32,
        /// Delay after which the other side may rescind, natural days.
        rescission_d: u32,
        /// When the contract is formed.
        formation_event: FormationEvent,
    }
    /// Payment (rulebook 2.3, 5.8).
    pay: Pay {
        /// First payment after signing.
        first_wd: u32,
        /// Later rents.
        later_rent_channel: RentChannel,
    }
    /// Certificate (rulebook 2.3, 8.1 F11).
    cert: Cert {
        /// Issue after application.
        issue_wd: u32,
        /// Prints without approval.
        max_prints: u32,
    }
    /// Handover (rulebook 2.3).
    handover: Handover {
        /// Papers to the registering department.
        wd: u32,
        /// The registering department's answer.
        register_wd: u32,
        /// Price to the transferor.
        release_to_transferor_wd: u32,
        /// Archive, natural days.
        archive_d: u32,
    }
    /// Service fee (rulebook 5.6).
    fee: Fee {
        /// Who pays.
        payer: FeePayer,
        /// Which table of `fees/`; `none` until the county's is approved.
        table: String,
    }
    /// Lights (rulebook 9.1).
    lights: Lights {
        /// Yellow this many working days before the limit.
        yellow_before_wd: u32,
        /// Written explanation of a red light.
        explain_wd: u32,
    }
    /// Guide prices.
    guide: Guide {
        /// Band around the benchmark price, percent.
        band_pct: u32,
    }
}
