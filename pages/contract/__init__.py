"""Pages about a government contract: people, bills, milestones, the buyer (D16 to D20, D28, D29, D32)."""
