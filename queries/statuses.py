"""What people call the states of a case."""

STATUS_NAMES = {
    "draft": "登记中",
    "submitted": "已提交",
    "accepted": "已受理",
    "rejected": "不予受理",
    "transferred_out": "已转出",
    "dispatched": "已交办",
    "signed": "已签收",
    "in_progress": "办理中",
    "return_pending": "退回审核中",
    "extension_pending": "延期审核中",
    "on_hold": "挂账",
    "feedback": "已反馈",
    "verifying": "核查中",
    "revisiting": "回访中",
    "completed": "已办结",
    "written_off": "已销号",
    "archived": "已归档",
}
