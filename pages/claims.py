"""Can I say this? Before a sentence leaves the house."""

from sro import screen

screen.title("Can I say this?", "Does the data bear the sentence, and which sentence does it bear?")
view = screen.filters()
screen.claims(view)
