"""Which kind of document is printed on which template, and what a template may name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DRAFT = "拟稿"  # at the end of a kind: not issued yet

#: Fields every template may name; {{正文}} and {{附表}} stand in a paragraph of their own.
COMMON = (
    "发文机关",
    "发文字号",
    "标题",
    "主送",
    "成文日期",
    "抄送",
    "签发人",
    "反馈时限",
    "事项编号",
    "事项名称",
    "附件说明",
    "版记",
    "送审",
    "正文",
    "附表",
)
#: Fields without which a paper cannot be told from another.
NEEDED = ("标题", "发文字号")


@dataclass(frozen=True)
class Template:
    """One layout. `fields` are labels of a document's body it may name, `lists` the rows it may repeat."""

    name: str
    kinds: tuple[str, ...] = ()
    opening: Mapping[str, str] = field(default_factory=dict)  # by kind; "" for any other
    closing: str = ""
    title: Mapping[str, str] = field(default_factory=dict)  # by kind; "" for any other
    fields: tuple[str, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"内容": ("项目", "说明")})
    attached: bool = False  # what is written with bars is attached as a table: {{附表}} must be there

    @property
    def known(self) -> frozenset[str]:
        """Every name that may stand between {{ and }}."""
        columns = {f"{name}.{column}" for name, columns in self.lists.items() for column in columns}
        return frozenset({*COMMON, *self.fields, *columns})


TEMPLATES: dict[str, Template] = {
    "notice": Template(
        "通知",
        kinds=("吹哨报到通知", "会议通知", "限期整改通知书", "约谈通报通知书"),
        opening={"吹哨报到通知": "经研究，决定组织开展“{事项名称}”（{事项编号}）吹哨报到工作。现将有关事项通知如下："},
        closing="特此通知。",
        title={"": "关于“{事项名称}”的{文种}"},
    ),
    "letter": Template(
        "函",
        kinds=("邀请函", "转办函", "提请函"),
        opening={"转办函": "现将“{事项名称}”（{事项编号}）转请你单位依法依规办理，并请将办理结果函告我单位。"},
        closing="特此函达。",
        title={
            "邀请函": "关于邀请参加“{事项名称}”处置工作的函",
            "转办函": "关于转办“{事项名称}”的函",
            "提请函": "关于提请“{事项名称}”的函",
        },
    ),
    "order": Template(
        "催办、督办通知单",
        kinds=("催办单", "督办单"),
        title={"催办单": "催办通知单", "督办单": "督办通知单"},
        fields=("级别", "要求", "原事项", "原时限", "逾期", "反馈情况"),
    ),
    "minutes": Template(
        "会议纪要",
        kinds=("联席会议纪要", "会办纪要", "会商纪要"),
        title={"": "“{事项名称}”{文种}"},
        fields=("会议类型", "时间", "地点、主持", "参会", "缺席"),
    ),
    "bulletin": Template(
        "通报、专报、报告",
        kinds=(
            "督查通报",
            "季度考评",
            "年度考核",
            "统计通报表",
            "统计通报函",
            "统计分析报告",
            "月度专报",
            "督导专报",
            "研判专报",
            "通报批评",
            "表彰通报",
            "紧急情况报告",
        ),
        title={"": "关于“{事项名称}”的{文种}"},
        attached=True,
    ),
    "transfer": Template(
        "问题线索移送函",
        kinds=("问题线索移送函",),
        title={"": "关于移送问题线索的函"},
        fields=("线索摘要", "涉及单位、人员", "附卷材料清单", "移送单位、签发人", "回执"),
    ),
    "sheet": Template("登记表、清单及其他", title={"": "{文种}"}, attached=True),
    "dossier": Template(
        "卷宗",
        title={"": "卷宗"},
        fields=("流程", "状态", "登记时间", "办结时间", "记录封印", "导出"),
        lists={
            "目录": ("序号", "发文字号", "标题", "日期"),
            "表单": ("环节", "项目", "内容"),
            "经过": ("时间", "人员", "内容"),
            "附件": ("序号", "文件", "提交", "指纹"),
        },
    ),
}

_OF_KIND = {kind: key for key, template in TEMPLATES.items() for kind in template.kinds}


def template_of(kind: str) -> str:
    """The key of the template that prints this kind of document; a draft looks like what it will become."""
    return _OF_KIND.get(kind.removesuffix(DRAFT), "sheet")
