package dev.wellhead.examples.ledger;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The queues of a running ElasticMQ, for tests of the ledger. */
record LedgerQueues(SqsClient sqs) implements AutoCloseable {

    /** A queue, and the one that gets the messages that cannot be handled. */
    record Pair(String url, String deadLetters) {}

    static LedgerQueues at(String endpoint) {
        return new LedgerQueues(SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build());
    }

    /** {@return a new queue, whose messages are hidden for a second after they were received} */
    Pair create(String name, int mostReceives) {
        String deadLetters = sqs.createQueue(request -> request.queueName(name + "-dead-letters"))
                .queueUrl();
        Map<QueueAttributeName, String> attributes = Map.of(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                "1",
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:" + name
                        + "-dead-letters\",\"maxReceiveCount\":\"" + mostReceives + "\"}");
        String url = sqs.createQueue(request -> request.queueName(name).attributes(attributes))
                .queueUrl();
        return new Pair(url, deadLetters);
    }

    void send(String queue, String body) {
        sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body));
    }

    /** {@return how many messages are in the queue, also those that were received and not deleted} */
    int size(String queue) {
        return sqs
                .getQueueAttributes(request -> request.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                .attributes()
                .entrySet()
                .stream()
                .filter(attribute -> attribute.getKey() == QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES
                        || attribute.getKey() == QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
                .mapToInt(attribute -> Integer.parseInt(attribute.getValue()))
                .sum();
    }

    @Override
    public void close() {
        sqs.close();
    }
}
