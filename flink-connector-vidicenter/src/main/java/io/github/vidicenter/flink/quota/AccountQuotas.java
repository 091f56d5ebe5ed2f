package io.github.vidicenter.flink.quota;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The accounts that are in use in this JVM. All tables of a job whose url and username are equal
 * share one {@link AccountQuota}, which outlives failovers of the job: what was called in the last
 * minute stays known.
 */
public final class AccountQuotas {

    private record Account(URI url, String username) {}

    private static final ConcurrentMap<Account, AccountQuota> ACCOUNTS = new ConcurrentHashMap<>();

    private AccountQuotas() {}

    /**
     * @param url normalised API root
     */
    public static AccountQuota of(URI url, String username) {
        return ACCOUNTS.computeIfAbsent(
                new Account(url, username), account -> new AccountQuota(System::nanoTime));
    }
}
