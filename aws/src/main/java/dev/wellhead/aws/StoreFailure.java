package dev.wellhead.aws;

/** Why the store gave no secret. */
enum StoreFailure {
    /** No secret of this name, or none with the label, in the region that was asked. */
    NOT_FOUND,
    /** The identity may not read it. */
    ACCESS_DENIED,
    /** There is no identity to ask with. */
    NO_IDENTITY,
    /** There would be an identity, and the part of the SDK that gets it is missing. */
    MODULE_MISSING,
    /** The identity's signature or token was refused: wrong, expired, or the clock is off. */
    IDENTITY_REFUSED,
    /** The key that encrypts the secret may not be used. */
    KMS_DENIED,
    /** Too many calls. */
    THROTTLED,
    /** The store did not answer in time or could not be reached. */
    UNREACHABLE,
    /** The store failed, or its answer makes no sense. */
    BROKEN,
    /** The secret holds bytes, not text. */
    BINARY;

    /** {@return whether asking again may help without anybody changing anything} */
    boolean mayPass() {
        return this == THROTTLED || this == UNREACHABLE || this == BROKEN;
    }

    /** {@return whether another label of the same secret may be readable all the same} */
    boolean isAboutLabel() {
        return this == NOT_FOUND || this == ACCESS_DENIED || this == KMS_DENIED || this == BINARY;
    }
}
