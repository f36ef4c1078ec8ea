"""Pure statistical functions. They know nothing of the program, the database or the screen."""
