"""Persons and claims from files, and settlements to files."""
