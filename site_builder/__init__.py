"""Prongsai (โปร่งใส)."""
