"""Posts of departments' press blogs."""
