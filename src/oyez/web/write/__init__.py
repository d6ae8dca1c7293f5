"""Write a message: once for all, or in each network's own words."""
