"""Acceptance semantics, one a file: `label(framework, …) -> Labelling`."""
