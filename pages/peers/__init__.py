"""Pages about peers for councils: requests, projects, the peers, and a peer's own page (L1 to L11)."""
