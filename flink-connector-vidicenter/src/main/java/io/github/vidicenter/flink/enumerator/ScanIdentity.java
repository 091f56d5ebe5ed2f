package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * The options that say what a scan reads. State of one scan means nothing to another, so a restore
 * with other values is refused.
 */
final class ScanIdentity {

    private ScanIdentity() {}

    static Map<String, String> of(VidiCenterConfig config) {
        Map<String, String> identity = new TreeMap<>();
        identity.put("url", config.account().url().toString());
        identity.put("username", config.account().username());
        identity.put("data-type", config.kind().dataType());
        identity.put("time-resolution", config.kind().resolution().value());
        identity.put("group-by-demographics", String.valueOf(config.kind().groupByDemographics()));
        identity.put("scan.window.size", String.valueOf(config.scan().windowSize()));
        identity.put("scan.start", String.valueOf(config.scan().start()));
        identity.put("kind of selector", kindOf(config));
        identity.put(
                "scan.refresh.lookback",
                config.scan().refreshLookback() == null ? "not set" : "set");
        return identity;
    }

    /**
     * @throws FlinkRuntimeException naming the first option that changed
     */
    static void checkUnchanged(Map<String, String> restored, VidiCenterConfig config) {
        of(config)
                .forEach(
                        (option, value) -> {
                            String before = restored.get(option);
                            if (!value.equals(before)) {
                                throw new FlinkRuntimeException(
                                        String.format(
                                                "'%s' was %s when the state was taken and is %s now."
                                                        + " The state holds how far the first was read,"
                                                        + " so restore with the old value, or start"
                                                        + " without state.",
                                                option, before, value));
                            }
                        });
    }

    private static String kindOf(VidiCenterConfig config) {
        if (config.scan().allLocations()) {
            return "locations = *";
        }
        Selection selection = config.selection();
        return String.join(
                ", ", selection.lists().keySet().stream().map(Selection.Kind::parameter).toList());
    }
}
