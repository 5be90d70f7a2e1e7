"""Photographs of the public site: judged on the way in, made in several sizes by the outbox, given out while shown."""
