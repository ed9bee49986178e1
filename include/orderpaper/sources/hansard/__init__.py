"""The proceedings of both Houses, from Parliament's Hansard API."""
