//! The finance desk: statements, orders, payment files, the ledger, the fee table.

mod fees;
mod ledger;
mod lines;
mod orders;

crate::routes! {
    get "/work/finance" => lines::page;
    post "/work/finance/statements" => lines::import;
    get "/work/finance/lines/{id}" => lines::line_page;
    post "/work/finance/lines/{id}/match" => lines::match_line;
    post "/work/finance/lines/{id}/return" => lines::return_line;
    get "/work/refunds" => orders::page;
    post "/work/refunds/{id}/step" => orders::step;
    post "/work/refunds/files" => orders::make_file;
    get "/work/refunds/files/{id}" => orders::file;
    get "/work/ledger" => ledger::page;
    get "/admin/fees" => fees::page;
    post "/admin/fees" => fees::propose;
    post "/admin/fees/{id}" => fees::decide;
}
