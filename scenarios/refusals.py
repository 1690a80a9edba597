"""What was refused, in all the words a user reads."""

from errors import AppError, InvalidForm

REFUSED = "会被拒绝"


def words_of(error: AppError) -> str:
    """The message, and for a form each field that is wrong."""
    if isinstance(error, InvalidForm):
        return f"{error}{'；'.join(f'{field}：{problem}' for field, problem in error.problems.items())}"
    return str(error)
