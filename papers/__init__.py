"""Official papers: from the facts of a document to a .docx in the layout of GB/T 9704-2012. Pure.

`compose()` words the facts, `fill()` puts them into a template, `check_template()` says what is wrong with one that
somebody uploads, `standard_template()` draws those the project brings along.
"""

from papers.checking import BadTemplate, check_template
from papers.composing import Issued, compose, day_in_words, title_of
from papers.filling import fill
from papers.kinds import TEMPLATES, Template, template_of
from papers.paper import Block, Paper, Table
from papers.sample import sample
from papers.standard import standard_template

__all__ = [
    "TEMPLATES",
    "BadTemplate",
    "Block",
    "Issued",
    "Paper",
    "Table",
    "Template",
    "check_template",
    "compose",
    "day_in_words",
    "fill",
    "sample",
    "standard_template",
    "template_of",
    "title_of",
]
