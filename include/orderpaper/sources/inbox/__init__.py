"""Files that a person dropped in a folder, recognised by what they contain."""
