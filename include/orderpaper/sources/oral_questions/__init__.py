"""Oral questions as tabled, from Parliament's oral-questions-and-motions API. The answers are in Hansard."""
