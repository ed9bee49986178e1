"""Third-party listings of written questions: files only, through the inbox."""
