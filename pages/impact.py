"""Impact: did a rate change where the program began, and what speaks against reading it so?"""

from sro import screen

screen.title("Impact", "Did it change when the program came, and what else could it be?")
view = screen.filters()
screen.impact(view)
