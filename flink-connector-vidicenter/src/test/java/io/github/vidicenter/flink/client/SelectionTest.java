package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.Selection.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelectionTest {

    @ParameterizedTest
    @EnumSource
    void holdsTheIdsOfOneKind(Kind kind) {
        Selection selection = Selection.of(kind, List.of(3L, 1L, 3L));
        assertThat(selection.ids(kind)).containsExactly(1L, 3L);
        assertThat(selection.lists()).containsOnlyKeys(kind);
    }

    @Test
    void isEqualWhateverTheOrderOfIds() {
        assertThat(Selection.of(Kind.SITES, List.of(10L, 9L)))
                .isEqualTo(Selection.of(Kind.SITES, List.of(9L, 10L, 9L)))
                .isNotEqualTo(Selection.of(Kind.LOCATIONS, List.of(9L, 10L)));
    }

    @Test
    void listsKindsInTheOrderOfRequests() {
        List<Long> one = List.of(1L);
        assertThat(new Selection(one, one, one, one).lists().keySet())
                .extracting(Kind::parameter)
                .containsExactly("locations", "sites", "location_tags", "site_tags");
    }
}
