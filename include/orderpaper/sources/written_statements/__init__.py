"""Written ministerial statements of both Houses, from the questions and statements API."""
