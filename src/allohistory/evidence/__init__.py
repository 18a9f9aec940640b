"""What is learnt about the parameters: from the record, from historians' verdicts, from counted base rates."""
