"""The library's pages, and the pictures and films themselves as pages show them."""
