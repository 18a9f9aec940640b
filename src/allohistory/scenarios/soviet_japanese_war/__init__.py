"""A serious Soviet-Japanese war, 1931 to 1950: how the border fighting could have become one."""
