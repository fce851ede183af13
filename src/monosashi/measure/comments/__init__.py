"""What free-text answers say together: themes and polarity as shares of respondents, never one person."""
