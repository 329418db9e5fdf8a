package org.lemmalab.activation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReluTest {

    @Test
    void derivativeAtTheKinkIsOne() {
        assertThat(Relu.INSTANCE.kinks()).containsExactly(0);
        assertThat(Relu.INSTANCE.derivative(0.0)).isEqualTo(1);
        assertThat(Relu.INSTANCE.derivative(-0.0)).isEqualTo(1);
    }

    @Test
    void valueAndDerivativeAwayFromTheKink() {
        assertThat(Relu.INSTANCE.value(-2)).isEqualTo(0);
        assertThat(Relu.INSTANCE.value(3)).isEqualTo(3);
        assertThat(Relu.INSTANCE.derivative(-Double.MIN_VALUE)).isEqualTo(0);
        assertThat(Relu.INSTANCE.derivative(Double.MIN_VALUE)).isEqualTo(1);
        assertThat(Relu.INSTANCE.lipschitz()).isEqualTo(1);
    }
}
