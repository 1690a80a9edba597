"""Decision tables: read from .dmn files, decided, and checked for overlaps and gaps."""

from engine.decisions.checking import TableCheck
from engine.decisions.reading import decision_elements, parse_decisions
from engine.decisions.table import DecisionTable, Input, Output, Rule

__all__ = ["DecisionTable", "Input", "Output", "Rule", "TableCheck", "decision_elements", "parse_decisions"]
