"""The address of the database, as an operator writes it."""

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

BACKENDS = ("sqlite", "postgresql")
#: Without the address: a password may stand in it.
MALFORMED = (
    "BIHUAN_DATABASE_URL 不是能用的数据库地址，应写成 sqlite:////目录/bihuan.db 或"
    " postgresql+psycopg://用户:密码@主机:5432/库名，密码里的特殊字符写成 %40 这样。"
)


def is_malformed(address: str) -> bool:
    """Whether no database can have this address. One that merely does not answer may have it."""
    try:
        url = make_url(address)
        dialect = url.get_dialect()()
        dialect.import_dbapi()
        _, arguments = dialect.create_connect_args(url)
        if dialect.name == "postgresql":
            make_conninfo(**arguments)
    except (ArgumentError, ValueError, ImportError, psycopg.ProgrammingError):  # NoSuchModuleError is the first
        return True
    return dialect.name not in BACKENDS
