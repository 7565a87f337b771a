"""What pages are made of: addresses, cards, lists, threads, maps of a debate, the search, feeds, and the look of a debate's own."""
