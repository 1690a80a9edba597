"""The flows this checkout carries owe nobody a limit, an owner or an answer; and the check would notice if they did.

That each may be deployed without a finding or a warning says test_diagrams.
"""

import re

import pytest

from tests.bpmn.flows import FLOWS, obstacles

REPLY = r'<spiffworkflow:property name="reply" value="yes" />'
LIMIT = r'<[^>]*"deadline" value="verify" />\s*<[^>]*"deadlineName"[^>]*/>\s*<[^>]*"limit"[^>]*/>'
OFFICE = r"post\(&quot;campaign_office&quot;, &quot;campaign_clerk&quot;\)"


@pytest.mark.parametrize(
    ("key", "old", "new", "elements"),
    [
        pytest.param("xt_cannot", REPLY, "", {"N17_end", "N17_reply_end"}, id="an answer"),
        pytest.param("yc_task", LIMIT, "", {"N05_verify"}, id="a limit"),
        pytest.param("yc_complaint", OFFICE, "lead_org", {"N03_urge"}, id="an owner"),
    ],
)
def test_the_same_flow_with_one_thing_left_out_is_refused_on_the_element(key, old, new, elements):
    name = f"{key}.bpmn"
    changed = re.sub(old, new, FLOWS[key][name].decode())
    assert elements <= {problem.element for problem in obstacles(key, FLOWS[key] | {name: changed.encode()})}
