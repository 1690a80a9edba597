"""Begin a feature file of a draft."""

from models import Identity
from operations.studio.drafts import BadDraft, save_file
from operations.studio.opening import readable_draft
from reference.flow_drafts import draft_files
from reference.flow_files import SCENARIOS, is_name
from scenarios.mistakes import LANGUAGE


def add_feature(draft_id: int, title: str, *, by: Identity, text: str = "") -> str:
    """A file with this text, or one scenario to go on with. Returns its name. Raises what save_file() raises."""
    title = title.strip().removesuffix(".feature").strip()
    file = f"{SCENARIOS}{title}.feature"
    if not is_name(file):
        raise BadDraft("请给场景文件起个名字，不超过 80 个字，不用斜杠、冒号、引号、星号等符号。")
    if file in draft_files(readable_draft(draft_id, by)):
        raise BadDraft(f"已经有场景文件“{title}”，请换一个名字。")
    save_file(draft_id, file, (text or _begun(title)).encode(), seen=0, by=by)
    return file


def _begun(title: str) -> str:
    return f"{LANGUAGE}\n功能: {title}\n\n  场景: {title}\n    假如 现在是 2026-03-02 09:00\n"
