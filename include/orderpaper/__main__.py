"""`python -m orderpaper` is the command `orderpaper`."""

import sys

from orderpaper.cli.main import main

sys.exit(main())
