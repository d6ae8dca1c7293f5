"""Posts: what we mean to say once, in each channel's own words."""
