package dev.wellhead.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Replaces the SDK's credentials chain. */
final class TestIdentities implements AwsCredentialsProvider, SdkAutoCloseable {

    private volatile AwsCredentials identity;
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable Runnable pause;
    private volatile int asked;
    private volatile boolean closed;

    TestIdentities(AwsCredentials identity) {
        this.identity = identity;
    }

    AwsIdentity identity() {
        return new AwsIdentity(this);
    }

    static TestIdentities of(SignatureV4 keys) {
        return new TestIdentities(identity(keys, null));
    }

    static AwsCredentials identity(SignatureV4 keys, @Nullable Instant expires) {
        String session = keys.sessionToken();
        if (session == null) {
            return AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey());
        }
        return AwsSessionCredentials.builder()
                .accessKeyId(keys.accessKeyId())
                .secretAccessKey(keys.secretAccessKey())
                .sessionToken(session)
                .expirationTime(expires)
                .build();
    }

    void become(AwsCredentials other) {
        identity = other;
    }

    void fail(RuntimeException with) {
        failure = with;
    }

    void recover() {
        failure = null;
    }

    /** Runs {@code before} each answer. */
    void pause(Runnable before) {
        pause = before;
    }

    synchronized int asked() {
        return asked;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        count();
        Runnable before = pause;
        if (before != null) {
            before.run();
        }
        RuntimeException with = failure;
        if (with != null) {
            throw with;
        }
        return identity;
    }

    private synchronized void count() {
        asked++;
    }

    @Override
    public void close() {
        closed = true;
    }
}
