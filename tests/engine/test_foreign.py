"""What other modelers wrote for their own engines is named, on its element, and stands in the way of nothing."""

from tests.engine.checking import found
from tests.foreign_flow import FOREIGN


def test_whose_content_it_is_and_what_is_said():
    hints = {problem.message: problem.element for problem in found(FOREIGN) if problem.warning}
    assert hints == {
        "「p」带有 Camunda 7 的内容（historyTimeToLive），系统不读，照原样留在文件里。": "p",
        "「p」带有 Signavio 的内容（signavioMetaData），系统不读，照原样留在文件里。": "p",
        "「踏勘」带有 Camunda 7 的内容（assignee、formData），系统不读，照原样留在文件里。": "visit",
        "「踏勘」带有 Camunda 8 的内容（taskHeaders），系统不读，照原样留在文件里。": "visit",
    }


def test_what_the_engine_must_not_run_is_an_error():
    assert any("instructionsForEndUser" in problem.message for problem in found(FOREIGN) if not problem.warning)
