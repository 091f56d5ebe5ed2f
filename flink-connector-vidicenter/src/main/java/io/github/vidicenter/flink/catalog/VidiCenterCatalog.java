package io.github.vidicenter.flink.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.factories.Factory;

/**
 * All exports of an account as tables, a database for each resolution, and its topology. What there
 * is follows from the API document, so nothing is asked of the service. Tables hold no credentials:
 * {@link CatalogTableFactory} adds them where a query is planned.
 */
@Internal
public final class VidiCenterCatalog extends ReadOnlyCatalog {

    private final Map<String, ? extends Database> databases;
    private final Factory factory;

    /** The tables of one database, sorted by name. */
    interface Database {

        String comment();

        List<String> tables();

        /** Empty where there is no such table. */
        Optional<CatalogTable> table(String name);
    }

    VidiCenterCatalog(
            String name,
            String defaultDatabase,
            Map<String, ? extends Database> databases,
            Factory factory) {
        super(name, defaultDatabase);
        this.databases = databases;
        this.factory = factory;
    }

    @Override
    public Optional<Factory> getFactory() {
        return Optional.of(factory);
    }

    @Override
    public List<String> listDatabases() {
        return List.copyOf(databases.keySet());
    }

    @Override
    public boolean databaseExists(String name) {
        return databases.containsKey(name);
    }

    @Override
    public CatalogDatabase getDatabase(String name) throws DatabaseNotExistException {
        return new CatalogDatabaseImpl(Map.of(), find(name).comment());
    }

    @Override
    public List<String> listTables(String database) throws DatabaseNotExistException {
        return find(database).tables();
    }

    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
        return find(path).orElseThrow(() -> new TableNotExistException(getName(), path));
    }

    @Override
    public boolean tableExists(ObjectPath path) {
        return find(path).isPresent();
    }

    private Database find(String name) throws DatabaseNotExistException {
        if (!databases.containsKey(name)) {
            throw new DatabaseNotExistException(getName(), name);
        }
        return databases.get(name);
    }

    private Optional<CatalogTable> find(ObjectPath path) {
        return Optional.ofNullable(databases.get(path.getDatabaseName()))
                .flatMap(database -> database.table(path.getObjectName()));
    }
}
