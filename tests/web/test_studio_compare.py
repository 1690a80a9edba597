"""What a draft changes, on one page."""

from operations.studio.drafts import begin_draft, save_file
from tests.people import person
from tests.web.flow import FILES


def test_the_page_says_in_words_what_a_draft_changes_and_serves_both_drawings(app, browser):
    designer = browser("sheji")
    with app.app_context():
        draft = begin_draft("small", "改名", by=person("sheji"))
        changed = FILES["small.bpmn"].replace('name="办理"'.encode(), 'name="踏勘"'.encode())
        changed = changed.replace(b"&quot;liaison&quot;", b"&quot;leader&quot;").replace(b'"liaison"', b'"leader"')
        save_file(draft.id, "small.bpmn", changed, seen=0, by=person("sheji"))
        base = draft.base_id
    page = designer.get(f"/studio/drafts/{draft.id}/compare").text
    assert "办理环节“踏勘”" in page
    assert "名称：办理 → 踏勘" in page
    assert "办理岗位：县自然资源局联络员 → 县自然资源局分管领导" in page
    assert designer.get(f"/studio/versions/{base}/files/small.bpmn").data == FILES["small.bpmn"]
    assert "没有不同" in designer.get("/studio/flows/small/compare").text
    assert browser("ziran").get(f"/studio/versions/{base}/files/small.bpmn").status_code == 403
