package io.github.vidicenter.flink.config;

import static io.github.vidicenter.flink.config.OptionValues.refuse;
import static io.github.vidicenter.flink.config.VidiCenterOptions.TOKEN;
import static io.github.vidicenter.flink.config.VidiCenterOptions.TOKEN_FILE;
import static io.github.vidicenter.flink.config.VidiCenterOptions.URL;
import static io.github.vidicenter.flink.config.VidiCenterOptions.USERNAME;

import io.github.vidicenter.flink.client.ApiUrl;
import io.github.vidicenter.flink.client.Token;
import io.github.vidicenter.flink.config.VidiCenterConfig.Account;
import java.net.URI;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/** Reads who asks whom. No message holds the token. */
public final class AccountReader {

    private AccountReader() {}

    /**
     * @throws ValidationException if the name or the token is missing, or can't be used
     */
    public static Account read(ReadableConfig options) {
        return read(new OptionValues(options));
    }

    static Account read(OptionValues options) {
        String username = options.required(USERNAME, "the name of the VidiCenter account.");
        if (username.indexOf(':') >= 0) {
            throw refuse(
                    USERNAME,
                    username,
                    "holds a colon, which HTTP's Basic authentication forbids.");
        }
        return new Account(url(options), username, token(options));
    }

    private static URI url(OptionValues options) {
        try {
            return ApiUrl.of(options.get(URL));
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
    }

    private static Token token(OptionValues options) {
        if (options.isSet(TOKEN) == options.isSet(TOKEN_FILE)) {
            throw new ValidationException(
                    "Exactly one of 'token' and 'token-file' is needed, and %s is set: %s."
                            .formatted(
                                    options.isSet(TOKEN) ? "each" : "none",
                                    options.isSet(TOKEN)
                                            ? "remove one of them"
                                            : "set 'token' to the account's API token, or"
                                                    + " 'token-file' to a file that holds it"));
        }
        return options.isSet(TOKEN)
                ? Token.of(options.required(TOKEN, "the account's API token.").strip())
                : Token.inFile(
                        options.required(TOKEN_FILE, "the path of a file that holds the token."));
    }
}
