"""Maps: what stands on one, where boxes and lines go, and how they are drawn as SVG."""
