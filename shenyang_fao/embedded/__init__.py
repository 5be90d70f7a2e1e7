"""The embedded mode: one command brings its own database, broker, worker and web. Imports no Django app."""
