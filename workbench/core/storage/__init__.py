"""Files on a disk that several processes share: full disks and locks."""
