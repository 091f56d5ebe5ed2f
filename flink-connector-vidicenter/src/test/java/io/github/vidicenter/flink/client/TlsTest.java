package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who is trusted is the JVM's matter, its trust store and its proxy, which it reads once: so each
 * test asks from a JVM of its own, as an administrator would start a TaskManager.
 */
@Timeout(120)
class TlsTest {

    private static final String PENDING = "{\"state\":\"started\"}";

    private final HeldCertificate authority =
            new HeldCertificate.Builder().certificateAuthority(0).commonName("Own CA").build();
    private final List<MockWebServer> servers = new ArrayList<>();

    @TempDir Path directory;

    @AfterEach
    void stop() {
        servers.forEach(MockWebServer::close);
    }

    @Test
    void trustsWhatTheTrustStoreOfTheJvmTrusts() throws Exception {
        MockWebServer server = server("localhost");
        server.enqueue(new MockResponse.Builder().body(PENDING).build());

        assertThat(ask(trustStore(), "https://localhost:" + server.getPort() + "/api/v1/"))
                .containsExactly("ANSWER " + new Answer.Pending("started", null));

        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo(basic());
    }

    @Test
    void refusesAnAuthorityThatIsNotTrustedBeforeItSendsAnything() throws Exception {
        MockWebServer server = server("localhost");

        assertThat(ask(List.of(), "https://localhost:" + server.getPort() + "/api/v1/"))
                .singleElement()
                .asString()
                .contains("Broken", "PKIX path building failed");

        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void refusesTheCertificateOfAnotherHostBeforeItSendsAnything() throws Exception {
        MockWebServer server = server("vidicenter.example");

        assertThat(ask(trustStore(), "https://localhost:" + server.getPort() + "/api/v1/"))
                .singleElement()
                .asString()
                .contains("Broken", "No subject alternative DNS name matching localhost");

        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void theProxyOfTheJvmSeesNeitherCredentialsNorTheRequest() throws Exception {
        // It answers the CONNECT, then stands in for what is behind it.
        MockWebServer proxy = server("vidicenter.example");
        proxy.enqueue(new MockResponse.Builder().inTunnel().build());
        proxy.enqueue(new MockResponse.Builder().body(PENDING).build());
        List<String> properties = new ArrayList<>(trustStore());
        properties.add("-Dhttps.proxyHost=127.0.0.1");
        properties.add("-Dhttps.proxyPort=" + proxy.getPort());

        assertThat(ask(properties, "https://vidicenter.example/api/v1/"))
                .containsExactly("ANSWER " + new Answer.Pending("started", null));

        RecordedRequest connect = proxy.takeRequest();
        assertThat(connect.getRequestLine()).isEqualTo("CONNECT vidicenter.example:443 HTTP/1.1");
        assertThat(connect.getHeaders().toString()).doesNotContainIgnoringCase("authorization");
        RecordedRequest request = proxy.takeRequest();
        assertThat(request.getTarget()).startsWith("/api/v1/data/?");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo(basic());
    }

    private static String basic() {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(("me:" + AskEach.TOKEN).getBytes(StandardCharsets.UTF_8));
    }

    /** With a certificate for that name, signed by the own authority. */
    private MockWebServer server(String name) throws IOException {
        HeldCertificate certificate =
                new HeldCertificate.Builder()
                        .commonName(name)
                        .addSubjectAlternativeName(name)
                        .signedBy(authority)
                        .build();
        MockWebServer server = new MockWebServer();
        server.useHttps(
                new HandshakeCertificates.Builder()
                        .heldCertificate(certificate)
                        .build()
                        .sslSocketFactory());
        server.start(InetAddress.getByName("127.0.0.1"), 0);
        servers.add(server);
        return server;
    }

    private List<String> trustStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("own", authority.certificate());
        Path file = directory.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return List.of(
                "-Djavax.net.ssl.trustStore=" + file,
                "-Djavax.net.ssl.trustStorePassword=changeit");
    }

    private List<String> ask(List<String> properties, String... urls)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(properties);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), AskEach.class.getName()));
        command.addAll(Arrays.asList(urls));
        Path output = directory.resolve("output");
        Process jvm =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        int status = jvm.waitFor();
        String printed = Files.readString(output);
        assertThat(status).as(printed).isZero();
        assertThat(printed).doesNotContain(AskEach.TOKEN, basic());
        return printed.lines().filter(line -> line.startsWith("ANSWER ")).toList();
    }
}
