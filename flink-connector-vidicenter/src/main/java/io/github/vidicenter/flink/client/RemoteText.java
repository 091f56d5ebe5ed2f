package io.github.vidicenter.flink.client;

import java.util.List;

/**
 * Makes text that came from outside fit for messages: short, on one line, and without the
 * credentials, which a server may well echo.
 */
record RemoteText(List<String> secrets) {

    /** Characters of a message that are kept. */
    static final int MAX_LENGTH = 200;

    RemoteText {
        secrets = secrets.stream().filter(secret -> !secret.isBlank()).toList();
    }

    /**
     * @param text null: stays null
     */
    String clean(String text) {
        if (text == null) {
            return null;
        }
        String clean = hide(text).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "…";
    }

    /** The kind of an exception and its message. */
    String describe(Throwable trouble) {
        String kind = trouble.getClass().getSimpleName();
        return trouble.getMessage() == null ? kind : kind + ": " + clean(trouble.getMessage());
    }

    /** Whether neither an exception nor its causes hold credentials. */
    boolean isClean(Throwable trouble) {
        for (Throwable t = trouble; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            if (!hide(message).equals(message)) {
                return false;
            }
        }
        return true;
    }

    private String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, "******");
        }
        return hidden;
    }

    /** Not the record's own, which would print them. */
    @Override
    public String toString() {
        return "RemoteText";
    }
}
