package dev.stampede.streaming.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.NonNullValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Keys that belong together, in the order of their declaration, which is that of {@code docs/reference/settings.md}. */
final class KeyGroup {
    private final String title;
    private final List<Key<?>> keys = new ArrayList<>();

    KeyGroup(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    List<Key<?>> keys() {
        return List.copyOf(keys);
    }

    /** Declares a key that a user should know before the first start. */
    Declaration essential(String name, String documentation) {
        return new Declaration(name, documentation, Importance.HIGH);
    }

    /** Declares a key that many deployments change. */
    Declaration key(String name, String documentation) {
        return new Declaration(name, documentation, Importance.MEDIUM);
    }

    /** Declares a key whose default fits nearly every deployment. */
    Declaration advanced(String name, String documentation) {
        return new Declaration(name, documentation, Importance.LOW);
    }

    /** A key that lacks its type, default and allowed values. */
    final class Declaration {
        private final String name;
        private final String documentation;
        private final Importance importance;

        private Declaration(String name, String documentation, Importance importance) {
            this.name = name;
            this.documentation = documentation;
            this.importance = importance;
        }

        <T> Key<T> of(ConfigDef.Type type, Object parsedDefault, Validator validator, Function<Object, T> converter) {
            Key<T> key = new Key<>(name, type, parsedDefault, validator, importance, documentation, converter);
            keys.add(key);
            return key;
        }

        Key<String> required() {
            return of(ConfigDef.Type.STRING, ConfigDef.NO_DEFAULT_VALUE, new NonEmptyString(), String.class::cast);
        }

        Key<String> text(String defaultValue) {
            return of(ConfigDef.Type.STRING, defaultValue, new NonEmptyString(), String.class::cast);
        }

        /** A text that may be empty. */
        Key<String> optionalText(String defaultValue) {
            return of(ConfigDef.Type.STRING, defaultValue, new NonNullValidator(), String.class::cast);
        }

        /** A file or folder; none by default. */
        Key<Optional<Path>> path() {
            return of(
                    ConfigDef.Type.STRING,
                    "",
                    new NonNullValidator(),
                    text -> Optional.of((String) text)
                            .filter(path -> !path.isEmpty())
                            .map(Path::of));
        }

        /** A day; none by default. */
        Key<Optional<LocalDate>> date() {
            return of(
                    ConfigDef.Type.STRING,
                    "",
                    ConfigDef.LambdaValidator.with(Declaration::requireDate, () -> "a date such as 2026-11-23"),
                    text -> Optional.of((String) text)
                            .filter(date -> !date.isEmpty())
                            .map(LocalDate::parse));
        }

        private static void requireDate(String name, Object value) {
            String text = (String) value;
            if (!text.isEmpty() && !isDate(text)) {
                throw new ConfigException(name, value, "must be a date such as 2026-11-23");
            }
        }

        /** Whether it is a date of a year of four digits. */
        private static boolean isDate(String text) {
            try {
                return LocalDate.parse(text).getYear() >= 0 && !text.startsWith("+");
            } catch (DateTimeParseException e) {
                return false;
            }
        }

        /** A value that is never shown; empty by default. */
        Key<String> secret() {
            return of(ConfigDef.Type.PASSWORD, "", new NonNullValidator(), secret -> ((Password) secret).value());
        }

        /** Texts separated by commas; none by default. */
        Key<List<String>> list() {
            return of(
                    ConfigDef.Type.LIST,
                    List.of(),
                    new NonNullValidator(),
                    texts -> ((List<?>) texts).stream().map(String::valueOf).toList());
        }

        Key<Boolean> flag(boolean defaultValue) {
            return of(ConfigDef.Type.BOOLEAN, defaultValue, new NonNullValidator(), Boolean.class::cast);
        }

        Key<Integer> number(int defaultValue, int min, int max) {
            return of(ConfigDef.Type.INT, defaultValue, Range.between(min, max), Integer.class::cast);
        }

        Key<Long> bytes(long defaultValue, long min, long max) {
            return of(ConfigDef.Type.LONG, defaultValue, Range.between(min, max), Long.class::cast);
        }

        Key<Double> decimal(double defaultValue, double min, double max) {
            return of(ConfigDef.Type.DOUBLE, defaultValue, Range.between(min, max), Double.class::cast);
        }

        Key<Duration> millis(int defaultValue, int min, int max) {
            return of(
                    ConfigDef.Type.INT,
                    defaultValue,
                    Range.between(min, max),
                    millis -> Duration.ofMillis((Integer) millis));
        }

        /** One of {@code choices}, of which the first is the default. */
        Key<String> choice(String... choices) {
            return of(ConfigDef.Type.STRING, choices[0], ValidString.in(choices), String.class::cast);
        }

        /** One of {@code choices}, of which the first is the default, written like {@code next-power-of-two}. */
        <E extends Enum<E>> Key<E> choice(List<E> choices) {
            Class<E> type = choices.get(0).getDeclaringClass();
            String[] texts = choices.stream()
                    .map(choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toArray(String[]::new);
            return of(
                    ConfigDef.Type.STRING,
                    texts[0],
                    ValidString.in(texts),
                    text -> Enum.valueOf(
                            type, ((String) text).toUpperCase(Locale.ROOT).replace('-', '_')));
        }
    }
}
