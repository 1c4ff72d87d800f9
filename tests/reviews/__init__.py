"""Reviews: signing, verifying, serving, expiring, revoking."""
