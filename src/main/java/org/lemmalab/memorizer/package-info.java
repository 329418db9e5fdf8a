/** Networks that memorize n labelled points: four constructions with few neurons or small weights (B20). */
@NullMarked
package org.lemmalab.memorizer;

import org.jspecify.annotations.NullMarked;
