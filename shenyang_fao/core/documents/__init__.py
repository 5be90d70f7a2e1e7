"""Letters on paper: fonts, typesetting, signing, and looking at a signed file. No models, no requests."""
