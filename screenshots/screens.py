"""Which screens there are, by who works with them: what `make screenshots` takes and its page lists."""

from dataclasses import dataclass

TYPES, CHOOSES = " ← ", " ⇒ "  # in a click: the field, then what is typed into it or chosen there

NOBODY = "nobody"  # before a screen among those of somebody signed in


@dataclass(frozen=True)
class Screen:
    """One screen. `endpoint` answers there, as in web/access.py; `who` is signed in, "" nobody.

    From `start` the way leads over `clicks`: selectors, `#field ← text` for what is typed, `#field ⇒ text` for what is
    chosen. {case_no} and {code} are those of a case whose reporter may rate it, {sum} what a visitor is asked.
    """

    name: str
    caption: str
    endpoint: str
    who: str
    start: str
    clicks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """What one kind of people works with."""

    title: str
    screens: tuple[Screen, ...]


def _part(title: str, who: str, *screens: tuple[str, ...]) -> Part:
    """Each screen: name, caption, endpoint, start and clicks; a name with `user@` before it is somebody else's."""
    made = []
    for named, caption, endpoint, start, *clicks in screens:
        user, _, name = named.rpartition("@")
        made.append(Screen(name, caption, endpoint, "" if user == NOBODY else user or who, start, tuple(clicks)))
    return Part(title, tuple(made))


#: The first case or task of a list; 更多 on a task; the form's own button.
ROW, MORE, SEND = ".rows a.title", ".more-acts summary", ".send .btn-primary"
#: Of seeds/demo_cases.
WOOD = "/cases?search=林权证与承包证"  # the natural resources bureau has it
BOUNDARY = "tr:has-text('林权证与承包证') a.title"
PASSED_ON = "tr:has-text('地名不一致过不了户') a.title"
RUNNING = "/studio/flows/xt_cannot/running?version=1"  # which its cases run on (screenshots/county.py)
#: A draft of 湘潭 is begun.
DRAFT = ("#n-xt_cannot ← 签收以后增加现场踏勘", "form:has(#n-xt_cannot) .btn-primary")
#: The scenarios of a draft, some of which have been tried (screenshots/county.py).
TRIED = ("a:has-text('签收期限按新办法')", ".tabs >> text=场景")
#: A draft in which a parameter has a new value.
CHANGED = (
    *DRAFT,
    ".tabs >> text=参数",
    "[id='xt.handle_days.general'] summary",
    "[id='xt.handle_days.general'] [name=value] ← 3",
    "[id='xt.handle_days.general'] [name=basis] ← 潭县政发〔2026〕1号",
    "[id='xt.handle_days.general'] .btn-primary",
)
TYPED = (
    "#f-title ← 林权证和土地证的四至对不上",
    "#f-reporter_name ← 贺女士",
    "#f-reporter_phone ← 10000000228",
)
COMPLAINT = (
    "#f-title ← 退休金停发三个月，两家单位互相推",
    "#f-matter ← 退休金补发",
    "#f-submitted_before ← 去了四次",
    "#f-blocked_reason ← 都说归对方管",
    "#f-request_text ← 请定一家办",
    "#f-reporter_name ← 王先生",
    "#f-reporter_phone ← 10000000299",
    "#f-answer ← {sum}",
    SEND,
)
QUERIED = ("#case_no ← {case_no}", "#code ← {code}", "form[action='/query'] .btn-primary")


@dataclass(frozen=True)
class Act:
    """What somebody does before the pictures are taken, so that there is something to see."""

    who: str
    start: str
    clicks: tuple[str, ...]


