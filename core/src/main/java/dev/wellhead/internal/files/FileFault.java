package dev.wellhead.internal.files;

/** Why a file cannot be read. Each reason completes the sentence "DB_SSLROOTCERT names /etc/root.crt, which ...". */
public enum FileFault {
    MISSING("does not exist", "Create the file, or correct the path."),
    DANGLING_LINK("is a symbolic link whose target does not exist", "Create the target, or correct the link."),
    LINK_LOOP("is part of a loop of symbolic links", "Correct the link."),
    DIRECTORY("is a directory", "Name a file."),
    NOT_DIRECTORY("is not a directory", "Name a directory."),
    TOO_MANY_ENTRIES("contains more than ", "Name the right directory."),
    PIPE("is a named pipe", "Write the content to a regular file, because the file is read more than once."),
    SOCKET("is a socket", "Name a regular file."),
    DEVICE("is a device", "Name a regular file."),
    DESCRIPTOR(
            "is an open descriptor of this process and not a regular file",
            "Write the content to a regular file, because the file is read more than once."),
    OTHER("is not a regular file", "Name a regular file."),
    TOO_LARGE("is larger than ", "Name the right file, or make it smaller."),
    DENIED("cannot be read: permission denied for ", "Give this user the permission to read the file."),
    NOT_PRIVATE(
            "has group or world access; its permissions should be 0600 or less, or 0640 if it belongs to root",
            "Run chmod 600 on the file. For a Secret in Kubernetes, set defaultMode to 0640, and fsGroup to the group of"
                    + " the process."),
    NOT_UTF8("is not UTF-8 text", "Save it as UTF-8."),
    NUL_CHARACTER("contains a NUL character", "Save it as plain text."),
    CHANGING("changes while it is read", "Replace the file by renaming a complete one."),
    NO_ANSWER("did not answer within ", "Check the file system that it is on."),
    FAILED("cannot be read", "Check the file and the file system that it is on.");

    private final String reason;
    private final String fix;

    FileFault(String reason, String fix) {
        this.reason = reason;
        this.fix = fix;
    }

    String reason() {
        return reason;
    }

    String fix() {
        return fix;
    }
}
