"""What a password must be like, and making one up (S-01)."""

import secrets
import string

from errors import AppError
from reference import parameters

SHORTEST = 10  # where no parameter says otherwise
KINDS = 3  # of small letters, capitals, digits and signs
MADE_UP = 14  # characters
SIGNS = "-_=+@#%"
#: Without those that are taken for each other when read from paper.
READABLE = [character for character in string.ascii_letters + string.digits + SIGNS if character not in "0OoIl1"]


class WeakPassword(AppError):
    """密码太简单。"""


def check_password(password: str) -> None:
    """Raises WeakPassword."""
    if len(password) < (least := shortest()):
        raise WeakPassword(f"密码至少{least}位。")
    if _kinds(password) < KINDS:
        raise WeakPassword("密码应包含大写字母、小写字母、数字、符号中的至少三种。")


def random_password() -> str:
    """One that passes the check, to be told to its owner once."""
    length = max(shortest(), MADE_UP)
    while True:
        password = "".join(secrets.choice(READABLE) for _ in range(length))
        if _kinds(password) >= KINDS:
            return password


def _kinds(password: str) -> int:
    return len({_kind(character) for character in password})


def _kind(character: str) -> str:
    if character.islower():
        return "small"
    if character.isupper():
        return "capital"
    return "digit" if character.isdigit() else "sign"


def shortest() -> int:
    """How many characters a password has at least."""
    return int(parameters.in_force("sec.pwd_min_len", SHORTEST))