ACTS = (
    Act(
        "ziran",
        "/",
        (
            BOUNDARY,
            MORE,
            ".more-acts >> text=加签",
            "#f-kind-2",
            *("#f-to ⇒ post:civil_affairs:liaison",),
            "#f-question ← 请核对是不是集体林地",
            SEND,
        ),
    ),
    Act(
        "ziran",
        WOOD,
        (ROW, "summary:has-text('为什么是这一天')", "a[href$='/dispute']", "#f-dispute ← 清明节放假没有扣除", SEND),
    ),
    Act(
        "fenliu",
        WOOD,
        (ROW, "a[href$='/link']", "#f-other ← XT20260022", "#f-kind-1", "#f-link_reason ← 同一片林地", SEND),
    ),
    Act("fenliu", WOOD, (ROW, "a[href$='/copy']", "#f-to ⇒ post:hotline:agent", "#f-note ← 请留意同类来电", SEND)),
    Act("chuangkou", "/register/xt_cannot", ("#f-title ← 老房子的土地证查不到存根", "text=存草稿")),
    Act(
        "fuzeren",
        "/meetings",
        ("input[name='items[]']", "#f-meets_at ← 2026-04-28T09:30", "#f-place ← 三楼会议室", SEND),
    ),
    Act("ducha", "/desk/rechecks", ("#f-since ← 2026-03-01", "#f-until ← 2026-04-20", "#f-number ← 5", SEND)),
)

