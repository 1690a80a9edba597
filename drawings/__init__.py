"""`make diagrams`: every diagram under bpmn/ as an SVG in docs/diagrams/, with a page that lists them."""
