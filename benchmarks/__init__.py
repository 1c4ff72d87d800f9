"""Measurements that are not tests: accuracy and cost of the matcher beside simpler ones."""
