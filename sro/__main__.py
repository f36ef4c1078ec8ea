"""`python -m sro …`."""

import sys

from sro.cli import main

sys.exit(main())
