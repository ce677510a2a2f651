"""What several items at several meetings are about, and who worked on it before."""
