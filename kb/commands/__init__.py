"""The commands of `kb`, one a file: parse options, call one function, print."""
