package org.lemmalab.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @Test
    void takesDefaultsForBlankOptions() {
        Settings settings = settings("seed", " ");

        assertThat(settings.selection()).isEmpty();
        assertThat(settings.profile()).isEqualTo(Profile.STANDARD);
        assertThat(settings.seed()).isEqualTo(Settings.DEFAULT_SEED);
        assertThat(settings.threads()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"17, 17", "0x11, 17", "0X1e33a1ab, 506700203"})
    void readsSeeds(String text, long seed) {
        assertThat(settings("seed", text).seed()).isEqualTo(seed);
    }

    @Test
    void drawsARandomSeed() {
        assertThat(settings("seed", "random").seed())
                .isNotNegative()
                .isNotEqualTo(settings("seed", "random").seed());
    }

    @ParameterizedTest
    @CsvSource({
        "seed, -3, a whole number from 0",
        "seed, many, a whole number from 0",
        "seed, 0x1FFFFFFFFFFFFFFFFF, a whole number from 0",
        "profile, fast, 'quick, standard, deep'",
        "backend, cuda, 'auto, openblas, ejml'",
        "threads, 0, from 1 to 1024",
        "threads, two, from 1 to 1024"
    })
    void refusesOtherValuesInOneLine(String option, String value, String allowed) {
        assertThatThrownBy(() -> settings(option, value))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("-D" + option + "=" + value + " is not allowed; allowed: ")
                .hasMessageContaining(allowed);
    }

    private static Settings settings(String option, String value) {
        Properties properties = new Properties();
        properties.setProperty("lemmalab." + option, value);
        return Settings.from(properties);
    }
}
