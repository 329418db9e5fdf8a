/** The report: records of a run as JSON, a Markdown summary, console lines, plots and static HTML pages. */
@NullMarked
package org.lemmalab.report;

import org.jspecify.annotations.NullMarked;
