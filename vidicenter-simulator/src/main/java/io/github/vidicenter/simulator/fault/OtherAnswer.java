package io.github.vidicenter.simulator.fault;

import io.github.vidicenter.simulator.http.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is answered for a {@link Fault.Instead} or a {@link Fault.Misstated}. */
public final class OtherAnswer {

    private OtherAnswer() {}

    /**
     * @return null: nothing is answered
     */
    public static Answer of(Fault.Instead fault) {
        if (fault instanceof Fault.Status status) {
            Answer answer =
                    status.html()
                            ? Answer.html(status.status(), "Error " + status.status())
                            : Answer.error(status.status(), "Error " + status.status());
            return status.retryAfter() == null
                    ? answer
                    : answer.with("Retry-After", status.retryAfter());
        } else if (fault instanceof Fault.Page) {
            return Answer.html(200, "Welcome to this network");
        } else if (fault instanceof Fault.Redirect redirect) {
            return Answer.error(302, "Moved").with("Location", redirect.location());
        }
        return null;
    }

    public static Answer of(Fault.Misstated fault) {
        if (fault instanceof Fault.OtherState other) {
            Map<String, Object> body = new LinkedHashMap<>();
            if (other.state() != null) {
                body.put("state", other.state());
            }
            return Answer.json(body);
        }
        return Answer.json(Map.of("state", "finished"));
    }
}
