package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ErrorBudgetTest {
    @Test
    void sharesOfAnyNumberOfPartsAndInstancesStayWithinTheClaim() {
        double sum = 0;
        for (int instance = 0; instance < 7; instance++) {
            for (int part = 1; part <= 1_000; part++) {
                sum += ErrorBudget.share(1e-9, part, 7);
            }
        }
        // sum over j <= J of 1/(j(j+1)) = 1 - 1/(J+1)
        assertThat(sum).isCloseTo(1e-9 * (1 - 1 / 1_001.0), within(1e-20));
        assertThat(ErrorBudget.share(1e-9, 1, 1)).isEqualTo(5e-10);
    }

    @Test
    void rejectsBadArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorBudget.share(1e-9, 0, 1))
                .withMessageContaining("part = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorBudget.share(1e-9, 1, 0))
                .withMessageContaining("instances = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorBudget.share(0, 1, 1))
                .withMessageContaining("claim = 0.0");
    }
}
