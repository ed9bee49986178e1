"""Third-party AI digests of debates: files only, through the inbox."""
