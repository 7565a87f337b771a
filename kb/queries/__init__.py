"""Questions one can ask a debate, one a file: functions from a debate to rows that serialise."""
