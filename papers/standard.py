"""The templates the project brings along, drawn here so that everybody can read how. An administrator may replace each.

What GB/T 9704-2012 asks of the parts of a paper stands beside the function that draws it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from papers import foot, grids, parts
from papers.page import set_page
from papers.styles import new_document
from papers.template_file import file_of


@cache
def standard_template(key: str) -> bytes:
    """The template of this key, the same bytes at every start."""
    document = new_document()
    set_page(document.sections[0])
    DRAWN[key](document)
    foot.page_numbers(document)
    return file_of(document)


def _notice(document: Any, annexed: bool = False) -> None:
    parts.red_head(document, "{{发文机关}}文件")
    _body(document)
    if annexed:
        parts.attached(document)
    foot.imprint(document)


def _bulletin(document: Any) -> None:
    _notice(document, annexed=True)


def _letter(document: Any) -> None:
    parts.letter_head(document)
    _body(document)
    foot.copy_to(document)


def _body(document: Any) -> None:
    parts.title(document)
    parts.addressee(document)
    parts.text(document)
    parts.signature(document)


def _minutes(document: Any) -> None:
    parts.red_head(document, "{{会议类型}}纪要")
    parts.title(document)
    for label, field in (("时　　间", "时间"), ("地点主持", "地点、主持"), ("会议类型", "会议类型")):
        parts.labelled(document, label, field)
    parts.text(document)
    for label, field in (("参加", "参会"), ("缺席", "缺席"), ("签发", "签发人")):
        parts.labelled(document, label, field)
    foot.imprint(document)


def _order(document: Any) -> None:
    parts.plain_head(document)
    grids.form(
        document,
        [
            ("主　　送", "{{主送}}（联络员、分管领导）"),
            ("级　　别", "{{级别}}"),
            ("原 事 项", "{{事项编号}}　{{事项名称}}"),
            ("原 时 限", "{{原时限}}"),
            ("逾　　期", "{{逾期}}"),
            ("要　　求", "{{要求}}"),
            ("反馈时限", "{{反馈时限}}"),
            ("抄　　送", "{{抄送}}"),
            ("签 发 人", "{{签发人}}"),
            ("反馈情况", "{{反馈情况}}"),
        ],
        tall={"反馈情况"},
    )
    parts.signature(document)


def _transfer(document: Any) -> None:
    parts.letter_head(document)
    parts.title(document)
    parts.addressee(document)
    parts.paragraph(
        document, "现将工作中发现的问题线索移送你单位，请依规依纪依法处置，并将签收回执送我单位。", "公文正文"
    )
    grids.form(
        document,
        [
            ("线索摘要", "{{线索摘要}}"),
            ("涉及单位、人员", "{{涉及单位、人员}}"),
            ("附卷材料清单", "{{附卷材料清单}}"),
            ("移送单位、签发人", "{{移送单位、签发人}}"),
            ("回　　执", "{{回执}}"),
        ],
        tall={"回　　执"},
        label=3000,
    )
    parts.signature(document, room=1)


def _sheet(document: Any) -> None:
    parts.plain_head(document)
    grids.form(document, [("主　　送", "{{主送}}"), ("事　　项", "{{事项编号}}　{{事项名称}}")])
    grids.list_table(document, {"项目": "{{内容.项目}}", "说明": "{{内容.说明}}"}, (1, 3))
    parts.signature(document)
    parts.attached(document)


def _dossier(document: Any) -> None:
    parts.title(document)
    grids.form(
        document,
        [
            ("事项编号", "{{事项编号}}"),
            ("事项名称", "{{事项名称}}"),
            ("流　　程", "{{流程}}"),
            ("状　　态", "{{状态}}"),
            ("登　　记", "{{登记时间}}"),
            ("办　　结", "{{办结时间}}"),
            ("记录封印", "{{记录封印}}"),
            ("导　　出", "{{导出}}"),
        ],
    )
    parts.heading(document, "一、卷内文书目录")
    columns = {name: f"{{{{目录.{name}}}}}" for name in ("序号", "发文字号", "标题", "日期")}
    grids.list_table(document, columns, (1, 4, 6, 3))
    parts.heading(document, "二、表单")
    grids.list_table(document, {name: f"{{{{表单.{name}}}}}" for name in ("环节", "项目", "内容")}, (2, 2, 5))
    parts.heading(document, "三、办理经过")
    grids.list_table(document, {name: f"{{{{经过.{name}}}}}" for name in ("时间", "人员", "内容")}, (2, 2, 5))
    parts.heading(document, "四、附件")
    columns = {name: f"{{{{附件.{name}}}}}" for name in ("序号", "文件", "提交", "指纹")}
    grids.list_table(document, columns, (1, 4, 3, 6))


DRAWN: dict[str, Callable[[Any], None]] = {
    "notice": _notice,
    "letter": _letter,
    "order": _order,
    "minutes": _minutes,
    "bulletin": _bulletin,
    "transfer": _transfer,
    "sheet": _sheet,
    "dossier": _dossier,
}
