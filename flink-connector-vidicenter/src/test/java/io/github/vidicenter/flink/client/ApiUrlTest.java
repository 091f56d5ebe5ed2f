package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://vidicenter.quividi.com/api/v1/, https://vidicenter.quividi.com/api/v1/",
        "https://vidicenter.quividi.com/api/v1, https://vidicenter.quividi.com/api/v1/",
        "HTTPS://VidiCenter.quividi.com:443, https://vidicenter.quividi.com/",
        "https://host:8443/Api, https://host:8443/Api/",
        "http://localhost:8080/api, http://localhost:8080/api/",
        "http://LOCALHOST:80, http://localhost/",
        "http://127.0.0.1, http://127.0.0.1/",
        "http://127.255.0.10:1/, http://127.255.0.10:1/",
        "http://[::1]:8080, http://[::1]:8080/"
    })
    void writesEqualRootsAlike(String url, String root) {
        assertThat(ApiUrl.of(url)).hasToString(root);
        assertThat(ApiUrl.of(root)).hasToString(root);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://vidicenter.quividi.com/api/v1/",
                "http://127.0.0.1.example.com/",
                "http://localhost.example.com/",
                "http://localhost./",
                "http://127.0.0.01/",
                "http://127.1/",
                "http://128.0.0.1/",
                "http://127.0.0.256/",
                "http://10.0.0.1/",
                "http://0.0.0.0/",
                "http://[::2]/",
                "http://[::ffff:127.0.0.1]/",
                "HTTP://example.com/"
            })
    void refusesPlainHttpToAnywhereButThisMachine(String url) {
        assertThatThrownBy(() -> ApiUrl.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'url'")
                .hasMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vidicenter.quividi.com/api/v1/",
                "https:///api/",
                "ftp://localhost/",
                "https://host/?a=b",
                "https://host/#a",
                "https://ho st/"
            })
    void refusesWhatIsNoApiRoot(String url) {
        assertThatThrownBy(() -> ApiUrl.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'url'");
    }

    @Test
    void refusesCredentialsWithoutRepeatingThem() {
        for (String url : new String[] {"https://me:s3cret@host/", "https://me:s3cret@ho st/"}) {
            assertThatThrownBy(() -> ApiUrl.of(url))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'url'")
                    .hasMessageNotContaining("s3cret");
        }
    }
}
