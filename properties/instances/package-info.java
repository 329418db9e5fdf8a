/** Instances that claims of several papers draw: geometries with the degenerate cases by name. */
@NullMarked
package instances;

import org.jspecify.annotations.NullMarked;
