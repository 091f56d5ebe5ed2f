package io.github.vidicenter.simulator.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** The one user, with a token that may be changed. Never prints it. */
public final class Account {

    private final String username;
    private volatile String token;

    Account(String username, String token) {
        this.username = username;
        this.token = token;
    }

    public String username() {
        return username;
    }

    public String token() {
        return token;
    }

    public void token(String token) {
        this.token = token;
    }

    /** Whether the header {@code Authorization} holds user and token. */
    boolean accepts(String authorization) {
        byte[] expected = (username + ":" + token).getBytes(StandardCharsets.UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString(expected);
        return MessageDigest.isEqual(
                basic.getBytes(StandardCharsets.UTF_8),
                authorization.getBytes(StandardCharsets.UTF_8));
    }
}
