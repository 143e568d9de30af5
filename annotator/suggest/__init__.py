"""What the program proposes to mark: nothing here writes anything, since only the annotator decides."""
