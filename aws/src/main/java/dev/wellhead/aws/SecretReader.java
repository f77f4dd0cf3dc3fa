package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.credentials.RefreshSource;
import dev.wellhead.internal.credentials.Refresher;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Reads the versions of one secret. Without a refused login, only AWSCURRENT is read. After a refused login, the labels
 * are read in the order in which a rotation can have moved them, until one of them has a new text. Thread-safe.
 */
final class SecretReader implements RefreshSource<SecretContent> {

    private static final StagingLabel[] ALL = {StagingLabel.CURRENT, StagingLabel.PENDING, StagingLabel.PREVIOUS};

    /**
     * For a login that is still refused although every label was read: most likely there is a pending version that
     * reads do not show yet. The previous version cannot change in the meantime.
     */
    private static final StagingLabel[] CHANGING = {StagingLabel.PENDING, StagingLabel.CURRENT};

    private final String secretId;
    private final SecretStore store;
    private final SecretErrors errors;
    private final SecretVersions versions = new SecretVersions();

    /** The generation for which every label was read without finding a new text. */
    private volatile long completelyRead = Refresher.NOTHING_REFUSED;

    SecretReader(String secretId, SecretStore store, SecretErrors errors) {
        this.secretId = secretId;
        this.store = store;
        this.errors = errors;
    }

    @Override
    public @Nullable SecretContent lastKnown() {
        return versions.content();
    }

    @Override
    public long generation(SecretContent known) {
        return known.generation();
    }

    @Override
    public boolean fetch(long refused) throws CredentialsException {
        try {
            boolean isSearch = refused != Refresher.NOTHING_REFUSED && versions.content() != null;
            return isSearch ? search(refused) : versions.add(read(StagingLabel.CURRENT), refused);
        } catch (SdkException | AwsIdentity.MissingException | EndpointException e) {
            throw errors.of(e);
        }
    }

    /**
     * Reads the current version and, if it has nothing new, the pending one. The previous version is read only after a
     * refused login, because it can be current only if the server rejects the others.
     */
    @Override
    public boolean fetchAll() throws CredentialsException {
        try {
            return versions.add(read(StagingLabel.CURRENT), Refresher.NOTHING_REFUSED) || hasNewPending();
        } catch (SdkException | AwsIdentity.MissingException | EndpointException e) {
            throw errors.of(e);
        }
    }

    /** {@return whether the pending version has a new login} Outside of a rotation there is none. */
    private boolean hasNewPending() throws CredentialsException {
        try {
            return versions.add(read(StagingLabel.PENDING), Refresher.NOTHING_REFUSED);
        } catch (SdkException e) {
            if (!SecretErrors.concernsVersion(e)) {
                throw e;
            }
            unusable(StagingLabel.PENDING, errors.of(e));
        } catch (CredentialsException e) {
            unusable(StagingLabel.PENDING, e);
        }
        return false;
    }

    private void unusable(StagingLabel label, CredentialsException reason) {
        log().debug("{} of {} cannot be used: {}", label.text(), errors.description(), reason.getMessage());
        versions.remove(label);
    }

    /**
     * {@return whether a label has a text that the refused content does not have} A label that cannot be read does not
     * end the search: a rotation without a previous version, for example, is normal.
     */
    private boolean search(long refused) throws CredentialsException {
        CredentialsException unreadable = null;
        StagingLabel[] labels = refused == completelyRead ? CHANGING : ALL;
        for (StagingLabel label : labels) {
            CredentialsException failed;
            try {
                SecretVersion version = read(label);
                if (versions.add(version, refused)) {
                    log().info("The server refused the credentials of {}; trying {}.", errors.description(), version);
                    return true;
                }
                continue;
            } catch (SdkException e) {
                if (!SecretErrors.concernsVersion(e)) {
                    throw e;
                }
                failed = errors.of(e);
            } catch (CredentialsException e) {
                failed = e;
            }
            unusable(label, failed);
            unreadable = label == StagingLabel.CURRENT ? failed : unreadable;
        }
        completelyRead = refused;
        if (unreadable != null) {
            throw unreadable;
        }
        return false;
    }

    private SecretVersion read(StagingLabel label) throws CredentialsException {
        GetSecretValueResponse response = store.get(secretId, label);
        if (response.secretString() == null) {
            throw errors.withoutText();
        }
        return new SecretVersion(
                label, response.versionId() == null ? "unknown" : response.versionId(), response.secretString());
    }

    @Override
    public CredentialsException timeoutFailure(Duration budget) {
        return errors.timeoutFailure(budget);
    }

    @Override
    public CredentialsException unexpectedFailure(Throwable unexpected) {
        return errors.unexpectedFailure(unexpected);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(RotatingSecret.class);
    }
}
