"""Scenarios on every core tell what they would tell one after the other."""

from commands.scenarios import open_database
from scenarios.features import read_features
from scenarios.runner import run_all
from scenarios.side_by_side import run_on_all_cores
from tests.scenarios.small import REGISTER, make_folder, write_scenario


def test_portions_of_two_flows_come_back_in_order_with_what_they_walked_and_why_they_failed(tmp_path) -> None:
    for flow in ("a", "b"):
        folder = make_folder(tmp_path / flow)
        write_scenario(folder, REGISTER, "那么 状态是 已受理", name=f"{flow} 不成立")
        write_scenario(folder, REGISTER, name=f"{flow} 成立")
    scenarios = read_features([tmp_path])

    together = list(run_on_all_cores(scenarios, open_database))

    alone = list(run_all(scenarios, open_database))
    assert [(each.scenario, each.failure, each.walked) for each in together] == [
        (each.scenario, each.failure, each.walked) for each in alone
    ]
    assert [bool(each.failure) for each in together] == [True, False, True, False]
