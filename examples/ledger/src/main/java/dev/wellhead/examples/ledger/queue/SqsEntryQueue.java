package dev.wellhead.examples.ledger.queue;

import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import dev.wellhead.examples.ledger.outbox.OutboxEntry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/**
 * A queue of SQS. The AWS SDK finds region, credentials and endpoint in the environment, so the same code uses ElasticMQ if
 * {@code AWS_ENDPOINT_URL_SQS} has its address.
 */
public final class SqsEntryQueue implements EntryQueue {

    /** A longer wait would cost fewer requests, but the service could not stop during it. */
    private static final int WAIT_SECONDS = 2;

    private static final int MOST_MESSAGES = 10;
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

    private final SqsClient sqs;
    private final String url;

    private SqsEntryQueue(SqsClient sqs, String url) {
        this.sqs = sqs;
        this.url = url;
    }

    /**
     * {@return the queue; the caller closes it} Does not connect.
     *
     * @param url the URL of the queue, as SQS returns it
     * @throws IllegalArgumentException if the environment has no region
     */
    public static SqsEntryQueue open(String url) {
        try {
            SqsClient sqs = SqsClient.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder()
                            .connectionTimeout(Duration.ofSeconds(2))
                            .socketTimeout(Duration.ofSeconds(5)))
                    .overrideConfiguration(configuration -> configuration.apiCallTimeout(CALL_LIMIT))
                    .build();
            return new SqsEntryQueue(sqs, url);
        } catch (SdkException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public Set<UUID> deliver(List<OutboxEntry> entries) throws ServiceUnavailableException {
        List<SendMessageBatchRequestEntry> messages = entries.stream()
                .map(entry -> SendMessageBatchRequestEntry.builder()
                        .id(entry.id().toString())
                        .messageBody(EntryMessage.of(entry).body())
                        .build())
                .toList();
        SendMessageBatchResponse response =
                call(() -> sqs.sendMessageBatch(request -> request.queueUrl(url).entries(messages)));
        if (!response.hasSuccessful()) {
            throw new ServiceUnavailableException(response.failed().stream()
                    .map(BatchResultErrorEntry::message)
                    .distinct()
                    .collect(Collectors.joining(", ")));
        }
        return response.successful().stream()
                .map(SendMessageBatchResultEntry::id)
                .map(UUID::fromString)
                .collect(Collectors.toSet());
    }

    @Override
    public List<Received> receive() throws ServiceUnavailableException {
        return call(() -> sqs.receiveMessage(request ->
                        request.queueUrl(url).maxNumberOfMessages(MOST_MESSAGES).waitTimeSeconds(WAIT_SECONDS)))
                .messages()
                .stream()
                .map(message -> new Received(message.body(), message.receiptHandle()))
                .toList();
    }

    @Override
    public void delete(Received message) throws ServiceUnavailableException {
        call(() -> sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receipt())));
    }

    private static <T> T call(Supplier<T> request) throws ServiceUnavailableException {
        try {
            return request.get();
        } catch (SdkException e) {
            throw new ServiceUnavailableException(e);
        }
    }

    @Override
    public void close() {
        sqs.close();
    }
}
