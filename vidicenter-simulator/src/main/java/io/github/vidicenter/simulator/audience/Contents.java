package io.github.vidicenter.simulator.audience;

import java.util.List;

/** What the screens play, in turns of ten seconds. */
public final class Contents {

    public static final List<String> IDS = List.of("content one", "content two", "content three");
    public static final String APP_ID = "my_app_id";

    /** Plays of each content in five minutes. */
    public static final int PLAYS = 10;

    private Contents() {}

    /** Null for the first content, as in the API document's example. */
    public static String campaign(int content) {
        return content == 0 ? null : "campaign " + content;
    }

    /** Length of one play in hundredths of a second. */
    public static int playLength(int content) {
        return 800 + 75 * content;
    }
}
