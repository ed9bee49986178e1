"""Read names, seats and posts as printed, and look up who held which office when."""
