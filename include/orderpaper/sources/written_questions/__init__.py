"""Written questions and their answers, from Parliament's questions-and-statements API."""
