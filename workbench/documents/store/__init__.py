"""Printed documents in a folder or a bucket, each stored once under the digest of all that it depends on."""
