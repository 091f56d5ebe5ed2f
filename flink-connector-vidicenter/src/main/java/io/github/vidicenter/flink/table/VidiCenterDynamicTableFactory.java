package io.github.vidicenter.flink.table;

import io.github.vidicenter.flink.config.ConfigReader;
import io.github.vidicenter.flink.config.DeclaredColumns;
import io.github.vidicenter.flink.config.OptionNames;
import io.github.vidicenter.flink.config.RefreshReader;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.config.VidiCenterOptions;
import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes table sources of {@code 'connector' = 'vidicenter'}. All that can be wrong with a table is
 * refused here, without a call to the API.
 */
@Internal
public final class VidiCenterDynamicTableFactory implements DynamicTableSourceFactory {

    public static final String IDENTIFIER = "vidicenter";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return VidiCenterOptions.required();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return VidiCenterOptions.optional();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        OptionNames.check(context.getCatalogTable().getOptions().keySet());
        boolean batch =
                context.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
                        == RuntimeExecutionMode.BATCH;
        VidiCenterConfig config = ConfigReader.read(helper.getOptions(), batch);
        DataType physicalType = context.getPhysicalRowDataType();
        DeclaredColumns.check((RowType) physicalType.getLogicalType(), config);
        RowtimeColumn rowtime = RowtimeColumn.of(context.getCatalogTable().getResolvedSchema());
        if (rowtime.isInstant() && config.scan().zone() == null) {
            throw DeclaredColumns.noInstants(rowtime.column().getName());
        }
        RefreshReader.checkPrimaryKey(
                context.getCatalogTable()
                        .getResolvedSchema()
                        .getPrimaryKey()
                        .map(UniqueConstraint::getColumns)
                        .orElse(List.of()),
                config);
        return new VidiCenterTableSource(
                config,
                physicalType,
                rowtime,
                helper.getOptions().get(VidiCenterOptions.SCAN_PARALLELISM));
    }
}
