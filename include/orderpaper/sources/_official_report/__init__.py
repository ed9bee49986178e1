"""The Official Report, in any format: turns, their roles, and the records of a debate."""
