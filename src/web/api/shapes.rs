//! The answers of the JSON interface.

use super::shape::{AnyObject, At, CategoryNo, Sm3, shapes};
use crate::domain::category::{Method, Mode, PriceUnit, QuantityUnit};
use crate::domain::lot::Stage;

shapes! {
    Money "一个价格：分为单位的整数、元为单位的十进制文本和计价单位" {
        fen: i64 = "金额，以分为单位";
        yuan: String = "同一金额，以元为单位，两位小数";
        unit: PriceUnit = "计价单位";
        unit_name: String = "计价单位的中文名称";
    }
    Quantity "一个数量" {
        value: String = "十进制数";
        unit: QuantityUnit = "计量单位";
        unit_name: String = "计量单位的中文名称";
    }
    Term "流转期限" {
        starts: String = "第一天，YYYY-MM-DD";
        ends: String = "最后一天，YYYY-MM-DD";
        months: u32 = "月数";
    }
    ListingFrame "挂牌公告的日期和校验值，发布时冻结" {
        notice_no: String = "公告号";
        round: u32 = "第几次挂牌";
        opens: At = "公告开始";
        closes: At = "报名和保证金截止";
        notice_sm3: Sm3 = "公告文本的 SM3";
        rules_sm3: Sm3 = "发布时冻结的规则的 SM3";
    }
    SessionFrame "竞价场次" {
        starts: At = "自由竞价开始";
        free_ms: i64 = "自由竞价的毫秒数";
        limited_ms: i64 = "限时竞价一轮的毫秒数";
    }
    Deal "成交结果" {
        transferee: String = "受让方，自然人姓名已遮盖";
        bidder_no: String = "竞买号";
        price: Money = "成交价";
        total: Money = "成交总额";
        premium_bp: i64 = "溢价率，以万分之一为单位；反向竞价为负数，即节约率";
        bidders: u32 = "合格竞买人数";
        bids: u32 = "有效报价次数";
        negotiated: bool = "是否协商成交";
        publicity_ends: Option<At> = "结果公示截止";
    }
    Lot "一个公开的标的" {
        lot_no: String = "标的编号";
        project_no: Option<String> = "项目编号";
        title: String = "标的名称";
        category: CategoryNo = "交易品种大类，1 至 14";
        category_name: String = "大类名称";
        variety: String = "品种编码，四位数字";
        variety_name: String = "品种名称";
        mode: Mode = "流转方式";
        method: Method = "交易方式";
        township: String = "乡镇（场）名称";
        township_code: String = "乡镇（场）代码，九位数字";
        village: Option<String> = "村或社区；没有村的农林茶场为 null";
        location: String = "坐落";
        transferor: String = "转出方，自然人姓名已遮盖";
        stage: Stage = "所处环节";
        stage_name: String = "所处环节的中文名称";
        stage_since: At = "进入这个环节的时间";
        ending: Option<String> = "未成交或中途结束的原因";
        quantity: Quantity = "数量";
        area: Option<Quantity> = "土地或水面面积，亩";
        term: Option<Term> = "流转期限；转让所有权或剩余全部期限时为 null";
        price: Money = "挂牌价";
        step: Money = "加价幅度";
        total: Money = "按挂牌价计算的总额";
        deposit: Money = "交易保证金";
        listing: Option<ListingFrame> = "挂牌公告";
        session: Option<SessionFrame> = "竞价场次";
        result: Option<Deal> = "成交结果；公布之前为 null";
        certificate_no: Option<String> = "交易鉴证书编号；出具之前为 null";
        page: String = "网页地址";
    }
    NoticeLine "公告的一行" {
        key: String = "固定名称";
        label: String = "项目";
        value: String = "内容";
    }
    NoticeChapter "公告的一章" {
        title: String = "标题";
        lines: Vec<NoticeLine> = "各行";
    }
    NoticeText "挂牌公告全文（F03）" {
        title: String = "标题";
        intro: String = "首段";
        chapters: Vec<NoticeChapter> = "各章";
    }
    PublicDocument "公开的附件" {
        title: String = "材料名称";
        media_type: String = "文件类型";
        size_bytes: i64 = "字节数";
        sm3: Sm3 = "文件的 SM3";
        address: String = "下载地址";
    }
    PublicEvent "公开记录的一项" {
        at: At = "时间";
        kind: String = "事件的固定名称";
        text: String = "事件的中文说明";
        post: String = "由谁办理：岗位、转出方、受让方或系统时钟";
    }
    LotDetail: Lot "一个公开的标的，连同公告全文、附件和公开记录" {
        notice: Option<NoticeText> = "公告全文";
        documents: Vec<PublicDocument> = "公开的附件";
        history: Vec<PublicEvent> = "公开记录，从早到晚";
    }
    LotPage "标的列表的一页" {
        items: Vec<Lot> = "标的，最近开始办理的在前";
        next_cursor: Option<String> = "下一页的游标；没有下一页时为 null";
    }
    Bid "一次有效报价。竞买人以竞买号表示，身份不公开" {
        seq: i64 = "本标的第几次有效报价，从 1 起";
        bidder_no: String = "竞买号";
        amount: Money = "报价";
        kind: String = "raise 报价，match 同价优先";
        phase: String = "free 自由竞价，limited 限时竞价";
        received_at: At = "服务器收到的时间，以此为准";
        journal_index: i64 = "日志序号";
    }
    BidPage "报价记录的一页" {
        items: Vec<Bid> = "报价，从早到晚";
        next_cursor: Option<String> = "下一页的游标；没有下一页时为 null";
    }
    JournalLeaf "日志的一条" {
        index: i64 = "序号，从 0 起";
        hash: Sm3 = "叶哈希：SM3(00 ‖ 规范 JSON)";
        leaf: AnyObject = "内容。把它写成规范 JSON（键排序、无空白）就是参加哈希的字节";
    }
    JournalPage "日志的一页" {
        items: Vec<JournalLeaf> = "各条，从早到晚";
        next_cursor: Option<String> = "下一页的游标，即下一条的序号；没有下一页时为 null";
    }
    Inclusion "一条日志包含在某个大小的日志中的证明（RFC 6962，SM3）" {
        index: u64 = "序号";
        size: u64 = "日志的大小";
        path: Vec<Sm3> = "从叶往上的兄弟哈希";
    }
    Consistency "较大的日志以较小的日志为开头的证明（RFC 6962，SM3）" {
        old_size: u64 = "较小的日志的大小";
        new_size: u64 = "较大的日志的大小";
        path: Vec<Sm3> = "证明的哈希";
    }
    ParameterFault "一个参数的错误" {
        parameter: String = "参数名";
        message: String = "说明";
    }
    Problem "请求没有成功的说明（RFC 9457）" {
        r#type: String = "固定为 about:blank";
        title: String = "标题";
        status: u32 = "HTTP 状态码";
        detail: String = "发生了什么、怎么办";
        errors: Vec<ParameterFault> = "各个参数的错误";
    }
}
