"""The public page of this house: everything it has published, for everybody to read."""
