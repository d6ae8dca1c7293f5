"""Is somebody else posting as us? The evidence, the answer, and all cut off in two clicks."""
