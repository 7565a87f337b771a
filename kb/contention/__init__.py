"""From stances to disputes: what is contested, by which sides, which moves wait for whom."""
