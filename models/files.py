"""Files that people hand in: beside the database, out of reach of the web, each under a name that says nothing."""

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from errors import StorageUnavailable

_folder = Path()


def keep_files_in(folder: Path) -> Path:
    """Where they lie; create_app() sets it. Several machines on one database share one. Returns the one before."""
    global _folder
    before, _folder = _folder, folder
    return before


def put_file(content: bytes) -> str:
    """Keep this and return the name it has here. It is on the disk, whole, before anybody is told of it (P6).

    Raises StorageUnavailable.
    """
    name = uuid4().hex
    place = _place(name)
    unfinished = place.with_suffix(".part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(place)
        _sync(place.parent)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise StorageUnavailable("文件没有存下，请稍后再试；一直这样请联系管理员。") from error
    return name


def read_file(name: str) -> bytes:
    """Raises StorageUnavailable when it is not there."""
    try:
        return _place(name).read_bytes()
    except OSError as error:
        raise StorageUnavailable("存放附件的地方读不到这个文件，请联系管理员。") from error


def drop_file(name: str) -> None:
    """What was put for a row that was not written after all."""
    with suppress(OSError):
        _place(name).unlink(missing_ok=True)


def _place(name: str) -> Path:
    """Two letters a folder: a hundred thousand files in one are slow to list."""
    return _folder / name[:2] / name


def _sync(folder: Path) -> None:
    """The name too is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
