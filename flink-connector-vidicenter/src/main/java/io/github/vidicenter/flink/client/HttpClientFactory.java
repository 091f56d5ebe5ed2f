package io.github.vidicenter.flink.client;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/** Sets the HTTP client up to do just what it is told: one exchange on one connection. */
final class HttpClientFactory {

    /** Not the limit, which the account's quota sets; the library's default would be one, too. */
    private static final int MAX_CONNECTIONS = 1_000;

    private HttpClientFactory() {}

    static CloseableHttpClient create(Duration connectTimeout, Duration requestTimeout) {
        PoolingHttpClientConnectionManager connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .useSystemProperties()
                        .setConnectionFactory(socket -> new QuietConnection())
                        .setMaxConnTotal(MAX_CONNECTIONS)
                        .setMaxConnPerRoute(MAX_CONNECTIONS)
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(Timeout.of(connectTimeout))
                                        .setSocketTimeout(Timeout.of(requestTimeout))
                                        .build())
                        .build();
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setRoutePlanner(new LoopbackIsDirect())
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setAuthenticationEnabled(false)
                                .setProtocolUpgradeEnabled(false)
                                .setResponseTimeout(Timeout.of(requestTimeout))
                                .build())
                .setUserAgent("flink-connector-vidicenter")
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .build();
    }

    /** The JVM's proxy settings ({@code https.proxyHost} and so on), but never for this machine. */
    private static final class LoopbackIsDirect extends SystemDefaultRoutePlanner {

        LoopbackIsDirect() {
            super(null);
        }

        @Override
        protected HttpHost determineProxy(HttpHost target, HttpContext context)
                throws HttpException {
            String host = target.getHostName();
            boolean loopback = ApiUrl.isLoopback(host) || ApiUrl.isLoopback("[" + host + "]");
            return loopback ? null : super.determineProxy(target, context);
        }
    }
}
