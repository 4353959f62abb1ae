"""The weekly mail: that there is something new, never what. An address, its code, one tap to be rid of it."""
