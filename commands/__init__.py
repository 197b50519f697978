"""What ``cli.py`` can be asked for: one function a command, each returning its exit code."""
