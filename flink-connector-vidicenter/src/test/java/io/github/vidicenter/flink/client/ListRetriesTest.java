package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.ListRetries.Next;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ListRetriesTest {

    private static final Answer.Trouble BROKEN = new Answer.Broken("HTTP 502: oops", null);

    private final ListRetries retries = new ListRetries(3, false, () -> 1);

    @Test
    void brokenAnswersWaitLongerEachTimeUntilThereAreTooMany() {
        assertThat(retries.next(BROKEN)).isEqualTo(new Next.Again(Duration.ofSeconds(1)));
        assertThat(retries.next(BROKEN)).isEqualTo(new Next.Again(Duration.ofSeconds(2)));
        assertThat(retries.next(BROKEN))
                .isEqualTo(
                        new Next.GiveUp(
                                "no usable answer 3 times in a row, at last: HTTP 502: oops",
                                false,
                                Duration.ofSeconds(4)));
        retries.succeeded();
        assertThat(retries.next(BROKEN)).isEqualTo(new Next.Again(Duration.ofSeconds(1)));
    }

    @Test
    void throttlingIsNoFailureAndWaitsAsLongAsTheServerAsks() {
        for (int i = 0; i < 10; i++) {
            assertThat(retries.next(new Answer.Throttled(Duration.ofSeconds(7))))
                    .isEqualTo(new Next.Again(Duration.ofSeconds(7)));
        }
        assertThat(retries.next(new Answer.Throttled(null)))
                .isEqualTo(new Next.Again(Duration.ofSeconds(60)));
    }

    @Test
    void aTokenThatCannotChangeIsFinal() {
        assertThat(retries.next(new Answer.Unauthorized("HTTP 401: no")))
                .isEqualTo(giveUp("HTTP 401: no. Check 'username' and 'token'"));
    }

    @Test
    void aTokenFileIsReadOnceMore() {
        ListRetries withFile = new ListRetries(3, true, () -> 1);
        Answer.Trouble refused = new Answer.Unauthorized("HTTP 401: no");
        assertThat(withFile.next(refused)).isEqualTo(new Next.Again(Duration.ZERO));
        assertThat(withFile.next(refused))
                .isEqualTo(giveUp("HTTP 401: no. Check 'username' and 'token-file'"));
    }

    @Test
    void refusalsAndRedirectsAreFinal() {
        assertThat(retries.next(new Answer.Rejected(404, "nothing here")))
                .isEqualTo(giveUp("HTTP 404: nothing here"));
        assertThat(retries.next(new Answer.Redirected(302, "redirected to /x")))
                .isEqualTo(
                        giveUp(
                                "HTTP 302: redirected to /x. Redirects are not followed: 'url' has"
                                        + " to name the API itself"));
    }

    private static Next giveUp(String reason) {
        return new Next.GiveUp(reason, true, Duration.ofSeconds(60));
    }
}
