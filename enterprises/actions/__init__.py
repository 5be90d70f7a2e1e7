"""Writing: every change of this app's records goes through these verbs."""
