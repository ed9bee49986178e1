"""What was said in both Houses, from Parliament's Hansard API."""
