"""A flow that names a clause which no document has is not deployed."""

import pytest

from errors import InvalidDiagram
from operations.house.deployments import check_flow, deploy
from tests.small_flow import FILES


def naming(clause: str) -> dict[str, bytes]:
    """The small flow; its signing names this clause."""
    return {name: content.replace(b'"XT-10"', f'"{clause}"'.encode()) for name, content in FILES.items()}


def test_a_misspelt_clause_is_named_with_its_element(county):
    with pytest.raises(InvalidDiagram, match="「签收」（sign） 的依据条款“XT-99”在文件里没有，请核对编号。"):
        deploy("small", naming("XT-10 XT-99"))


def test_a_county_may_name_the_clauses_of_a_document_of_its_own(county):
    assert check_flow("small", naming("HX-03")) == []
