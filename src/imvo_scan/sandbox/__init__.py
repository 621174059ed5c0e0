"""Files of others opened in a process of their own, which may use so much memory and time.

`process` is the side that asks and knows this package only; what it starts is `child`, which needs
the standard library and the one library that reads the file.
"""
