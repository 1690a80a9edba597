"""What a process designer writes down in Chinese, played on a virtual clock: steps, runner, path coverage.

The vocabulary is documented in docs/scenarios.md, which is printed from the steps themselves.
"""
