//! The finance desk: statements, orders, payment files, the ledger, the fee table.

mod fees;
pub mod inquiry;
mod ledger;
mod lines;
mod orders;
mod unpaid;

crate::routes! {
    get "/desk/finance" => lines::page;
    get "/desk/finance/statement-sample.csv" => lines::sample;
    post "/desk/finance/statements" => lines::import;
    get "/desk/finance/lines/{id}" => lines::line_page;
    post "/desk/finance/lines/{id}/match" => lines::match_line;
    post "/desk/finance/lines/{id}/return" => lines::return_line;
    get "/desk/refunds" => orders::page;
    post "/desk/refunds/{id}/step" => orders::step;
    get "/desk/refunds/{id}/inquiry" => inquiry::page;
    post "/desk/refunds/{id}/inquiry" => inquiry::order;
    post "/desk/refunds/{id}/inquiry-end" => inquiry::end;
    get "/desk/refunds/{id}/unpaid" => unpaid::page;
    post "/desk/refunds/{id}/unpaid" => unpaid::send;
    post "/desk/refunds/files" => orders::make_file;
    get "/desk/refunds/files/{id}" => orders::file;
    get "/desk/ledger" => ledger::page;
    get "/admin/fees" => fees::page;
    post "/admin/fees" => fees::propose;
    post "/admin/fees/{id}" => fees::decide;
}
