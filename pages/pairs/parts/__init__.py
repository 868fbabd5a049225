"""What the pages of pairs are made of."""
