"""卷宗: all one person may know of one case, in one zip, its attachments and the seal of its records too (CA-08).

Notes, links and disputes are rows of the history, and stand in its story.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from sqlalchemy import select

import papers
from config import ZONE
from models import HistoryEvent, Identity, TemplateEdition, broken_links, now, session
from operations.acts.attachments import content_of
from operations.gate.visibility import in_whose_name
from queries.case.attachments import FileVersion, all_versions
from queries.case.cases import CaseFile, case_file
from queries.case.documents import printed

COVER = "卷宗.docx"
ARCHIVED = "archive"  # the note that closing a case leaves
UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')


def dossier(case_id: int, by: Identity) -> tuple[str, bytes]:
    """Name and content of the zip: the dossier and each paper as .docx, and every version of the attachments.

    Raises NotFound, StorageUnavailable when an attachment is not there as it was handed in.
    """
    file = case_file(case_id, by)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(COVER, papers.fill(_template(), _cover(file, by)))
        for place, paper in enumerate(file.documents, 1):
            archive.writestr(f"文书/{place:02d} {_safe(paper.number)}.docx", printed(paper.document, file.case, by))
        for place, each in enumerate(all_versions(file.attachments), 1):
            archive.writestr(f"附件/{_name_in_zip(place, each)}", content_of(each.stored, each.digest))
    return f"卷宗 {_safe(file.case.case_no or str(case_id))}.zip", made.getvalue()


def _cover(file: CaseFile, by: Identity) -> papers.Paper:
    case, name = file.case, in_whose_name(file.case.id, by).name
    texts = {
        "标题": "卷　宗",
        "事项编号": case.case_no or "未编号",
        "事项名称": file.title,
        "流程": case.flow_name,
        "状态": file.status_name,
        "登记时间": f"{file.created_at:%Y-%m-%d %H:%M}",
        "办结时间": f"{file.closed_at:%Y-%m-%d %H:%M}" if file.closed_at else "未办结",
        "记录封印": "\n".join(_seals(file.instance_id)),
        "导出": f"{name} {now().astimezone(ZONE):%Y-%m-%d %H:%M}，个人信息已遮盖（附件是原件）",
    }
    lists = {
        "目录": [
            {
                "序号": str(place),
                "发文字号": each.number,
                "标题": each.title or each.kind,
                "日期": f"{each.raised_at.astimezone(ZONE):%Y-%m-%d}",
            }
            for place, each in enumerate(file.documents, 1)
        ],
        "表单": list(_sheets(file)),
        "经过": [
            {"时间": f"{each.at:%Y-%m-%d %H:%M}", "人员": each.who, "内容": "\n".join([each.what, *each.details])}
            for each in reversed(file.timeline)
        ],
        "附件": [
            {
                "序号": str(place),
                "文件": _name_in_zip(place, each),
                "提交": f"{each.by}\n{each.at:%Y-%m-%d %H:%M}",
                "指纹": each.digest,
            }
            for place, each in enumerate(all_versions(file.attachments), 1)
        ],
    }
    return papers.Paper("dossier", texts, lists=lists)


def _name_in_zip(place: int, each: FileVersion) -> str:
    """01 现场照片（第2版）.jpg"""
    name, dot, ending = _safe(each.name).rpartition(".")
    return f"{place:02d} {name}{f'（第{each.version}版）' if each.version > 1 else ''}{dot}{ending}"


def _sheets(file: CaseFile) -> Iterator[dict[str, str]]:
    """Each form's step once, at its first line; those that were taken back (撤回) come last and say so. What only its
    writer reads leaves the house in no file (XT-20).
    """
    for sheet in [*(each for each in file.sheets if not each.own), *file.recalled]:
        step = f"{sheet.name}\n{sheet.who}"
        if sheet.recalled_at:
            step += f"\n撤回于{sheet.recalled_at:%Y-%m-%d %H:%M}，不算数"
        for place, (label, value) in enumerate(sheet.facts):
            yield {"环节": step if place == 0 else "", "项目": label, "内容": value}


def _seals(instance_id: int) -> Iterator[str]:
    """The last link of the chain, and the one of the archiving: two packages of one closed case agree on the second.

    Whoever changes a record afterwards cannot make either again (C-02).
    """
    mine = select(HistoryEvent).where(HistoryEvent.instance_id == instance_id).order_by(HistoryEvent.revision)
    rows = session.scalars(mine).all()
    if not rows:
        return
    broken = broken_links(instance_id)
    state = f"核对不符：第{'、'.join(map(str, broken))}条" if broken else "核对无误"
    yield f"共{rows[-1].revision}条，{state}\n{rows[-1].seal}"
    for row in rows:
        if any(kind == ARCHIVED for kind, *_ in row.notes):
            yield f"归档是第{row.revision}条\n{row.seal}"


def _template() -> bytes:
    newest = select(TemplateEdition.content).where(TemplateEdition.key == "dossier").order_by(TemplateEdition.id.desc())
    return session.scalar(newest.limit(1)) or papers.standard_template("dossier")


def _safe(name: str) -> str:
    return UNSAFE.sub("_", name)
