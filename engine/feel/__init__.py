"""FEEL as dmn-js and form-js write it: a small parser of our own, see docs/decisions/decision-tables.md."""

from engine.feel.errors import FeelError
from engine.feel.expressions import Call, Expression, UnaryTests, compile_expression, compile_unary

__all__ = ["Call", "Expression", "FeelError", "UnaryTests", "compile_expression", "compile_unary"]
