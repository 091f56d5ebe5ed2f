package io.github.vidicenter.simulator.api;

import com.fasterxml.jackson.core.JacksonException;
import io.github.vidicenter.simulator.Audit;
import io.github.vidicenter.simulator.export.BadRequestException;
import io.github.vidicenter.simulator.export.UploadRequest;
import io.github.vidicenter.simulator.http.Answer;
import io.github.vidicenter.simulator.http.Exchange;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The simulator's own calls, {@code /simulator/}: no user, no limits, no faults. */
final class SimulatorAnswers {

    private final Supplier<Audit> audit;
    private final Consumer<UploadRequest> uploads;

    SimulatorAnswers(Supplier<Audit> audit, Consumer<UploadRequest> uploads) {
        this.audit = audit;
        this.uploads = uploads;
    }

    Answer answer(Exchange exchange) throws IOException {
        return switch (exchange.method() + " " + exchange.path()) {
            case "GET /simulator/audit/" -> Answer.json(audit.get());
            case "POST /simulator/uploads/" -> upload(exchange.content());
            default -> Answer.error(404, "Not found: " + exchange.path());
        };
    }

    private Answer upload(byte[] body) throws IOException {
        UploadRequest request;
        try {
            request = Answer.JSON.readValue(body, UploadRequest.class);
        } catch (JacksonException e) {
            throw new BadRequestException(400, "an upload is JSON: " + e.getOriginalMessage());
        }
        uploads.accept(request);
        return Answer.json(Map.of("rows", request.rows().size()));
    }
}
