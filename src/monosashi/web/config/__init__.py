"""How the web shell is put together: settings, addresses, headers, failures."""
