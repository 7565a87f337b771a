"""What pages are made of: addresses, cards, outlines, maps, links, and the folder they are written to."""
