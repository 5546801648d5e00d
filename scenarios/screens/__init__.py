"""Screens: what is said of each, and what keys do on it."""
