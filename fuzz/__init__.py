"""Fuzzing of everything that reads bytes from outside; run by `python3 dev.py fuzz`."""
