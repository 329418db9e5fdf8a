package bubeck2020;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.commons.math3.complex.Complex;
import org.lemmalab.claim.ClaimRun;

/** An argument in the complex plane. */
record ComplexPoint(double x, double y) {
    static Arbitrary<ComplexPoint> any() {
        Arbitrary<Double> parts = Arbitraries.integers().between(-30, 30).map(i -> i / 10.0);
        return Combinators.combine(parts, parts).as(ComplexPoint::new);
    }

    Complex z() {
        return new Complex(x, y);
    }

    void cover(ClaimRun run) {
        run.covers(y != 0 ? "complex x" : x != 0 ? "real x" : "x = 0");
    }
}
