"""From files to records: positions, shapes and faults, nothing raised on what an editor wrote."""
