"""The command line: one module for each group of commands, and `main` which puts them together.

A command imports the code that does its work when it runs, so that `--help` and completion stay fast.
"""
