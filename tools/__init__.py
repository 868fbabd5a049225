"""What those who look after Mentor Desk run by hand or from the Makefile."""
