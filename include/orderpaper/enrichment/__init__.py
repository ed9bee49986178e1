"""Read the text of every statement: sums of money, the members named, and what its words say."""
