"""People: names, seats and posts as printed, and who held which office when."""
