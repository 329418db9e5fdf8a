/** The claims of Daniely (2019), Neural Networks Learning and Memorization with (almost) no Over-Parameterization (D19). */
@NullMarked
package daniely2019;

import org.jspecify.annotations.NullMarked;
