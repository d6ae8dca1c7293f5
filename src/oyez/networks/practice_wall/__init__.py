"""Practice: a network nobody else sees."""

from oyez.networks.practice_wall.network import PracticeWall

__all__ = ["PracticeWall"]
