"""What surrounds the bot where it runs: compose file, manifests, alerts, dashboard, image."""
