package org.lemmalab.concentration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrliczNormTest {
    private static final Offset<Double> ROUNDING = within(1e-14); // a few values, norms of order 1
    private static final Offset<Double> BISECTION = within(1e-14); // 2^-50 and the rounding of the moment
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    @Test
    void constantsHaveTheirSizeOverThePowerOfLnTwo() {
        DiscreteLaw constant = DiscreteLaw.of(new double[] {-3}, new double[] {1});
        assertThat(OrliczNorm.PSI_1.of(constant)).isCloseTo(3 / Math.log(2), ROUNDING);
        assertThat(OrliczNorm.PSI_2.of(constant)).isCloseTo(3 / Math.sqrt(Math.log(2)), ROUNDING);
        assertThat(OrliczNorm.PSI_2.of(DiscreteLaw.signs())).isCloseTo(1.20112240878645, ROUNDING);
    }

    @ParameterizedTest
    @EnumSource
    void zeroHasNormZero(OrliczNorm norm) {
        assertThat(norm.of(DiscreteLaw.of(new double[] {0, 0}, new double[] {1, 2})))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 0.01, 0.5, 0.999})
    void eventsHaveAClosedForm(double p) { // p exp(s) + 1 - p = 2
        DiscreteLaw event = DiscreteLaw.of(new double[] {1, 0}, new double[] {p, 1 - p});
        double s = Math.log1p(1 / p);
        assertThat(OrliczNorm.PSI_1.of(event)).isCloseTo(1 / s, ROUNDING);
        assertThat(OrliczNorm.PSI_2.of(event)).isCloseTo(1 / Math.sqrt(s), ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"2, 1.261859507", "4, 1.470329977", "16, 1.715617781", "64, 1.809002468", "256, 1.837861628"})
    void sumsOfSigns(
            int n, double ratio) { // squared norms over n / ln 2; reference values by bisection in another language
        double norm = OrliczNorm.PSI_2.of(DiscreteLaw.signs().copies(n));
        assertThat(norm * norm * Math.log(2) / n).isCloseTo(ratio, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithItsMoment(OrliczNorm norm) {
        DiscreteLaw law = DiscreteLaw.of(new double[] {30, -1, 0.2, 7}, new double[] {1e-6, 0.3, 0.6, 0.02});
        int p = norm == OrliczNorm.PSI_1 ? 1 : 2;
        double sought =
                OrliczNorm.ofMoment(t -> law.expectation(x -> Math.exp(Math.min(700, Math.pow(Math.abs(x) / t, p)))));
        assertThat(norm.of(law)).isCloseTo(sought, within(1e-13)); // norms below 8
    }

    @Test
    void normalLaw() {
        assertThat(OrliczNorm.ofMoment(t -> t * t > 2 ? 1 / Math.sqrt(1 - 2 / (t * t)) : Double.POSITIVE_INFINITY))
                .isCloseTo(Math.sqrt(8 / 3.0), BISECTION);
        assertThat(OrliczNorm.ofMoment(t -> 2 * Math.exp(0.5 / (t * t)) * NORMAL.cumulativeProbability(1 / t)))
                .isCloseTo(1.372494991910347, BISECTION);
    }

    @Test
    void takesTheInfimumWhereTheMomentJumps() { // |N| - E|N|: e^(1/pi) < 2 at t = sqrt(2), infinite below
        assertThat(OrliczNorm.ofMoment(t -> t >= Math.sqrt(2) ? Math.exp(1 / Math.PI) : Double.POSITIVE_INFINITY))
                .isCloseTo(Math.sqrt(2), BISECTION);
        assertThat(OrliczNorm.ofMoment(t -> t >= Math.sqrt(2) ? 1 : Double.NaN)).isCloseTo(Math.sqrt(2), BISECTION);
    }

    @Test
    void endsAtZeroOrInfinity() {
        assertThat(OrliczNorm.ofMoment(t -> 1)).isZero();
        assertThat(OrliczNorm.ofMoment(t -> Double.POSITIVE_INFINITY)).isInfinite();
        assertThat(OrliczNorm.ofMoment(t -> Math.exp(1e-5 / t))).isCloseTo(1e-5 / Math.log(2), within(1e-19));
    }
}
