//! From the first review to the public notice.

use super::Pond;

/// Township, centre, department, transferor, publication.
pub fn to_publication(pond: &mut Pond) {
    first_review(pond);
    accept_and_consult(pond);
    approve(pond);
    confirm_notice(pond);
    publish(pond);
}

/// The township asks once for a correction, then passes.
pub fn first_review(pond: &Pond) {
    pond.wait_for(3, 2, 10, 0);
    let _ = pond.browser("clerk").opened("/desk").says("乡镇初审");
    let correct = [("decision", "correct"), ("items", "坐落位置请写到组\n四至北至请写明是哪条村道")];
    let _ = pond.act("clerk", "first-review", &correct).says("初审决定已登记");
    pond.wait_for(3, 2, 15, 0);
    let collective = pond.browser("collective");
    let told = pond.phones.messages(&pond.world, &pond.person("collective").phone);
    assert!(told.iter().any(|m| m.contains("四至北至请写明是哪条村道")), "{told:?}");
    let _ = collective.opened(&pond.case).says("坐落位置请写到组");
    let page = pond.at("draft/object");
    let typed = [("o.location", "3组村委会东侧50米"), ("o.north", "界头村至毛俊镇村道")];
    let _ = collective.does(&page, &page, &typed).says("已保存");
    let _ = pond.act("collective", "submission", &[("truth", "yes")]);
    pond.wait_for(3, 3, 9, 30);
    let pass = [("decision", "pass"), ("opinion", "已到现场核实，四至与图纸一致，村务公开栏公示照片齐全。")];
    let _ = pond.act("clerk", "first-review", &pass).says("待受理").says("2026年3月4日 24:00");
}

/// Acceptance at the centre, and the consultation with the water department.
pub fn accept_and_consult(pond: &Pond) {
    let _ = pond.act("acceptance", "acceptance", &[("decision", "pass")]).says("受理决定已登记");
    pond.wait_for(3, 3, 11, 0);
    let early = [("decision", "pass"), ("opinion", "材料齐全")];
    let here = pond.at("review");
    let _ = pond.browser("review").submit(&here, &here, &early).refused(422, "请先发起部门会审");
    // The catalogue's departments are ticked already.
    let _ = pond.act("review", "consultation", &[]).says("已发起部门会审").says("县水利局");
    pond.wait_for(3, 4, 10, 0);
    let opinion = [("agrees", "yes"), ("opinion", "不承担公共防洪任务，同意流转，汛期服从统一调度。")];
    let _ = pond.act("water", "opinion", &opinion).says("会审意见已登记");
}

/// The centre approves on substance.
pub fn approve(pond: &Pond) {
    let pass = [("decision", "pass"), ("opinion", "规则检查逐项通过，须人工核实的事项已对照原件核实。")];
    let _ = pond.act("review", "review", &pass).says("待发布");
}

/// The transferor confirms the notice's text with a code.
pub fn confirm_notice(pond: &Pond) {
    let here = pond.at("notice-confirmation");
    let publication = pond.at("publication");
    let _ = pond.browser("publication").opened(&publication).says("转出方还没有确认");
    let _ = pond.browser("publication").submit(&publication, &publication, &[]).refused(422, "还没有确认公告文本");
    let code = pond.ask_code("collective", "notice-confirmation");
    let wrong = if code == "000000" { "111111" } else { "000000" };
    let password = crate::support::people::PASSWORD;
    let collective = pond.browser("collective");
    let _ = collective.submit(&here, &here, &[("password", password), ("code", wrong)]).refused(422, "验证码不正确");
    let _ = collective.submit(&here, &here, &[("password", "Wrong-Password9!"), ("code", &code)]).refused(422, "密码");
    let _ = collective.does(&here, &here, &[("password", password), ("code", &code)]).says("公告文本已确认");
}

/// Another person publishes; the notice is public.
pub fn publish(pond: &Pond) {
    pond.wait_for(3, 4, 16, 0);
    let stranger = crate::support::Client::new(&pond.world);
    assert_eq!(stranger.get(&pond.public("")).status, 404, "nothing is public before publication");
    let page = pond.at("publication");
    pond.is_offered("publication", "publication");
    let notice = pond.browser("publication").does(&page, &page, &[]).says("挂牌公告已发布");
    assert!(notice.fact("报名和保证金截止").is_some(), "{}", notice.text());
    super::proof::notice_is_whole(pond);
}
