"""The register of members of both Houses, from Parliament's members API."""
