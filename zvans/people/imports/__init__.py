"""Bringing in the spreadsheet that a school has today."""
