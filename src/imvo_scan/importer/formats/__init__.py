"""Kinds of files that lists come in, read as sheets of rows."""
