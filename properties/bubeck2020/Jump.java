package bubeck2020;

import java.util.function.DoublePredicate;
import org.lemmalab.activation.Activation;

/** An indicator that jumps at 0 in another way than {@link org.lemmalab.activation.Threshold}: 1 where the predicate holds, 0 elsewhere. */
record Jump(String name, DoublePredicate isOne) implements Activation {
    @Override
    public double value(double z) {
        return isOne.test(z) ? 1 : 0;
    }

    @Override
    public double derivative(double z) {
        return 0;
    }

    @Override
    public double lipschitz() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }
}
