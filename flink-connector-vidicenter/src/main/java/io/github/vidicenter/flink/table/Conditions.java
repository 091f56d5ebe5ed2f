package io.github.vidicenter.flink.table;

import io.github.vidicenter.flink.config.DeclaredColumns;
import io.github.vidicenter.flink.config.DividedList;
import io.github.vidicenter.flink.config.Narrowing;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.window.LocalInstants;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Reads out of a query's conditions what the scan can do without: {@code =} on the column of the
 * ids that are divided, comparisons of the time column, and {@code AND} and {@code OR} of these. Of
 * anything else it knows nothing.
 */
final class Conditions {

    private final String idColumn;
    private final ZoneId zone;
    private final Function<String, Optional<String>> columns;

    /**
     * @param columns the column, if it is one, that a produced field holds unchanged
     */
    Conditions(VidiCenterConfig config, Function<String, Optional<String>> columns) {
        this.idColumn = DividedList.column(config).orElse(null);
        this.zone = config.scan().zone();
        this.columns = columns;
    }

    /** What rows that meet the condition lie within; {@link Narrowing#NONE} where that is open. */
    Narrowing read(ResolvedExpression condition) {
        if (!(condition instanceof CallExpression call)) {
            return Narrowing.NONE;
        }
        FunctionDefinition function = call.getFunctionDefinition();
        if (function.equals(BuiltInFunctionDefinitions.AND)) {
            return all(call, Narrowing::and);
        }
        if (function.equals(BuiltInFunctionDefinitions.OR)) {
            return all(call, Narrowing::or);
        }
        return Comparison.of(function)
                .map(comparison -> read(call, comparison))
                .orElse(Narrowing.NONE);
    }

    private Narrowing all(CallExpression call, BinaryOperator<Narrowing> combined) {
        return call.getResolvedChildren().stream().map(this::read).reduce(combined).orElseThrow();
    }

    private Narrowing read(CallExpression call, Comparison comparison) {
        ResolvedExpression left = withoutCast(call.getResolvedChildren().get(0));
        ResolvedExpression right = withoutCast(call.getResolvedChildren().get(1));
        if (left instanceof FieldReferenceExpression field
                && right instanceof ValueLiteralExpression value) {
            return read(field, comparison, value);
        }
        if (right instanceof FieldReferenceExpression field
                && left instanceof ValueLiteralExpression value) {
            return read(field, comparison.mirrored(), value);
        }
        return Narrowing.NONE;
    }

    /** A time column that carries watermarks is cast to a plain one before it is compared. */
    private static ResolvedExpression withoutCast(ResolvedExpression expression) {
        if (!(expression instanceof CallExpression call)
                || !call.getFunctionDefinition().equals(BuiltInFunctionDefinitions.CAST)) {
            return expression;
        }
        ResolvedExpression field = call.getResolvedChildren().get(0);
        LogicalType from = field.getOutputDataType().getLogicalType();
        LogicalType to = call.getOutputDataType().getLogicalType();
        boolean keepsTime =
                from.is(LogicalTypeFamily.TIMESTAMP)
                        && from.is(to.getTypeRoot())
                        && LogicalTypeChecks.getPrecision(from)
                                <= LogicalTypeChecks.getPrecision(to);
        return keepsTime ? field : expression;
    }

    private Narrowing read(
            FieldReferenceExpression field, Comparison comparison, ValueLiteralExpression value) {
        String column = columns.apply(field.getName()).orElse(null);
        if (column == null || value.isNull()) {
            return Narrowing.NONE;
        }
        LogicalType type = field.getOutputDataType().getLogicalType();
        if (column.equals(idColumn)) {
            return comparison == Comparison.EQUAL && type.is(LogicalTypeFamily.INTEGER_NUMERIC)
                    ? value.getValueAs(BigDecimal.class)
                            .map(id -> Narrowing.ofIds(Set.of(id.longValueExact())))
                            .orElse(Narrowing.NONE)
                    : Narrowing.NONE;
        }
        if (!DeclaredColumns.STARTS.contains(column)) {
            return Narrowing.NONE;
        }
        if (type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)) {
            return value.getValueAs(LocalDateTime.class)
                    .map(time -> comparison.range(time, time))
                    .orElse(Narrowing.NONE);
        }
        if (type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE) && zone != null) {
            return value.getValueAs(Instant.class)
                    .map(time -> range(time, comparison))
                    .orElse(Narrowing.NONE);
        }
        return Narrowing.NONE;
    }

    private Narrowing range(Instant time, Comparison comparison) {
        return comparison.range(
                LocalInstants.earliest(time, zone), LocalInstants.latest(time, zone));
    }

    private enum Comparison {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        static Optional<Comparison> of(FunctionDefinition function) {
            if (function.equals(BuiltInFunctionDefinitions.EQUALS)) {
                return Optional.of(EQUAL);
            } else if (function.equals(BuiltInFunctionDefinitions.LESS_THAN)) {
                return Optional.of(LESS);
            } else if (function.equals(BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL)) {
                return Optional.of(LESS_OR_EQUAL);
            } else if (function.equals(BuiltInFunctionDefinitions.GREATER_THAN)) {
                return Optional.of(GREATER);
            } else if (function.equals(BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL)) {
                return Optional.of(GREATER_OR_EQUAL);
            }
            return Optional.empty();
        }

        /** The same of {@code b} and {@code a}. */
        Comparison mirrored() {
            return switch (this) {
                case EQUAL -> EQUAL;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }

        /**
         * Of the times that compare so with a time, of which it is known that it is not before
         * {@code earliest} nor after {@code latest}.
         */
        Narrowing range(LocalDateTime earliest, LocalDateTime latest) {
            return switch (this) {
                case EQUAL -> Narrowing.from(earliest).and(Narrowing.until(latest.plusNanos(1)));
                case LESS -> Narrowing.until(latest);
                case LESS_OR_EQUAL -> Narrowing.until(latest.plusNanos(1));
                case GREATER, GREATER_OR_EQUAL -> Narrowing.from(earliest);
            };
        }
    }
}
