package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPolicyTest {

    private static final Instant NOW = Instant.parse("2024-03-04T10:00:00Z");

    private static Answer judge(int status) {
        return StatusPolicy.judge(status, "the message", null, null, NOW);
    }

    @Test
    void successCarriesAnExport() {
        assertThat(StatusPolicy.carriesData(200)).isTrue();
        assertThat(StatusPolicy.carriesData(302)).isFalse();
        assertThat(StatusPolicy.carriesData(500)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 403, 404, 405, 409, 410, 422, 499})
    void otherClientErrorsAreFinal(int status) {
        assertThat(judge(status)).isEqualTo(new Answer.Rejected(status, "the message"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504, 599, 600})
    void serverErrorsSayNothingAboutTheExport(int status) {
        assertThat(judge(status))
                .isEqualTo(new Answer.Broken("HTTP " + status + ": the message", null));
    }

    @Test
    void aRefusedTokenIsUnauthorized() {
        assertThat(judge(401)).isEqualTo(new Answer.Unauthorized("HTTP 401: the message"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 304, 307, 308})
    void redirectsAreToldWithWhereTheyLead(int status) {
        assertThat(StatusPolicy.judge(status, "moved", "https://elsewhere/", null, NOW))
                .isEqualTo(new Answer.Redirected(status, "redirected to https://elsewhere/"));
        assertThat(judge(status)).isEqualTo(new Answer.Redirected(status, "the message"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "' 30 ', 30",
        "600, 600",
        "601, 600",
        "99999999999999999999, 600",
        "'Mon, 04 Mar 2024 10:00:20 GMT', 20",
        "'Monday, 04-Mar-24 10:00:20 GMT', 20",
        "'Tue, 05 Mar 2024 10:00:00 GMT', 600"
    })
    void readsHowLongToWait(String header, long seconds) {
        assertThat(StatusPolicy.judge(429, "", null, header, NOW))
                .isEqualTo(new Answer.Throttled(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-5",
                "",
                "soon",
                "1.5",
                "Mon, 04 Mar 2024 10:00:00 GMT",
                "Mon, 99 Mar"
            })
    void leavesTheWaitOpenWhereNoTimeToComeIsNamed(String header) {
        assertThat(StatusPolicy.judge(429, "", null, header, NOW))
                .isEqualTo(new Answer.Throttled(null));
    }

    @Test
    void leavesTheWaitOpenWhereTheHeaderIsMissing() {
        assertThat(judge(429)).isEqualTo(new Answer.Throttled(null));
    }
}
