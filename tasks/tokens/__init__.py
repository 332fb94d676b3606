"""The signed text in the code on a certificate: minted, drawn as a QR code, read back, and its keys and status list."""
