"""What would settle a point: what follows once it is known how points come out that are still unsettled."""
