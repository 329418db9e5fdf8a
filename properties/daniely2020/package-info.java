/** The claims of Daniely (2020), Memorizing Gaussians with no over-parameterization via gradient descent on neural networks (D20). */
@NullMarked
package daniely2020;

import org.jspecify.annotations.NullMarked;
