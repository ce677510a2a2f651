"""Work that happens after a request: the job table and its worker."""
