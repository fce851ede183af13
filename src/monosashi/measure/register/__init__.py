"""What the register says when it is looked at as a whole: burden, likeness, sharing."""
