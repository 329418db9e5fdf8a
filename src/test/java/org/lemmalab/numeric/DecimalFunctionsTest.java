package org.lemmalab.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class DecimalFunctionsTest {

    private static final MathContext FIFTY = new MathContext(50);

    @Test
    void piIsRightToTheLastDigit() {
        assertThat(DecimalFunctions.pi(FIFTY)).isEqualTo("3.1415926535897932384626433832795028841971693993751");
    }

    @Test
    void arcsineOfOneHalfIsOneSixthOfPi() {
        BigDecimal angle = DecimalFunctions.arcsin(new BigDecimal("0.5"), FIFTY);
        BigDecimal gap = angle.multiply(BigDecimal.valueOf(6)).subtract(DecimalFunctions.pi(FIFTY));
        assertThat(gap.abs()).isLessThan(BigDecimal.ONE.movePointLeft(48)); // 6 half units of digit 50, and pi's
    }

    @Test
    void arcsineAgreesWithDoublePrecision() {
        for (double x : new double[] {-0.999, -0.3, 0, 1e-9, 0.7, 1 - 0x1p-40}) {
            double angle = DecimalFunctions.arcsin(new BigDecimal(x), FIFTY).doubleValue();
            assertThat(Math.abs(angle - StrictMath.asin(x))).isLessThanOrEqualTo(2 * Math.ulp(angle)); // asin: 1 ulp
        }
    }

    @Test
    void arcsineOfOneIsRefused() {
        assertThatThrownBy(() -> DecimalFunctions.arcsin(BigDecimal.ONE, FIFTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x = 1, allowed: -1 < x < 1");
    }
}
