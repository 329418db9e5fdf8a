/** Data and their laws: readers of images, the packaged digits, samples of two classes, quadratic targets, Gaussian mixtures. */
@NullMarked
package org.lemmalab.data;

import org.jspecify.annotations.NullMarked;
