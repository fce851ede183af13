"""The register: services, procedures, forms and common tools, and what they have in common."""
