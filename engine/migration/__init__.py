"""Whether a running case may go on under another version, and its state carried over (docs/decisions/migration.md).

Pure: it knows states, versions and a mapping of elements. Who asks, and what else of a case goes along, is
operations/studio/migrating.py.
"""

from engine.migration.carrying import carry
from engine.migration.fitting import Fitting
from engine.migration.judging import Judge, Klass, Verdict
from engine.migration.standing import Running, Standing, standing, waits_at

__all__ = ["Fitting", "Judge", "Klass", "Running", "Standing", "Verdict", "carry", "standing", "waits_at"]
