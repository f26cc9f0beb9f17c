"""The page's sections: each a pure function from the evidence to a `Section`, one file per question."""
