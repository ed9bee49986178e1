"""Oral questions as tabled, from Parliament's oral-questions-and-motions API. What was answered stands in Hansard."""
