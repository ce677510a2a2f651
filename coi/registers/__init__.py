"""What is declared: the registers that the law asks for."""
