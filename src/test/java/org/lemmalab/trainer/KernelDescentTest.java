package org.lemmalab.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.loss.HingeLoss;
import org.lemmalab.loss.LogisticLoss;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class KernelDescentTest {
    private final RandomStream stream = RandomStream.of(1, "KernelDescentTest");
    private final DMatrixRMaj points = PointLaw.SPHERE.rows(7, 3, stream.part("points"));
    private final double[] labels = stream.part("labels").signs(7);
    private final RandomEmbedding embedding =
            RandomEmbedding.draw(new TangentFeatureScheme(DecentActivation.TANH, 3), 5, stream.part("omegas"));

    @Test
    void followsThePredictionsOfDescentInTheFeatures() {
        KernelDescent kernel = new KernelDescent(embedding.gram(points), labels, LogisticLoss.INSTANCE, 0.7);
        RandomFeatureDescent features = new RandomFeatureDescent(embedding, LogisticLoss.INSTANCE, 0.7);
        for (int t = 0; t < 20; t++) {
            if (t % 2 == 0) {
                kernel.step();
                features.step(points, labels);
            } else {
                int i = t % 7;
                kernel.step(i);
                features.step(
                        DMatrixRMaj.wrap(1, 3, Arrays.copyOfRange(points.data, 3 * i, 3 * i + 3)),
                        new double[] {labels[i]});
            }
        }
        // 20 steps of sums of 15 products of numbers below 1
        assertThat(kernel.predictions()).containsExactly(features.predict(points), within(1e-12));
    }

    @Test
    void restsWhereTheLossIsFlat() {
        KernelDescent descent =
                new KernelDescent(DMatrixRMaj.wrap(1, 1, new double[] {1}), new double[] {-1}, HingeLoss.INSTANCE, 0.6);
        descent.step();
        assertThat(descent.atRest()).isFalse();
        descent.step(0);
        assertThat(descent.atRest()).isTrue();
        descent.step();
        assertThat(descent.predictions()).containsExactly(-1.2);
    }

    @Test
    void refusesBadInput() {
        assertThatThrownBy(() -> new KernelDescent(new DMatrixRMaj(2, 3), new double[2], HingeLoss.INSTANCE, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KernelDescent(new DMatrixRMaj(2, 2), new double[3], HingeLoss.INSTANCE, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KernelDescent(new DMatrixRMaj(2, 2), new double[2], HingeLoss.INSTANCE, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
