"""What is wrong with an expression, and where."""

from errors import AppError


class FeelError(AppError):
    """表达式有误。"""

    def __init__(self, message: str | None = None, column: int = 0):
        self.column = column  # 1 is the first character; 0 when no one place is at fault
        super().__init__(f"第 {column} 个字符处：{message}" if message and column else message)
