"""What the product costs, measured against its targets and against naive SpiffWorkflow persistence in the same run.

`python -m benchmarks [NAME…] [--quick] [--large]`; docs/decisions/performance.md explains every line it prints.
"""
