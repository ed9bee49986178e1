"""Oral questions of a sitting as saved without speakers: files only, through the inbox."""
