"""Meetings as people look at them: coming and held, one of them, who came."""
