"""A YAML file held against a model: every problem with file, line and column."""
