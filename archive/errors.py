"""What can go wrong in the archive; each message is one sentence for the user."""


class ArchiveError(Exception):
    """The archive cannot be read or written."""


class NotAnArchiveError(ArchiveError):
    """The file is no archive of Dateline's."""


class NewerArchiveError(ArchiveError):
    """The archive was made by a newer version."""


class ArchiveBusyError(ArchiveError):
    """Another process holds the archive or the source."""


class UnknownLabelError(ArchiveError):
    """The archive has no source, section, author or language of that name."""
