package io.github.vidicenter.flink.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the option {@code url}. The provider revokes a token for good once it was sent over plain
 * http (general usage page), so that is only allowed to an address that can't leave this machine.
 */
public final class ApiUrl {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "[::1]");

    /** 127.0.0.0/8 in its one unambiguous spelling: a leading zero means octal to some. */
    private static final Pattern LOOPBACK_IPV4 =
            Pattern.compile("127(\\.(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])){3}");

    private ApiUrl() {}

    /**
     * @return the API root, ending in a slash, scheme and host in lower case, without the scheme's
     *     own port: equal for equal accounts
     * @throws IllegalArgumentException if it is no URL, is plain http to another host, or has parts
     *     that an API root can't have; the message names the option, and no user info
     */
    public static URI of(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            // Not as the cause: its message repeats the text, which may hold a password.
            throw new IllegalArgumentException("'url' is not a URL: " + e.getReason());
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "'url' can't hold credentials; use 'username' and 'token' or 'token-file'");
        }
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "'url' has to be like https://host/api/v1/, but is " + url);
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "'url' is the API root and takes neither '?' nor '#', but is " + url);
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean plain = scheme.equals("http");
        if (!plain && !scheme.equals("https")) {
            throw new IllegalArgumentException("'url' has to be an https URL, but is " + url);
        }
        if (plain && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "'url' has to be an https URL, since credentials sent over http are revoked;"
                            + " http is only for localhost, 127.0.0.0/8 and [::1], but it is "
                            + url);
        }
        boolean ownPort = uri.getPort() == -1 || uri.getPort() == (plain ? 80 : 443);
        String path = uri.getRawPath();
        return URI.create(
                scheme
                        + "://"
                        + host
                        + (ownPort ? "" : ":" + uri.getPort())
                        + (path.endsWith("/") ? path : path + "/"));
    }

    /**
     * Whether a host, as written, is this machine for certain: {@code localhost}, an address in
     * {@code 127.0.0.0/8}, or {@code [::1]}. Names are not looked up.
     */
    public static boolean isLoopback(String host) {
        return LOOPBACK_NAMES.contains(host) || LOOPBACK_IPV4.matcher(host).matches();
    }
}
