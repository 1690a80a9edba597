"""Tokens into the tree that tree.py describes, by recursive descent."""

from collections.abc import Callable

from engine.feel.errors import FeelError
from engine.feel.reader import TokenReader
from engine.feel.tokens import Token
from engine.feel.tree import COMPARISONS, Node, call, interval, moment, negative, says_truth

MAX_NESTING = 25  # brackets within brackets


class Parser(TokenReader):
    # -- expressions, loosest operator first

    def expression(self) -> Node:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise FeelError("括号或条件套得太深。", self.token.column)
        node = self.condition() if self.sees("if") else self.chain("or", lambda: self.chain("and", self.comparison))
        self.nesting -= 1
        return node

    def condition(self) -> Node:
        self.expect("if")
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return ("if", condition, then, self.expression())

    def chain(self, word: str, operand: Callable[[], Node]) -> Node:
        operands = [operand()]
        while self.take(word):
            operands.append(operand())
        return operands[0] if len(operands) == 1 else (word, *operands)

    def comparison(self) -> Node:
        left = self.sum()
        if self.sees(*COMPARISONS):
            return (self.expect(*COMPARISONS), left, self.sum())
        if self.take("between"):
            low = self.sum()
            self.expect("and")
            return ("between", left, low, self.sum())
        if self.take("in"):
            return ("in", left, *self.tests_after_in())
        return left

    def tests_after_in(self) -> list[Node]:
        if not self.take("("):
            return self.flat(self.test(self.sum))
        first = self.test(self.expression)
        if first[0] in {"is", "true"} and self.take(".."):
            return [self.range_from("(", first[1])]
        tests = self.flat(first)
        while self.take(","):
            tests += self.flat(self.test(self.expression))
        self.expect(")")
        return tests

    def sum(self) -> Node:
        node = self.product()
        while self.sees("+", "-"):
            node = (self.expect("+", "-"), node, self.product())
        return node

    def product(self) -> Node:
        node = self.negative()
        while self.sees("*", "/"):
            node = (self.expect("*", "/"), node, self.negative())
        return node

    def negative(self) -> Node:
        minuses = 0
        while self.take("-"):
            minuses += 1
        node = self.primary()
        return negative(node) if minuses % 2 else node

    def primary(self) -> Node:
        token = self.token
        if token.kind in {"number", "string"}:
            self.at += 1
            return ("literal", token.value)
        if token.kind == "name":
            return self.name_or_call()
        if self.take("true", "false", "null"):
            return ("literal", {"true": True, "false": False, "null": None}[token.text])
        if self.take("not"):
            self.expect("(")
            node = self.expression()
            self.expect(")")
            return ("not", node)
        if self.take("?"):
            return ("?",)
        if self.take("@"):
            return self.moment(self.token)
        if self.take("("):
            node = self.expression()
            if self.take(".."):
                return self.range_from("(", node)
            self.expect(")")
            return node
        if self.take("["):
            return self.list_or_range()
        if self.take("]"):
            low = self.expression()
            self.expect("..")
            return self.range_from("(", low)
        raise self.unexpected("一个值、变量或函数")

    def name_or_call(self) -> Node:
        token = self.token
        self.at += 1
        if self.take("("):
            arguments = [] if self.sees(")") else self.listed(self.expression)
            self.expect(")")
            return call(token, arguments)
        parts = [token.text]
        while self.take("."):
            if self.token.kind != "name":
                raise self.unexpected("变量的下一级名称")
            parts.append(self.token.text)
            self.at += 1
        return ("name", *parts)

    def moment(self, token: Token) -> Node:
        if token.kind != "string":
            raise self.unexpected("写在引号里的日期")
        self.at += 1
        word = "date" if len(str(token.value)) <= 10 else "date and time"
        return moment(word, str(token.value), token.column)

    def list_or_range(self) -> Node:
        if self.take("]"):
            return ("list",)
        items = self.listed(self.expression)
        if len(items) == 1 and self.take(".."):
            return self.range_from("[", items[0])
        self.expect("]")
        return ("list", *items)

    def range_from(self, opening: str, low: Node) -> Node:
        column = self.token.column
        high = self.expression()
        closing = self.expect("]", ")", "[")
        return interval(opening, low, high, "]" if closing == "]" else ")", column)

    def listed(self, read: Callable[[], Node]) -> list[Node]:
        items = [read()]
        while self.take(","):
            items.append(read())
        return items

    # -- tests

    def unary_tests(self) -> tuple[bool, list[Node]] | None:
        """(negated, tests) of a cell; None when the cell accepts anything."""
        if self.token.kind == "end" or (self.token.text == "-" and self.tokens[self.at + 1].kind == "end"):
            self.at = len(self.tokens) - 1
            return None
        return self.negated_tests() or (False, self.test_list())

    def negated_tests(self) -> tuple[bool, list[Node]] | None:
        start = self.at
        if self.take("not"):
            self.expect("(")
            tests = self.test_list()
            self.expect(")")
            if self.token.kind == "end":
                return (True, tests)
            if self.sees(","):
                raise FeelError("not(…) 要包住整个单元格，请把其余的值也写进括号里。", self.token.column)
            self.at, self.nesting = start, 0  # not(…) was the beginning of an expression
        return None

    def test_list(self) -> list[Node]:
        return [test for part in self.listed(lambda: self.test(self.expression)) for test in self.flat(part)]

    def test(self, read: Callable[[], Node]) -> Node:
        if self.sees(*COMPARISONS):
            return ("than", self.expect(*COMPARISONS), self.sum())
        node = read()
        if node[0] == "range":
            return node
        return ("true" if says_truth(node) else "is", node)

    @staticmethod
    def flat(test: Node) -> list[Node]:
        if test[0] == "is" and test[1][0] == "list":
            return [item if item[0] == "range" else ("is", item) for item in test[1][1:]]
        return [test]
