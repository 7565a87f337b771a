"""Ways to write findings down, one a module: `render(report)` for people, for CI services, for review tools."""
