"""What a file goes through by itself: filters, licence headers, the search for evaluation texts."""
