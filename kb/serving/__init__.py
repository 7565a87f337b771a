"""The language server: debates as editors hold them, and the protocol that editors speak."""
