"""The catalogue of handlers: what a designer may pick, with names, descriptions and typed parameters."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from errors import AppError, UnknownHandler
from handlers.context import CaseContext
from models import session

Handler = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class ParameterInfo:
    """One parameter as the modeler shows it."""

    name: str
    label: str
    type: type
    required: bool
    choose: str = ""  # `post` or `unit`: the modeler offers those of the county


@dataclass(frozen=True)
class HandlerInfo:
    """One handler as the modeler shows it."""

    key: str
    name: str
    description: str
    result: str
    parameters: tuple[ParameterInfo, ...]
    function: Handler
    escalates: bool = False  # it urges or supervises the unit it is given as `to`
    undoable: bool = False  # a step that used it can be taken back

    @property
    def takes(self) -> dict[str, bool]:
        """Its parameters by name, and whether each must be given."""
        return {parameter.name: parameter.required for parameter in self.parameters}


_registered: dict[str, HandlerInfo] = {}


class BadArgument(AppError):
    """服务的参数不正确。"""


def handler(
    key: str, *, name: str, result: str = "", escalates: bool = False, undoable: bool = False
) -> Callable[[Handler], Handler]:
    """Register a function under `key`. Its docstring is the description; parameters are `Annotated[type, 中文名]`,
    with a third "post" or "unit" where the modeler offers those of the county.

    `escalates`: it urges or supervises the unit `to`; a flow that uses it must end at somebody else (legality).
    `undoable`: nothing lasts of it but notices in the house and what operations/acts/recalling.py puts back, so that a
    step that used it can be taken back (撤回).
    """

    def register(function: Handler) -> Handler:
        if key in _registered:
            raise ValueError(f"two handlers are named {key!r}")
        description = inspect.getdoc(function) or ""
        _registered[key] = HandlerInfo(
            key, name, description, result, tuple(_parameters(function)), function, escalates, undoable
        )
        return function

    return register


def catalogue() -> dict[str, HandlerInfo]:
    """Every handler by key."""
    return dict(_registered)


def call(key: str, arguments: dict[str, Any], context: CaseContext) -> dict[str, Any]:
    """Run one handler. What it wrote, noted and moved is undone if it raises; the case itself goes on.

    Raises UnknownHandler, BadArgument, and whatever the handler raises.
    """
    if key not in _registered:
        raise UnknownHandler(f"没有名为“{key}”的服务。")
    info = _registered[key]
    _check(info, arguments)
    with context.attempt(), session.begin_nested():
        return info.function(context, **arguments)


def _parameters(function: Handler) -> list[ParameterInfo]:
    hints = get_type_hints(function, include_extras=True)
    _case, *rest = inspect.signature(function).parameters.values()
    infos = []
    for parameter in rest:
        hint = hints[parameter.name]
        if get_origin(hint) is not Annotated:
            raise ValueError(f"{function.__name__}: parameter {parameter.name} needs Annotated[type, label]")
        kind, label, choose = (*get_args(hint), "")[:3]
        required = parameter.default is inspect.Parameter.empty
        infos.append(ParameterInfo(parameter.name, label, get_origin(kind) or kind, required, choose))
    return infos


def _check(info: HandlerInfo, arguments: dict[str, Any]) -> None:
    known = {parameter.name: parameter for parameter in info.parameters}
    for name in arguments.keys() - known.keys():
        raise BadArgument(f"服务“{info.name}”没有参数“{name}”。")
    for name, parameter in known.items():
        if name not in arguments:
            if parameter.required:
                raise BadArgument(f"服务“{info.name}”缺少参数“{parameter.label}”。")
        elif not _fits(arguments[name], parameter):
            raise BadArgument(f"服务“{info.name}”的参数“{parameter.label}”类型不对。")


def _fits(value: Any, parameter: ParameterInfo) -> bool:
    if value is None:
        return not parameter.required
    if parameter.type is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, parameter.type)
