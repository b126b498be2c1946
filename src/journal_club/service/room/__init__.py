"""The reading room's view models: what its templates draw of a paper, as plain data with places in the source text."""
