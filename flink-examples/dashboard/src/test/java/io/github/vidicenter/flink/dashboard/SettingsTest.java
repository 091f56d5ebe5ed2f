package io.github.vidicenter.flink.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.dashboard.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @Test
    void areAllOptional() {
        Settings settings = settings("dashboard.database", "", "vidicenter.username", " ");

        assertThat(settings.port()).isEqualTo(8090);
        assertThat(settings.database()).isEmpty();
        assertThat(settings.vidicenter()).isEmpty();
    }

    @Test
    void nameADatabaseWhosePasswordIsNotShown(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "geheim\n");
        Settings settings =
                settings(
                        "dashboard.database", "jdbc:postgresql://db.example/audience",
                        "dashboard.database-user", "me",
                        "dashboard.database-password-file", file.toString());

        assertThat(settings.database().orElseThrow().password()).isEqualTo("geheim");
        assertThat(settings.toString()).contains("me").doesNotContain("geheim");
    }

    @Test
    void nameAnAccount() {
        Settings settings = settings("vidicenter.username", "me", "vidicenter.locations", "1,2");

        assertThat(settings.vidicenter()).isEqualTo(Map.of("username", "me", "locations", "1,2"));
        assertThatThrownBy(() -> Service.of(settings))
                .hasMessageContaining("-Dvidicenter.token-file")
                .hasMessageEndingWith("given: [locations, username]");
    }

    @Test
    void sayWhatIsWrong() {
        assertThatThrownBy(() -> settings("dashboard.port", "x1"))
                .hasMessage("dashboard.port is a number from 0 to 65535, not: x1");
        assertThatThrownBy(() -> settings("dashboard.database", "localhost"))
                .hasMessageContaining("jdbc:postgresql://host/database");
        assertThatThrownBy(() -> settings("dashboard.database-pasword", "x"))
                .hasMessageContaining("there is no setting dashboard.database-pasword");
    }

    private static Settings settings(String... namesAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Settings.of(properties);
    }
}
