/** Random feature schemes and the embeddings drawn from them (D19 section 2.6). */
@NullMarked
package org.lemmalab.feature;

import org.jspecify.annotations.NullMarked;
