"""Networks: the contract and one package per network. Registration is an explicit tuple, see registry.py."""
