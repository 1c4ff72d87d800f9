"""answers/ on disk → Library in memory."""
