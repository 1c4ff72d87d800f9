"""From text to what a person wants. Pure: no files, no network, no clock."""
