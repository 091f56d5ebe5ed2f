package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.audience.Contents;
import io.github.vidicenter.simulator.audience.Person;
import io.github.vidicenter.simulator.audience.Vehicle;
import io.github.vidicenter.simulator.audience.Viewer;
import io.github.vidicenter.simulator.audience.Viewer.ContentView;
import io.github.vidicenter.simulator.model.Location;
import java.util.List;

/** What a segment adds to the tallies of contents. */
final class ContentCounts {

    private ContentCounts() {}

    static void plays(Audience audience, Location location, long segment, Tally[] contents) {
        for (int content = 0; content < contents.length; content++) {
            long hundredths = (long) Contents.PLAYS * Contents.playLength(content);
            contents[content].add(Metric.PLAYS, Contents.PLAYS);
            contents[content].add(Metric.CONTENT_DURATION, hundredths);
            contents[content].add(Metric.WHOLE_CONTENT_DURATION, Math.round(hundredths / 100.0));
        }
    }

    /** Who watched a content, and as its OTS these and its share of the passers. */
    static void watchers(Audience audience, Location location, long segment, Tally[] contents) {
        for (Viewer viewer : audience.viewers(location, segment)) {
            for (ContentView view : viewer.contents()) {
                Tally content = contents[view.content()];
                content.add(Metric.WATCHERS, 1);
                content.add(Metric.OTS, 1);
                content.add(Metric.DWELL, view.dwell() / 100);
                content.add(Metric.ATTENTION, view.attention() / 100);
                content.add(Metric.ATTENTIVE_WATCHERS, view.attention() > 2000 ? 1 : 0);
                Demographics.add(viewer, 1, content);
            }
        }
        int passers = audience.passers(location, segment);
        for (int i = 0; i < passers; i++) {
            contents[i % contents.length].add(Metric.OTS, 1);
        }
    }

    /** Those who passed count for the content whose turn it then was. */
    static void traffic(Audience audience, Location location, long segment, Tally[] contents) {
        List<Vehicle> vehicles = audience.vehicles(location, segment);
        List<Person> people = audience.people(location, segment);
        for (int i = 0; i < contents.length; i++) {
            int content = i;
            TrafficTypes.addVehicles(
                    vehicles.stream()
                            .filter(vehicle -> Contents.at(vehicle.time()) == content)
                            .toList(),
                    contents[content]);
            TrafficTypes.addPeople(
                    people.stream()
                            .filter(person -> Contents.at(person.time()) == content)
                            .toList(),
                    contents[content]);
        }
    }
}
