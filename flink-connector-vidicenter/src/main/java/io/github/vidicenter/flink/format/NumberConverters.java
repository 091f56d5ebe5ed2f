package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.apache.flink.table.data.DecimalData;

/**
 * Numbers, which the API writes as numbers, as text, and as floats where integers are meant.
 * Without loss means: an integer type takes whole numbers in its range; {@code DECIMAL} what its
 * digits hold; {@code DOUBLE} any number, as the nearest double is what JSON means by one, but of
 * whole numbers only those that it holds exactly; {@code FLOAT} those that print the same.
 */
final class NumberConverters {

    /** What JSON allows, so that no other notation of Java's slips in. */
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?\\d{1,400}(\\.\\d{1,400})?([eE][+-]?\\d{1,3})?");

    private NumberConverters() {}

    /** Whether the parser stands at a whole number that a long holds. */
    static boolean isLong(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    /** For TINYINT to BIGINT. */
    static final class Whole extends ValueConverter {
        private final long min;
        private final long max;
        private final LongFunction<Object> box;

        /** Neighbouring rows share ids and counts, and so their objects. */
        private long last;

        private Object lastBoxed;

        Whole(long min, long max, LongFunction<Object> box) {
            this.min = min;
            this.max = max;
            this.box = box;
        }

        @Override
        Object convert(JsonParser parser) throws IOException, DoesNotFit {
            long value;
            if (isLong(parser)) {
                value = parser.getLongValue();
            } else {
                try {
                    value = decimal(parser).longValueExact();
                } catch (ArithmeticException e) {
                    throw refuse(parser);
                }
            }
            if (value < min || value > max) {
                throw refuse(parser);
            }
            hash = value;
            if (value != last || lastBoxed == null) {
                last = value;
                lastBoxed = box.apply(value);
            }
            return lastBoxed;
        }
    }

    static final class Doubles extends ValueConverter {
        private static final Double ZERO = 0.0;

        @Override
        Object convert(JsonParser parser) throws IOException, DoesNotFit {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
                return ofFloat(parser);
            }
            BigDecimal exact = decimal(parser);
            double value = finite(parser, exact.doubleValue());
            boolean whole = exact.stripTrailingZeros().scale() <= 0;
            if (whole && new BigDecimal(value).compareTo(exact) != 0) {
                throw refuse(parser);
            }
            return value;
        }

        /** Parsed where it stands: the parser would make a text of it first. */
        private Double ofFloat(JsonParser parser) throws IOException, DoesNotFit {
            char[] text = parser.getTextCharacters();
            int offset = parser.getTextOffset();
            int length = parser.getTextLength();
            if (length == 3 && text[offset] == '0' && text[offset + 2] == '0') {
                // The most frequent of all shares and ratios.
                hash = 0;
                return ZERO;
            }
            boolean digits = text[offset + length - 1] <= '9';
            return finite(
                    parser,
                    digits
                            ? NumberInput.parseDouble(text, offset, length, true)
                            : parser.getDoubleValue());
        }

        private double finite(JsonParser parser, double value) throws IOException, DoesNotFit {
            if (!Double.isFinite(value)) {
                throw refuse(parser);
            }
            double positive = value == 0 ? 0.0 : value;
            hash = Double.doubleToLongBits(positive);
            return positive;
        }
    }

    static final class Floats extends ValueConverter {
        @Override
        Object convert(JsonParser parser) throws IOException, DoesNotFit {
            BigDecimal exact = decimal(parser);
            float value = exact.floatValue();
            if (Float.isInfinite(value)
                    || new BigDecimal(Float.toString(value)).compareTo(exact) != 0) {
                throw refuse(parser);
            }
            float positive = value == 0 ? 0.0f : value;
            hash = Float.floatToIntBits(positive);
            return positive;
        }
    }

    static final class Decimals extends ValueConverter {
        private final int precision;
        private final int scale;

        Decimals(int precision, int scale) {
            this.precision = precision;
            this.scale = scale;
        }

        @Override
        Object convert(JsonParser parser) throws IOException, DoesNotFit {
            try {
                BigDecimal exact = decimal(parser).setScale(scale, RoundingMode.UNNECESSARY);
                if (exact.precision() <= precision) {
                    DecimalData value = DecimalData.fromBigDecimal(exact, precision, scale);
                    hash = RowHash.of(value.toUnscaledBytes());
                    return value;
                }
            } catch (ArithmeticException moreDigits) {
                // Refused below.
            }
            throw refuse(parser);
        }
    }

    private static BigDecimal decimal(JsonParser parser)
            throws IOException, ValueConverter.DoesNotFit {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> bounded(parser, parser.getText());
            case VALUE_STRING -> bounded(parser, parser.getText().strip());
            default -> throw ValueConverter.refuse(parser);
        };
    }

    /** Exponents are bounded, so that {@code 1e999999999} is no work. */
    private static BigDecimal bounded(JsonParser parser, String text)
            throws IOException, ValueConverter.DoesNotFit {
        if (!NUMBER.matcher(text).matches()) {
            throw ValueConverter.refuse(parser);
        }
        return new BigDecimal(text);
    }
}
