/** The claims of Bubeck, Eldan, Lee and Mikulincer (2020), Network size and weight size for memorization with two-layers neural networks (B20). */
@NullMarked
package bubeck2020;

import org.jspecify.annotations.NullMarked;
