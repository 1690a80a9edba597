"""A flow's versions are read, taken home, changed outside and brought back."""

import io

from papers.archive import own_parts, write_archive
from tests.web.browser import path_of


def test_a_folder_goes_out_as_a_zip_and_comes_back_when_its_changes_were_seen(browser):
    designer = browser("sheji")
    address = path_of(designer.send("/studio/drafts", page="/studio", flow="small", name="改说明"))
    files = own_parts(designer.get(f"{address}/files.zip").data)
    changed = files | {"small.bpmn": files["small.bpmn"].replace('name="办理"'.encode(), 'name="踏勘"'.encode())}
    upload = (io.BytesIO(write_archive(changed)), "small.zip")
    seen = designer.send(f"{address}/import", files=upload, whole="yes")
    assert "名称：办理 → 踏勘" in seen.text
    bundle = seen.text.split('name="bundle" value="')[1].split('"')[0]
    assert designer.send(f"{address}/import/confirm", page=f"{address}/import", bundle=bundle).status_code == 303
    assert own_parts(designer.get(f"{address}/files.zip").data) == changed
    again = designer.send(f"{address}/import/confirm", page=f"{address}/import", bundle=bundle)
    assert "没有导入" in again.text


def test_a_manager_retires_a_flow_and_takes_it_into_use_again(browser):
    page, manager = "/studio/flows/small/versions", browser("liucheng")
    assert "写明" in manager.send("/studio/flows/small/retire", page=page, reason=" ").text
    assert manager.send("/studio/flows/small/retire", page=page, reason="县政府令").status_code == 303
    assert "这个流程已停用" in manager.get(page).text
    assert manager.send("/studio/flows/small/resume", page=page, reason="恢复").status_code == 303
    assert browser("sheji").send("/studio/flows/small/roll-back", page=page, version=1, reason="x").status_code == 403
    assert (
        "就是现在用的" in manager.send("/studio/flows/small/roll-back", page=page, version=1, newest=1, reason="x").text
    )
