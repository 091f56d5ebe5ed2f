package io.github.vidicenter.flink.topology;

import io.github.vidicenter.flink.client.TopologyList;
import io.github.vidicenter.flink.schema.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * The lists of an account's topology as tables (newer edition, "Topology calls", "Tags calls"). The
 * first column, {@code id}, tells rows apart.
 */
public enum TopologyTable {
    NETWORKS(TopologyList.NETWORKS, "The account's networks"),
    SITES(
            TopologyList.SITES,
            "The account's sites",
            id("network_id", "network of the site"),
            text("description", "free text"),
            text("address", "postal address"),
            text("venue_type", "kind of venue"),
            text("venue_subtype", "finer kind of venue")),
    LOCATIONS(
            TopologyList.LOCATIONS,
            "The account's locations: places with a camera",
            id("site_id", "site of the location"),
            id("box_id", "box at the location"),
            time("creation_date", "when the location was made"),
            time("last_upload_timestamp", "when it last uploaded, in UTC"),
            id("last_timezone", "offset of its local time from UTC at the last upload, in seconds"),
            time("last_seen", "when it was last in touch"),
            time("last_ots_uploaded", "when it last uploaded opportunities to see"),
            text("location_type", "kind of location"),
            text("venue_type", "kind of venue"),
            text("description", "free text")),
    BOXES(
            TopologyList.BOXES,
            "The account's boxes",
            id("location_id", "location of the box"),
            id("site_id", "site of the box"),
            time("last_upload_timestamp", "when it last uploaded, in UTC")),
    SITE_TAGS(
            TopologyList.SITE_TAGS,
            "Tags of sites",
            id("network_id", "network of the tag"),
            flag("extrapolation", "whether the tag is locked for extrapolations")),
    LOCATION_TAGS(
            TopologyList.LOCATION_TAGS,
            "Tags of locations",
            id("network_id", "network of the tag"),
            flag("extrapolation", "whether the tag is locked for extrapolations"));

    public static final String ID = "id";

    private final TopologyList list;
    private final String description;
    private final List<Column> columns;

    TopologyTable(TopologyList list, String description, Column... more) {
        this.list = list;
        this.description = description;
        this.columns = new ArrayList<>();
        columns.add(new Column(ID, new BigIntType(false), "", "unique numeric identifier"));
        columns.add(text("label", "name"));
        boolean tag = list == TopologyList.SITE_TAGS || list == TopologyList.LOCATION_TAGS;
        if (!tag) {
            columns.add(flag("active", "whether it is in use"));
        }
        columns.addAll(Arrays.asList(more));
    }

    public static Optional<TopologyTable> of(String name) {
        return Arrays.stream(values()).filter(table -> table.tableName().equals(name)).findFirst();
    }

    /** As the API names the list: {@code site_tags}. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public TopologyList list() {
        return list;
    }

    public String description() {
        return description;
    }

    public List<Column> columns() {
        return List.copyOf(columns);
    }

    private static Column id(String name, String description) {
        return column(name, new BigIntType(), description);
    }

    private static Column text(String name, String description) {
        return column(name, new VarCharType(VarCharType.MAX_LENGTH), description);
    }

    private static Column time(String name, String description) {
        return column(name, new TimestampType(6), description);
    }

    private static Column flag(String name, String description) {
        return column(name, new BooleanType(), description);
    }

    private static Column column(String name, LogicalType type, String description) {
        return new Column(name, type, "", description);
    }
}
