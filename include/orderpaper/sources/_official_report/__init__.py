"""The Official Report, in whichever format it comes: turns, their roles, and the records of a debate."""
