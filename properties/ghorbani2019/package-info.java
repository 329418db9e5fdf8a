/** The claims of Ghorbani, Mei, Misiakiewicz and Montanari (2019), Limitations of Lazy Training of Two-layers Neural Networks (G19). */
@NullMarked
package ghorbani2019;

import org.jspecify.annotations.NullMarked;
