"""Hansard as TheyWorkForYou keeps it: one XML file for each day of the Commons since 1919."""
