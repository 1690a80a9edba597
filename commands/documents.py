"""Reading a JSON file that an operator names."""

import json
from typing import Any

import click

from commands.verbs import Refused

DOCUMENT = click.argument("file", type=click.File(encoding="utf-8-sig"))


def read_json(file: Any) -> Any:
    try:
        return json.load(file)
    except ValueError as error:
        raise Refused(f"{file.name} 不是有效的 JSON（UTF-8）文件：{error}") from error
