"""From records to what stands: acts, stances, the framework that is labelled, and what is still unsettled."""
