/**
 * The claims of Arora, Du, Hu, Li, Wang, 'Fine-Grained Analysis of Optimization and Generalization for Overparameterized Two-Layer
 * Neural Networks' (ICML 2019), key A19.
 */
@NullMarked
package arora2019;

import org.jspecify.annotations.NullMarked;
