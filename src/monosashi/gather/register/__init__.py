"""The register: organizations, services, procedures and tools, as they arrive in files and forms."""
