"""泰州's 次评价、月通报、季测评、年考核 (TZ-14…33): what the cases and votes say, worked out by `assessment/`.

Each paper keeps its working, and under keys that begin with "_" what pages and later papers read.
"""

from handlers.tz import evaluations, month, quarter, year  # noqa: F401  importing registers their handlers
