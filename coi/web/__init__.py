"""Flask glue that every room uses: access, pages, forms, drafts, idempotency, headers, errors, navigation. No word of
the trade."""
