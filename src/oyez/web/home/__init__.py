"""What needs me now? The first page."""
