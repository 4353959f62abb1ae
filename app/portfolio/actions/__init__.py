"""What is done with a portfolio: each function is one transaction, and starts from what the actor may see."""
