"""What a cell holds, read as people write it: names, contacts, dates, amounts, statuses."""
