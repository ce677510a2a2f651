"""What the public sees: editions of the registers, their public pages and files, and the feed of their changes."""
