package io.github.vidicenter.simulator.audience;

import java.util.List;

/** What the screens play, in turns of ten seconds. */
public final class Contents {

    public static final List<String> IDS = List.of("content one", "content two", "content three");

    /** How long a turn is. */
    public static final int TURN_SECONDS = 10;

    public static final String APP_ID = "my_app_id";

    /** Plays of each content in five minutes. */
    public static final int PLAYS = 10;

    private Contents() {}

    /** The content whose turn it is; time in seconds as if UTC. */
    public static int at(long time) {
        return (int) Math.floorMod(time / TURN_SECONDS, IDS.size());
    }

    /** Null for the first content, as in the API document's example. */
    public static String campaign(int content) {
        return content == 0 ? null : "campaign " + content;
    }

    /** Length of one play in hundredths of a second. */
    public static int playLength(int content) {
        return 800 + 75 * content;
    }
}