PARTS = (
    _part(
        "企业和群众：网上提交、查进度、评价（不用账号）",
        "",
        ("submit", "网上提交：选事项", "portal.index", "/submit"),
        ("submit-form", "填写，可以匿名、可以要求保密", "portal.form", "/submit/xt_cannot"),
        ("submitted", "提交以后：编号和查询码", "portal.done", "/submit/xt_cannot", *COMPLAINT),
        ("query", "查询办理进度", "query.form", "/query"),
        ("progress", "进度和答复，可以评价、补充材料", "query.form", "/query", *QUERIED),
        ("rate", "评价，只能改一次", "query.act", "/query", *QUERIED, ".act .btn-primary"),
    ),
    _part(
        "人人都用：登录、待办、事项、文书、通知",
        "ziran",
        ("nobody@login", "登录", "login.form", "/login"),
        ("inbox", "待办，先到期的在前", "inbox.index", "/"),
        ("inbox-unit", "本单位在办", "inbox.index", "/?box=unit"),
        ("inbox-done", "已办", "inbox.index", "/?box=done"),
        ("minzheng@inbox-signs", "请我加签", "inbox.index", "/?box=signs"),
        ("zhuanxi@inbox-copied", "抄送我的", "inbox.index", "/?box=copied"),
        ("chuangkou@inbox-started", "我发起的", "inbox.index", "/?box=started"),
        ("chuangkou@inbox-drafts", "草稿", "inbox.index", "/?box=drafts"),
        ("inbox-empty", "还没有草稿", "inbox.index", "/?box=drafts"),
        ("case", "事项页：流程图、在办任务、时限、办理经过", "cases.show", WOOD, ROW),
        ("cases", "事项：查找、筛选、导出", "cases.index", "/cases"),
        ("cases-none", "没有找到", "cases.index", "/cases?search=没有这样的事项"),
        ("ducha@documents", "文书", "documents.index", "/documents"),
        ("ducha@document", "一份文书：版面、打印、下载", "documents.show", "/documents", ROW),
        ("notices", "通知", "notices.index", "/notices"),
        ("notify", "通知设置", "notify.form", "/notify"),
        ("password", "修改密码", "account.form", "/password"),
        ("knowledge", "知识库", "knowledge.index", "/knowledge"),
        ("knowledge-entry", "知识库条目", "knowledge.show", "/knowledge", ROW),
        ("phrases", "常用语", "phrases.index", "/phrases"),
        ("clauses", "条款：在哪里落实", "clauses.index", "/clauses"),
        ("flow", "一个流程：图、条款、时限", "flows.show", "/flows/xt_cannot"),
        ("not-found", "没有这个页面", "", "/nowhere"),
    ),
    _part(
        "登记：窗口、热线坐席、园区",
        "chuangkou",
        ("yc_zonghe@register", "登记：选流程（郾城）", "intake.index", "/register"),
        ("register-form", "登记，旁边是同一电话以前的事项", "intake.form", "/register/xt_cannot", *TYPED),
        ("register-refused", "填得不对的写在旁边，填的都在", "intake.form", "/register/xt_cannot", TYPED[0], SEND),
        ("xx_zuoxi@register-hotline", "热线登记（萧县）", "intake.form", "/register/xx_hotline"),
        ("yl_yuanqu@register-whistle", "吹哨登记（宜良）", "intake.form", "/register/yl_whistle"),
    ),
    _part(
        "统管：派单、交办、核查、回访",
        "fenliu",
        ("dispatch", "交办，旁边是推荐的承办单位", "tasks.show", "/", ROW),
        ("together", "几件一起转办", "together.pass_on_form", "/", ".choose input", "text=转办选中的"),
        ("together-copy", "几件一起抄送", "together.copy_form", "/", ".choose input", "text=抄送选中的"),
        ("shenhe@verify", "核查", "tasks.show", "/", ROW),
        ("huifang@revisit", "回访", "tasks.show", "/", ROW),
        ("xx_paidan@dispatch-hotline", "热线派单（萧县）", "tasks.show", "/", ROW),
        ("link", "关联、并案", "cases.link_form", WOOD, ROW, "a[href$='/link']"),
        ("unlink", "解除关联", "cases.unlink_form", WOOD, ROW, "a[href*='/links/']"),
        ("copy", "抄送", "cases.copy_form", WOOD, ROW, "a[href$='/copy']"),
        ("knowledge-new", "知识库：写条目", "knowledge.new", "/knowledge", "text=新增条目"),
        ("knowledge-change", "知识库：修改，留下版本", "knowledge.change", "/knowledge", ROW, ".head .btn-quiet"),
    ),
    _part(
        "承办单位：签收、办理、延期、退回、加签、撤回",
        "ziran",
        ("handle", "办理，旁边是时限和为什么是这一天", "tasks.show", "/", BOUNDARY),
        ("extension", "申请延期", "tasks.action", "/", BOUNDARY, ".other >> text=申请延期"),
        ("sign", "加签", "signs.ask_form", "/", ROW, MORE, ".more-acts >> text=加签"),
        ("minzheng@sign-answer", "答复加签", "signs.show", "/?box=signs", ROW),
        ("sign-withdraw", "减签", "signs.withdraw_form", "/", BOUNDARY, "a[href$='/withdraw']"),
        ("delegate", "委派", "signs.ask_form", "/", ROW, MORE, ".more-acts >> text=委派"),
        ("pass-on", "转办", "tasks.pass_on_form", "/", ROW, MORE, ".more-acts >> text=转办"),
        (
            *("ziran_ld@send-back", "退给经办人重办", "sending_back.form", "/"),
            *(ROW, MORE, ".more-acts >> text=退回"),
        ),
        ("recall", "撤回刚办结的", "tasks.recall_form", "/?box=done", PASSED_ON, "text=撤回"),
        (
            *("dispute", "对时限有异议", "cases.dispute_form", "/cases?search=开发商注销"),
            *(ROW, "summary:has-text('为什么是这一天')", "a[href$='/dispute']"),
        ),
        ("yl_ziran@whistle-report", "吹哨报到（宜良）", "tasks.show", "/", ROW),
        ("yc_shuili@campaign", "重点任务（郾城）", "tasks.show", "/", ROW),
    ),
    _part(
        "督查、效能、会议：督查台、回头看、问责线索、联席会议、考核",
        "ducha",
        ("desk", "督查台：逾期", "desk.index", "/desk"),
        ("desk-soon", "督查台：将逾期", "desk.index", "/desk?tab=soon"),
        ("desk-ordered", "督查台：督办中", "desk.index", "/desk?tab=ordered"),
        ("order", "督办：对一家单位出督办单", "orders.form", "/desk", "main a[href*='/order?']"),
        ("dispute-answer", "答复时限异议", "cases.answer_form", WOOD, ROW, "a[href*='/disputes/']"),
        ("rechecks", "回头看：随机抽取", "desk.rechecks", "/desk/rechecks"),
        ("recheck", "回头看：一次抽取，登记核查结果", "desk.recheck", "/desk/rechecks", ROW),
        ("clues", "问责线索，只有本岗位看得到", "desk.clues", "/desk/clues"),
        ("fuzeren@meetings", "会议：定时间、发通知", "meetings.index", "/meetings"),
        ("fuzeren@meeting", "一次会议：议程、参会单位、签到码", "meetings.show", "/meetings", ROW),
        ("fuzeren@meeting-sheet", "签到表", "meetings.sheet", "/meetings", ROW, "text=签到表"),
        ("fuzeren@meeting-sign-in", "会议签到", "meetings.sign_in_form", "/meetings/sign-in"),
        ("supervise", "督办任务", "tasks.show", "/", ROW),
        ("chuishao@score", "得分怎样算出来（泰州）", "scores.show", "/documents?kind=一哨一评表", ROW, "text=得分算法"),
    ),
    _part(
        "流程设计员、流程管理员：草稿、在办情况",
        "liucheng",
        ("studio", "流程和草稿", "studio.index", "/studio"),
        (
            "studio-draft",
            "一份草稿",
            "studio.show",
            "/studio",
            "#n-xt_cannot ← 签收以后增加现场踏勘",
            "text=新建 >> nth=-1",
        ),
        ("parameters", "参数：来历、条款、改过什么", "studio_parameters.index", "/studio/parameters"),
        ("calendar", "工作日历：导入、本地安排、撤销", "studio_calendar.index", "/studio/calendar"),
        (
            *("calendar-look", "修订日历以前，看会动到哪些时限", "studio_calendar.look", "/studio/calendar"),
            *("#day ← 2026-04-23", "#reason-2 ← 防汛停工", "form:has(#day) .btn-primary"),
        ),
        ("studio-running", "在办情况", "running.index", RUNNING),
        ("studio-standing", "停在一个环节的事项", "running.at", RUNNING, ".rows td a"),
        ("studio-what-if", "推演：改了会怎样", "what_if.index", "/studio/whatif?flow=xt_cannot"),
        ("studio-migrate", "迁移在办事项", "migrating.index", "/studio/flows/xt_cannot/migrate"),
    ),
    _part(
        "系统管理员：单位岗位、异常、发送记录、公文模板",
        "guanli",
        ("organisation", "单位和岗位", "organisation.index", "/organisation"),
        ("operate", "运维一件事项", "studio_operating.show", WOOD, ROW, "a:text-is('运维')"),
        ("unit", "一个单位", "organisation.unit", "/organisation/units/natural_resources"),
        ("unit-new", "新增单位", "organisation.new_unit", "/organisation/new-unit"),
        ("unit-change", "改名、移动", "organisation.change_unit", "/organisation/units/tax/change"),
        ("post-new", "设岗", "organisation.new_post", "/organisation/units/tax/post"),
        ("excel", "Excel 导入导出", "organisation_book.index", "/organisation/excel"),
        ("incidents", "异常", "incidents.index", "/incidents"),
        ("deliveries", "发送记录", "deliveries.index", "/deliveries"),
        ("layouts", "公文模板", "layouts.index", "/templates"),
    ),
    _part(
        "流程设计员：草稿、流程图",
        "sheji",
        ("studio", "流程设计", "studio.index", "/studio"),
        ("draft", "一份草稿", "studio.show", "/studio", *DRAFT),
        ("draft-sound", "草稿能否办完", "studio_soundness.index", "/studio", *DRAFT, ".tabs >> text=能否办完"),
        ("draft-diagrams", "草稿的流程图", "studio_listing.index", "/studio", *DRAFT, ".tabs >> text=流程图"),
        ("modeler", "流程图编辑器", "studio_diagrams.show", "/studio", *DRAFT, "a[href$='xt_handle.bpmn']"),
        (
            *("outline", "流程图的文字版", "studio_diagrams.in_words", "/studio", *DRAFT),
            *(".tabs >> text=流程图", "a[href$='xt_handle.bpmn/outline']"),
        ),
        ("draft-tables", "草稿的决策表", "studio_listing.index", "/studio", *DRAFT, ".tabs >> text=决策表"),
        ("draft-forms", "草稿的表单", "studio_listing.index", "/studio", *DRAFT, ".tabs >> text=表单"),
        ("draft-values", "草稿的参数", "studio_values.index", "/studio", *DRAFT, ".tabs >> text=参数"),
        ("draft-import", "导入导出", "studio_import.index", "/studio", *DRAFT, ".tabs >> text=导入导出"),
        ("draft-compare", "草稿改了什么", "studio_compare.draft", "/studio", *CHANGED, ".tabs >> text=比较"),
        ("scenarios", "草稿的场景，试跑的结果", "studio_scenarios.index", "/studio", *TRIED),
        ("scenario-mend", "因同一个原因没有通过的场景，一次都改", "studio_mending.look", "/studio", *TRIED, ".alike a"),
        ("scenario-editor", "写场景，旁边是句子表", "studio_scenarios.edit", "/studio", *TRIED, "h2 >> text=背景"),
        ("scenario-way", "走法按虚拟时钟重放", "studio_scenarios.way", "/studio", *TRIED, "a:has-text('看走法')"),
        ("coverage", "没有场景走到的环节", "studio_scenarios.coverage", "/studio", *TRIED, "text=没有走到的环节"),
        (
            *("scenario-recorded", "从实际事项录制场景", "studio_scenarios.recording", "/studio", *TRIED),
            *("#case ← XT20260001", "form:has(#case) button"),
        ),
        ("draft-publish", "草稿发布以前", "studio_publishing.index", "/studio", *CHANGED, ".tabs >> text=发布"),
        ("versions", "各版、回退、停用", "studio_versions.index", "/studio/flows/xt_cannot/versions"),
        ("versions-compare", "比较两版", "studio_compare.two_versions", "/studio/flows/xt_cannot/compare"),
        (
            "form-editor",
            "表单编辑器",
            "studio_forms.show",
            "/studio",
            *DRAFT,
            ".tabs >> text=表单",
            "a:has-text('办结反馈单')",
        ),
        (
            "table",
            "决策表编辑器和试一试",
            "studio_tables.show",
            "/studio",
            *DRAFT,
            ".tabs >> text=决策表",
            "a:has-text('D-05')",
        ),
    ),
    _part(
        "安全管理员：人员、账号、任免、代理、移交",
        "anquan",
        ("people", "人员", "organisation.people", "/organisation/people"),
        ("person", "一个人的岗位、账号", "organisation.person", "/organisation/people/ziran"),
        ("person-new", "添加人员", "organisation.new_person", "/organisation/new-person"),
        ("person-post", "任命", "organisation.give_post", "/organisation/people/ziran", "text=任职"),
        ("hand-over", "移交", "organisation.hand_over", "/organisation/people/ziran/hand-over"),
        ("substitute", "代理", "organisation.substitute", "/organisation/posts/tax/liaison/substitute"),
    ),
    _part(
        "审计管理员：谁做了什么",
        "shenji",
        ("audit", "审计记录", "audit.index", "/audit"),
        ("audit-chain", "核对有无改动", "audit.chain", "/audit/chain"),
    ),
)


def screens() -> list[Screen]:
    """All of them, in the order of the page."""
    return [screen for part in PARTS for screen in part.screens]
