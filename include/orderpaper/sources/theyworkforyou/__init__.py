"""Hansard as published by TheyWorkForYou: one XML file for each day of the Commons since 1919."""
