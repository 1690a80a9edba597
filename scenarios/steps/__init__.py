"""The vocabulary, one chapter a module. Importing this package registers every step."""

from scenarios.steps import acting, deadlines, meetings, papers, preparing, story, tables, tasks, time

__all__ = ["acting", "deadlines", "meetings", "papers", "preparing", "story", "tables", "tasks", "time"]
