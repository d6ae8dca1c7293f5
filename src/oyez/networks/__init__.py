"""Networks: the contract, one package per network, and the tuple of them in registry.py."""
