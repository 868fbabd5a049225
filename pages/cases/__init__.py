"""Pages about one person's way through a provision, for co-ordinators, managers and mentors (D1 to D12)."""
