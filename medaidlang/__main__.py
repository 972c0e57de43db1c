"""`python -m medaidlang`."""

from medaidlang.cli import main

main()
